/** One piece of what `shlex.split` of Python takes apart, in the order in which it is tried. */
const PIECE = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)/sy;

/**
 * The words of a command that no shell reads, as `shlex.split` of Python has them in POSIX mode: quotes and backslashes
 * count, variables and `&&` do not. Undefined where a quote stays open.
 */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const found = PIECE.exec(text);
    if (!found) return undefined;
    const [, single, double, escaped, bare, blank] = found;
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + (single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? bare ?? '');
  }
  return word === undefined ? words : [...words, word];
}
