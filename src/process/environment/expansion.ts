/**
 * Replaces `$(NAME)` by what `meaningOf` says and `$$` by `$`; a name without a value stays as it is written, and so
 * does everything else that looks like a reference (S-101..S-103). Values are not scanned again (S-104). Stops behind
 * the `longest` characters.
 */
export function expand(
  text: string,
  meaningOf: (name: string) => string | undefined,
  longest: number = Number.POSITIVE_INFINITY,
): string {
  let expanded = '';
  let from = 0;
  const lastClose = text.lastIndexOf(')');
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', from)) {
    if (expanded.length > longest) return expanded;
    expanded += text.slice(from, dollar);
    from = dollar + 2;
    const close = text[dollar + 1] === '(' && dollar < lastClose ? text.indexOf(')', dollar) : -1;
    if (close >= 0) {
      from = close + 1;
      expanded += meaningOf(text.slice(dollar + 2, close)) ?? text.slice(dollar, from);
    } else expanded += text[dollar + 1] === '$' ? '$' : text.slice(dollar, from);
  }
  return expanded + text.slice(from);
}

/** The names that `text` refers to, in order. */
export function referencesIn(text: string): string[] {
  const names: string[] = [];
  expand(text, (name) => {
    names.push(name);
    return undefined;
  });
  return names;
}
