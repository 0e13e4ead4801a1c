import { widthOf, wrap } from '../text/width.ts';

/** How wide a column of text is, in parts of its size: fonts differ, and this is on the safe side for most. */
const COLUMN = 0.56;

const columnsIn = (pixels: number, size: number): number => Math.floor(pixels / (size * COLUMN));

/** About how many pixels a text takes. */
export const textWidth = (text: string, size: number): number => widthOf(text) * size * COLUMN;

/** The text as far as it fits into a width, with an ellipsis where it does not. */
export function cutTo(text: string, pixels: number, size: number): string {
  const most = columnsIn(pixels, size);
  // A name of a million letters is not measured to its end.
  const head = text.slice(0, most * 2);
  if (head.length === text.length && widthOf(text) <= most) return text;
  let cut = '';
  let taken = 1;
  for (const char of head) {
    taken += widthOf(char);
    if (taken > most) break;
    cut += char;
  }
  return `${cut}…`;
}

/** Lines of a paragraph; a word that is wider than the line is cut. */
export const wrapText = (text: string, pixels: number, size: number): string[] =>
  wrap(text.slice(0, 600), columnsIn(pixels, size)).map((line) => cutTo(line, pixels, size));
