import { table } from '../../text/table.ts';
import type { ConfigFile } from './config-file.ts';
import type { Stretch } from './sockets.ts';

export interface Property extends Stretch {
  readonly key: string;
  readonly value: string;
}

const LETTERS = table<string>({ t: '\t', n: '\n', r: '\r', f: '\f' });

/**
 * Documents of a Java properties file (java.util.Properties, load), split as Spring splits them: at lines of `#---` or
 * `!---`. A `\` at the end of a line joins it with the next.
 */
export function propertiesOf({ text }: ConfigFile): readonly (readonly Property[])[] {
  const documents: Property[][] = [[]];
  for (const match of text.value.matchAll(/(?:\\(?:\r\n|.)|[^\\\r\n])+/gs)) {
    const line = match[0].trimStart();
    const start = match.index + match[0].length - line.length;
    if (/^[#!]---\s*$/.test(line)) documents.push([]);
    if (line === '' || /^[#!]/.test(line)) continue;
    const [, key = '', value = ''] = /^((?:\\.|[^\\=:\s])*)[ \t\f]*[=: \t\f]?[ \t\f]*(.*)$/s.exec(line) ?? [];
    const end = start + line.trimEnd().length;
    documents.at(-1)!.push({ key: unescapeText(key), value: unescapeText(value).trimEnd(), start, end });
  }
  return documents;
}

const unescapeText = (text: string): string =>
  text.replace(/\\(?:u([\da-fA-F]{4})|\r?\n[ \t\f]*|(.))/gs, (_, code?: string, letter?: string) =>
    code === undefined
      ? (LETTERS[letter ?? ''] ?? letter ?? '')
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
