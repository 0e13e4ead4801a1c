/**
 * Code points that take two columns: East Asian Wide and Fullwidth (Unicode 16, EastAsianWidth.txt), which regular
 * expressions have no property for, and emoji.
 */
const WIDE =
  /^(?:[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]|\p{Emoji}\ufe0f)/u;
const ZERO = /^[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/u;
const SPACING_MARK = /\p{Mc}/gu;
/** Characters of one column each that join nothing: ASCII, and the arrows, lines and signs that frames and pictures are drawn with. */
const SIMPLE = /^[\x00-\x7f\xb7\xd7\u2026\u2190-\u21ff\u2500-\u257f\u2713\u2715\u2717]*$/;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character: a letter with its accents, an emoji with all it is joined from. */
export function graphemesOf(text: string): Iterable<string> {
  // A CR and its LF would be one, but no line has them.
  if (SIMPLE.test(text)) return text;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const graphemes: string[] = [];
  // V8 looks at all of a text again for each of its segments, so it is given a little at a time; what a piece ends
  // with may go on in the next one, and half of a character is one.
  for (let at = 0; at < text.length; ) {
    const found = Array.from(segmenter.segment(text.slice(at, at + PIECE)), ({ segment }) => segment);
    if (at + PIECE < text.length && found.length > 2) found.length -= 2;
    for (const one of found) {
      graphemes.push(one);
      at += one.length;
    }
  }
  return graphemes;
}

const PIECE = 256;

/** Columns of a terminal that one grapheme takes. */
export function columnsOf(grapheme: string): number {
  if (grapheme.length === 1 && grapheme <= '~') return 1;
  if (ZERO.test(grapheme)) return 0;
  if (WIDE.test(grapheme)) return 2;
  return 1 + (grapheme.slice(1).match(SPACING_MARK)?.length ?? 0);
}

export function widthOf(text: string): number {
  if (SIMPLE.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemesOf(text)) width += columnsOf(grapheme);
  return width;
}

/** Breaks prose between words; a word that is longer than the line stands alone, and code that fits on one is kept whole. */
export const wrap = (text: string, width: number): string[] => fill(wordsOf(text, width), width);

function wordsOf(text: string, width: number): string[] {
  const words = text.split(/[ \t\n]+/);
  if (!text.includes('`')) return words;
  const pieces: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const end = words[at]!.startsWith('`') ? closingWord(words, at) : at;
    const code = words.slice(at, end + 1).join(' ');
    if (end > at && widthOf(code) <= width) {
      pieces.push(code);
      at = end;
    } else pieces.push(words[at]!);
  }
  return pieces;
}

/** The word that ends the code which a word begins; the word itself where none does, or not soon. */
function closingWord(words: readonly string[], start: number): number {
  let isOpen = false;
  for (let at = start; at < Math.min(words.length, start + MOST_WORDS); at++) {
    if (words[at]!.split('`').length % 2 === 0) isOpen = !isOpen;
    if (!isOpen) return at;
  }
  return start;
}

/** Code of more words fits on no line. */
const MOST_WORDS = 60;

/** Fills lines with pieces that are never broken. */
export function fill(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  let taken = 0;
  for (const piece of pieces) {
    if (piece === '') continue;
    const needed = widthOf(piece);
    if (line.length > 0 && taken + 1 + needed > width) {
      lines.push(line.join(' '));
      line = [];
      taken = 0;
    }
    taken += needed + (line.length > 0 ? 1 : 0);
    line.push(piece);
  }
  return line.length > 0 ? [...lines, line.join(' ')] : lines;
}
