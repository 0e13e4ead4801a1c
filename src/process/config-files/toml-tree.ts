import { parse, type TomlTable, type TomlValue } from 'smol-toml';
import type { YamlMap, YamlNode, YamlScalar } from '../../text/yaml-node.ts';
import type { Stretch } from './sockets.ts';

/**
 * TOML as the tree that YAML makes, for programs that take both; undefined where it cannot be read. The parser tells no
 * places: a value or a key has its own where it is written once in the text, and that of the whole text otherwise.
 */
export function readToml(text: string): YamlMap | undefined {
  try {
    return mapOf(parse(text), text);
  } catch {
    return undefined;
  }
}

const mapOf = (table: TomlTable, text: string): YamlMap => ({
  type: 'map',
  start: 0,
  end: text.length,
  entries: Object.entries(table).map(([key, value]) => ({
    key,
    keyNode: scalarOf(key, placeOf(key, text)),
    value: nodeOf(value, text),
  })),
});

function nodeOf(value: TomlValue, text: string): YamlNode {
  if (Array.isArray(value)) {
    return { type: 'list', start: 0, end: text.length, items: value.map((item) => nodeOf(item, text)) };
  }
  if (typeof value === 'object' && !(value instanceof Date)) return mapOf(value, text);
  const quoted = typeof value === 'string' ? [`"${value}"`, `'${value}'`] : [];
  const place = quoted.map((spelling) => placeOf(spelling, text)).find(({ start }) => start > 0);
  return scalarOf(String(value), place ?? { start: 0, end: text.length });
}

const scalarOf = (text: string, { start, end }: Stretch): YamlScalar => ({
  type: 'scalar',
  start,
  end,
  value: text,
  text,
  quoted: true,
});

function placeOf(spelling: string, text: string): Stretch {
  const start = text.indexOf(spelling);
  const once = start !== -1 && text.indexOf(spelling, start + 1) === -1;
  return once ? { start, end: start + spelling.length } : { start: 0, end: text.length };
}
