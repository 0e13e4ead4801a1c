import type { ConfigFile } from '../config-files/config-file.ts';
import type { Stretch } from '../config-files/sockets.ts';

/** `command=nginx -g "daemon off;"`, over as many lines as are indented deeper than its first. */
export interface IniOption extends Stretch {
  readonly value: string;
}

export interface IniSection {
  /** `program:web`. */
  readonly name: string;
  readonly file: ConfigFile;
  /** By their names in small letters; the last one counts. */
  readonly options: ReadonlyMap<string, IniOption>;
}

/** The sections of a file as Python's RawConfigParser reads them with `;` and `#` as comments. */
export function sectionsOf(file: ConfigFile): IniSection[] {
  const sections: { name: string; file: ConfigFile; options: Map<string, IniOption> }[] = [];
  let last: { name: string; indent: number } | undefined;
  for (const match of file.text.value.matchAll(/[^\r\n]+/g)) {
    const line = withoutComment(match[0]);
    const text = line.trim();
    if (text === '') continue;
    const indent = line.length - line.trimStart().length;
    const [start, end] = [match.index + indent, match.index + indent + text.length];
    const options = sections.at(-1)?.options;
    const open = last && indent > last.indent ? options?.get(last.name) : undefined;
    if (last && open) {
      options?.set(last.name, { value: `${open.value}\n${text}`, start: open.start, end });
      continue;
    }
    const header = /^\[([^\]]+)\]/.exec(text)?.[1];
    if (header !== undefined) {
      sections.push({ name: header, file, options: new Map() });
      last = undefined;
      continue;
    }
    const [, key = '', value = ''] = /^([^=:]*)[=:](.*)$/s.exec(text) ?? [];
    const name = key.trim().toLowerCase();
    options?.set(name, { value: value.trim(), start, end });
    last = { name, indent };
  }
  return sections;
}

/** A comment begins a line, or stands behind a blank. */
function withoutComment(line: string): string {
  const at = line.search(/^[;#]|\s[;#]/);
  return at < 0 ? line : line.slice(0, at);
}
