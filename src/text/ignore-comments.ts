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

/**
 * The ignores in a text, line by line and without a tree: they also stand in files inside of ConfigMaps, and in
 * templates that are no YAML yet.
 */
export function ignoreCommentsIn(text: string): IgnoreComment[] {
  const comments: IgnoreComment[] = [];
  let end = 0;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, Math.max(end, at + MARK.length))) {
    const start = hashBefore(text, at);
    if (start === undefined || /[\w-]/.test(text[at + MARK.length] ?? '')) continue;
    end = lineEnd(text, at);
    const said = text.slice(at + MARK.length, end);
    const last = comments.at(-1);
    const [rules = '', ...reason] = said.split(' -- ');
    comments.push({
      rules: rules.split(/[\s,]+/).filter((rule) => rule !== ''),
      reason: reason.join(' -- ').trim(),
      start,
      end,
      // Of comments that stand together the first has looked already.
      ...(last && last.from > end ? { from: last.from, to: last.to } : linesOf(text, start, end)),
    });
  }
  return comments;
}

const isBreak = (char: string | undefined): boolean => char === '\n' || char === '\r';
const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

/** Where the comment begins; undefined where the mark stands in none. */
function hashBefore(text: string, mark: number): number | undefined {
  let at = mark - 1;
  while (isBlank(text[at])) at--;
  if (text[at] !== '#') return undefined;
  const before = text[at - 1];
  return before === undefined || isBlank(before) || isBreak(before) || ',[]{}'.includes(before)
    ? at
    : undefined;
}

function lineEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isBreak(text[end])) end++;
  return end;
}

function linesOf(text: string, start: number, end: number): { readonly from: number; readonly to: number } {
  let from = start;
  while (from > 0 && !isBreak(text[from - 1])) from--;
  if (text.slice(from, start).trim() !== '') return { from, to: end };
  // Comments that stand together are about the line below all of them.
  for (let next = end; next < text.length; ) {
    next += text[next] === '\r' && text[next + 1] === '\n' ? 2 : 1;
    const to = lineEnd(text, next);
    const line = text.slice(next, to).trim();
    if (line !== '' && !line.startsWith('#')) return { from: next, to };
    next = to;
  }
  return { from: text.length, to: text.length };
}
