import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import type { YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import type { Stretch } from './sockets.ts';

/**
 * TOML as the tree that YAML makes, for programs that take both; undefined where it cannot be read. The parser tells no
 * places: a value or a key has its own where it is written once in the text, and that of the whole text otherwise.
 */
export function readToml(text: string): YamlMap | undefined {
  const table = tableIn(text);
  if (table === undefined || isDeeper(table, DEEPEST)) return undefined;
  return mapOf(table, { text, places: placesIn(text) });
}

function tableIn(text: string): TomlTable | undefined {
  try {
    return parse(text, { maxDepth: DEEPEST });
  } catch {
    return undefined;
  }
}

/** Of tables within tables; the parser counts the brackets alone, and a dotted key has any number of dots. */
const DEEPEST = 500;

function isDeeper(table: TomlTable, most: number): boolean {
  let level: TomlValue[] = [table];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((value) => (typeof value === 'object' ? Object.values(value) : []));
  }
  return false;
}

type Places = ReadonlyMap<string, Stretch>;

const WORD = /"[^"\n]*"|'[^'\n]*'|[\w-]+/g;

/** Where each word and quoted text stands; all of the text for one that is written twice. */
function placesIn(text: string): Places {
  const whole = { start: 0, end: text.length };
  const places = new Map<string, Stretch>();
  const add = (word: string, start: number): void => {
    places.set(word, places.has(word) ? whole : { start, end: start + word.length });
  };
  for (const { 0: word, index } of text.matchAll(WORD)) {
    add(word, index);
    if (/^["']/.test(word)) add(word.slice(1, -1), index + 1);
  }
  return places;
}

interface Toml {
  readonly text: string;
  readonly places: Places;
}

const mapOf = (table: TomlTable, toml: Toml): YamlMap => ({
  type: 'map',
  start: 0,
  end: toml.text.length,
  entries: Object.entries(table).map(([key, value]) => ({
    key,
    keyNode: scalarOf(key, placeOf(key, toml)),
    value: nodeOf(value, toml),
  })),
});

function nodeOf(value: TomlValue, toml: Toml): YamlNode {
  if (Array.isArray(value)) {
    return { type: 'list', start: 0, end: toml.text.length, items: value.map((item) => nodeOf(item, toml)) };
  }
  if (typeof value === 'object' && !(value instanceof Date)) return mapOf(value, toml);
  const quoted = typeof value === 'string' ? [`"${value}"`, `'${value}'`] : [];
  const place = quoted.map((spelling) => placeOf(spelling, toml)).find(({ start }) => start > 0);
  return scalarOf(String(value), place ?? { start: 0, end: toml.text.length });
}

const scalarOf = (text: string, { start, end }: Stretch): YamlScalar => ({
  type: 'scalar',
  start,
  end,
  value: text,
  text,
  quoted: true,
});

const placeOf = (spelling: string, { text, places }: Toml): Stretch =>
  places.get(spelling) ?? { start: 0, end: text.length };
