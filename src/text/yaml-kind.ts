export interface DocumentKind {
  readonly kind: string;
  readonly apiVersion: string;
}

// A quoted key, an explicit key, a merge, a flow map or a lone CR could hide a second `kind`.
const UNCERTAIN = /(?:^|\n)["'?<&!*{[]|\r(?!\n)/;
// The next line must start another entry: an indented or blank one could continue the scalar.
const REST = String.raw`[ \t]*(?:[ \t]#[^\n]*)?(?:\r?\n(?![ \t\r\n])|\r?\n?$)`;
const KIND = new RegExp(String.raw`kind:[ \t]+([A-Za-z][A-Za-z0-9]*)${REST}`, 'y');
const API_VERSION = new RegExp(String.raw`apiVersion:[ \t]+([A-Za-z][A-Za-z0-9./-]*)${REST}`, 'y');

/** What a document is, read without parsing it; undefined unless parsing could only give the same answer. */
export function kindAtGlance(document: string): DocumentKind | undefined {
  const kind = onlyValue(document, 'kind:', KIND);
  if (kind === undefined || kind.endsWith('List')) return undefined;
  const apiVersion = onlyValue(document, 'apiVersion:', API_VERSION);
  if (apiVersion === undefined || document.includes('{{') || UNCERTAIN.test(document)) return undefined;
  return { kind, apiVersion };
}

function onlyValue(document: string, key: string, line: RegExp): string | undefined {
  const lineStart = `\n${key}`;
  const at = document.startsWith(key) ? 0 : document.indexOf(lineStart) + 1;
  if ((at === 0 && !document.startsWith(key)) || document.indexOf(lineStart, at) !== -1) return undefined;
  line.lastIndex = at;
  return line.exec(document)?.[1];
}
