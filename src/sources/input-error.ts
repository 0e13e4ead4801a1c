/** Input that could not be read or parsed, with its place (1-based). */
export interface InputError {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export const inputError = (path: string, message: string): InputError => ({
  path,
  line: 1,
  column: 1,
  message,
});
