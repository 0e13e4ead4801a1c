/** `# portolan-ignore RULE -- why`, and the lines that it is about. */
export interface IgnoreComment {
  readonly rules: readonly string[];
  /** Empty where nobody wrote one. */
  readonly reason: string;
  /** Offsets of the comment, from the `#` on. */
  readonly start: number;
  readonly end: number;
  /** Offsets of the line that it is about: its own, or the next one where nothing else stands on its line. */
  readonly from: number;
  readonly to: number;
}

const MARK = 'portolan-ignore';
const COMMENT = /(?<![^\s,[\]{}])#[ \t]*portolan-ignore\b([^\r\n]*)/g;

/**
 * The ignores in a text, line by line and without a tree: they also stand in files inside of ConfigMaps, and in
 * templates that are no YAML yet.
 */
export function ignoreCommentsIn(text: string): IgnoreComment[] {
  if (!text.includes(MARK)) return [];
  return Array.from(text.matchAll(COMMENT), ({ index, 0: comment, 1: said = '' }) => {
    const [rules = '', ...reason] = said.split(' -- ');
    const end = index + comment.length;
    return {
      rules: rules.split(/[\s,]+/).filter((rule) => rule !== ''),
      reason: reason.join(' -- ').trim(),
      start: index,
      end,
      ...linesOf(text, index, end),
    };
  });
}

const isBreak = (char: string | undefined): boolean => char === '\n' || char === '\r';

function linesOf(text: string, start: number, end: number): { readonly from: number; readonly to: number } {
  let from = start;
  while (from > 0 && !isBreak(text[from - 1])) from--;
  if (text.slice(from, start).trim() !== '') return { from, to: end };
  // Comments that stand together are about the line below all of them.
  const below = /(?:(?:\r\n|\n|\r)[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$))*(?:\r\n|\n|\r)([^\r\n]*)/y;
  below.lastIndex = end;
  const [whole, line = ''] = below.exec(text) ?? [''];
  return { from: end + whole.length - line.length, to: end + whole.length };
}
