/** How words are coloured; the terminal decides. */
export interface Style {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly accent: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const same = (text: string): string => text;

export const plainStyle: Style = {
  error: same,
  warning: same,
  info: same,
  accent: same,
  dim: same,
  bold: same,
};
