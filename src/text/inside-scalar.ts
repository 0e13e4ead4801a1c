import { type Located, type Location, textOf } from './source.ts';
import { table } from './table.ts';
import { trimEndOf } from './trim-end.ts';

/** Gives the place in the source of the characters `start` to `end` of a scalar's value. */
export type PlaceInside = (start: number, end: number) => Location;

/** `length` characters of the value, from `from` on, that stand one by one from `at` on; what follows starts at `until`. */
interface Run {
  readonly from: number;
  readonly length: number;
  readonly at: number;
  readonly until: number;
}

/**
 * Finds the places of parts of a YAML scalar's value: a directive of a configuration file inside a ConfigMap. Exact for
 * plain and quoted scalars on one line and for literal blocks; where lines were folded, where a Secret's base64 was
 * decoded or where a tag or an anchor stands before the value, every part has the place of the whole scalar.
 */
export function insideScalar(scalar: Located<string>): PlaceInside {
  let runs: readonly Run[] | undefined;
  return (start, end) => {
    runs ??= runsOf(textOf(scalar), scalar.value);
    const first = runs[indexOf(runs, start)];
    const last = runs[indexOf(runs, Math.max(start, end - 1))];
    if (first === undefined || last === undefined) return scalar.at;
    const behind = end - last.from >= last.length ? last.until : last.at + (end - last.from);
    const from = scalar.start + first.at + (start - first.from);
    return { source: scalar.source, start: from, end: Math.max(from, scalar.start + behind) };
  };
}

/** The last run that starts at or before `offset`. */
function indexOf(runs: readonly Run[], offset: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs[middle]!.from <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** None where the spelling does not show the value character by character. */
function runsOf(spelled: string, value: string): readonly Run[] {
  if (spelled === value) return [{ from: 0, length: value.length, at: 0, until: spelled.length }];
  const inside = spelled.slice(1, -1);
  if (inside === value) return [{ from: 0, length: value.length, at: 1, until: spelled.length - 1 }];
  if (spelled.startsWith('|')) return runsOfBlock(spelled, value);
  if (spelled.startsWith('"')) return runsOfQuoted(inside, value, ESCAPE, readEscape);
  if (spelled.startsWith("'")) return runsOfQuoted(inside, value, /''/g, () => "'");
  return [];
}

const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^xuU\r\n])/g;

const LETTERS = table<string>({
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
});

function readEscape(written: string): string {
  if (written.length === 2) return LETTERS[written[1]!] ?? written[1]!;
  const code = Number.parseInt(written.slice(2), 16);
  return code > 0x10ffff ? '' : String.fromCodePoint(code);
}

function runsOfQuoted(
  inside: string,
  value: string,
  escapes: RegExp,
  read: (written: string) => string,
): readonly Run[] {
  const runs: Run[] = [];
  let decoded = '';
  let at = 0;
  const add = (written: string, text: string): void => {
    const until = at + written.length;
    runs.push({ from: decoded.length, length: text.length, at: at + 1, until: until + 1 });
    decoded += text;
    at = until;
  };
  for (const { 0: written, index } of inside.matchAll(escapes)) {
    add(inside.slice(at, index), inside.slice(at, index));
    add(written, read(written));
  }
  add(inside.slice(at), inside.slice(at));
  return decoded === value ? runs : [];
}

/** One run for each line, its line break included. The block's last breaks are not part of its place. */
function runsOfBlock(spelled: string, value: string): readonly Run[] {
  const lines = trimEndOf(value, '\n').split('\n');
  const source = [...spelled.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)].slice(1);
  const filled = lines.findIndex((line) => line.trim() !== '');
  const indent = Math.max(
    0,
    (source[filled]?.[1] ?? '').trimEnd().length - (lines[filled] ?? '').trimEnd().length,
  );
  const runs: Run[] = [];
  let from = 0;
  for (const [index, line] of lines.entries()) {
    const match = source[index];
    if (!match) return [];
    const [whole, written = ''] = match;
    const text = written.slice(indent);
    // The place of a block ends at its last character that is no white space.
    if (!line.startsWith(text) || line.slice(text.length).trim() !== '') return [];
    const at = match.index + Math.min(indent, written.length);
    runs.push({ from, length: line.length + 1, at, until: match.index + whole.length });
    from += line.length + 1;
  }
  return runs;
}
