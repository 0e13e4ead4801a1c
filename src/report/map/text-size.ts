import { widthOf, wrap } from '../text/width.ts';

/** Widths in parts of the size, of the wider of the usual sans-serif fonts: nobody knows which one is there. */
const NARROW = 0.3;
const SLIM = 0.4;
const USUAL = 0.57;
const CAPITAL = 0.71;
const BROAD = 0.92;
/** Fonts of one width for all. */
const MONO = 0.61;

/** About how wide one character is, of a font that is not bold. */
function widthOfChar(char: string): number {
  if (/[ijl.,:;'`|!]/.test(char)) return NARROW;
  if (/[ftrI()[\]{}/\\" -]/.test(char)) return SLIM;
  if (/[mwMW@%…—]/.test(char)) return BROAD;
  if (/[A-Z]/.test(char)) return CAPITAL;
  return USUAL * widthOf(char);
}

/** Of what is read most, as adding up costs more than looking up. */
const WIDTHS: readonly number[] = Array.from({ length: 128 }, (_, code) =>
  widthOfChar(String.fromCharCode(code)),
);

/** How a text stands: `mono` is bold as well, and its characters are all as wide. */
export type Face = 'plain' | 'bold' | 'mono';

const widthIn = (char: string, face: Face): number => {
  if (face === 'mono') return MONO * widthOf(char);
  const width = WIDTHS[char.codePointAt(0)!] ?? widthOfChar(char);
  return face === 'bold' ? width * 1.05 : width;
};

/** About how many pixels a text takes. */
export function textWidth(text: string, size: number, face: Face = 'plain'): number {
  let width = 0;
  for (const char of text) width += widthIn(char, face);
  return width * size;
}

/** No text is drawn that has more characters. */
const MOST = 400;

/** The text as far as it fits into a width, with an ellipsis where it does not. */
export function cutTo(text: string, pixels: number, size: number, face: Face = 'plain'): string {
  // A name of a million letters is not measured to its end.
  const head = text.length > MOST ? text.slice(0, MOST) : text;
  if (head === text && textWidth(text, size, face) <= pixels) return text;
  let cut = '';
  let taken = widthIn('…', face) * size;
  for (const char of head) {
    taken += widthIn(char, face) * size;
    if (taken > pixels) break;
    cut += char;
  }
  return `${cut}…`;
}

/** Of prose, whose letters are narrower than those of names. */
const COLUMN = 0.5;

/** Lines of a paragraph; a word that is wider than the line is cut. */
export const wrapText = (text: string, pixels: number, size: number): string[] =>
  wrap(text.slice(0, 600), Math.floor(pixels / (size * COLUMN))).map((line) =>
    cutTo(line, pixels * 1.1, size),
  );
