import type { Fault } from '../text/fault.ts';

/** Input that could not be read or parsed, with its place (1-based); or a fault of portolan, `path` `` where it has none. */
export interface InputError {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Where the input is not to blame. */
  readonly fault?: Fault;
}

export const inputError = (path: string, message: string): InputError => ({
  path,
  line: 1,
  column: 1,
  message,
});
