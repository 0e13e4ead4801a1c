import { widthOf } from '../text/width.ts';

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

const BOLD = 1.05;

function widthAt(text: string, at: number, face: Face): number {
  const code = text.charCodeAt(at);
  if (code < 128) return face === 'mono' ? MONO : WIDTHS[code]! * (face === 'bold' ? BOLD : 1);
  // The second half of a character was measured with the first.
  if (code >= 0xdc00 && code < 0xe000) return 0;
  const char = String.fromCodePoint(text.codePointAt(at)!);
  return face === 'mono' ? MONO * widthOf(char) : widthOfChar(char) * (face === 'bold' ? BOLD : 1);
}

/** About how many pixels a text takes. */
export function textWidth(text: string, size: number, face: Face = 'plain'): number {
  let width = 0;
  for (let at = 0; at < text.length; at++) width += widthAt(text, at, face);
  return width * size;
}

/** No text is drawn that has more characters. */
const MOST = 400;

/** The text as far as it fits into a width, with an ellipsis where it does not. */
export function cutTo(text: string, pixels: number, size: number, face: Face = 'plain'): string {
  // What is short fits, whatever its letters are, and a name of a million is not measured to its end.
  if (text.length * size * WIDEST <= pixels) return text;
  const room = pixels / size;
  const most = Math.min(text.length, MOST);
  let taken = 0;
  let kept = 0;
  for (let at = 0; at < most; at++) {
    taken += widthAt(text, at, face);
    if (taken > room) return `${text.slice(0, kept).replace(HALF, '')}…`;
    if (taken <= room - BROAD) kept = at + 1;
  }
  return most === text.length ? text : `${text.slice(0, kept).replace(HALF, '')}…`;
}

/** A character that takes two columns takes no more than this. */
const WIDEST = 2 * USUAL * BOLD;

/** Of a character that is cut in two. */
const HALF = /[\ud800-\udbff]$/;

/** After these a name may go on in the next line. */
const BREAKS = /[-./:_,=@]/;

/**
 * As much of a text as a line takes, and what is left of it. It ends after a sign of punctuation where there is one in
 * its second half, and never in the middle of a character.
 */
export function breakText(
  text: string,
  pixels: number,
  size: number,
  face: Face = 'plain',
): [string, string] {
  if (text.length * size * WIDEST <= pixels) return [text, ''];
  const room = pixels / size;
  let taken = 0;
  let fits = 0;
  let after = 0;
  for (; fits < text.length; fits++) {
    taken += widthAt(text, fits, face);
    if (taken > room) break;
    if (BREAKS.test(text[fits]!)) after = fits + 1;
  }
  if (fits === text.length) return [text, ''];
  const end = after > fits / 2 ? after : text.slice(0, Math.max(1, fits)).replace(HALF, '').length || 2;
  return [text.slice(0, end), text.slice(end)];
}

/** Widths are those of the widest of fonts, and prose has few wide letters. */
export const PROSE = 1.1;

/** Lines of a paragraph; a word that is wider than a line goes on in the next one. */
export function wrapText(text: string, pixels: number, size: number): string[] {
  const room = pixels * PROSE;
  // Most are of a few words.
  if (text.length < pixels / (size * NARROW) && textWidth(text, size) <= room) return [text];
  const space = widthAt(' ', 0, 'plain') * size;
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  for (let word of text.split(/[ \t\n]+/)) {
    let width = textWidth(word, size);
    if (line !== '' && taken + space + width <= room) {
      line += ` ${word}`;
      taken += space + width;
      continue;
    }
    if (line !== '') lines.push(line);
    while (width > room) {
      const [first, rest] = breakText(word, room, size);
      lines.push(first);
      word = rest;
      width = textWidth(word, size);
    }
    line = word;
    taken = width;
  }
  return line === '' ? lines : [...lines, line];
}
