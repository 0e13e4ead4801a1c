import { readYaml } from '../../text/yaml.ts';
import type { YamlEntry, YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type { ConfigFile } from './config-file.ts';
import type { Sockets, Stretch } from './sockets.ts';

/** The documents of a YAML file that are maps; what cannot be read is a doubt. */
export function mapsOf(file: ConfigFile, sockets: Sockets): readonly YamlMap[] {
  const { documents, errors, template } = readYaml(file.text.value);
  const roots = documents.flatMap(({ root }) => root ?? []);
  const maps = roots.filter((root) => root.type === 'map');
  if (template !== undefined) sockets.doubtFile(file, 'template');
  else if (errors.length > 0 || maps.length < roots.length) {
    sockets.doubtFile(file, 'unreadable-yaml');
  }
  return maps;
}

/** The file as one map, empty where nothing is in it; undefined where it cannot be read. */
export function rootOf(file: ConfigFile, sockets: Sockets): YamlMap | undefined {
  const before = sockets.doubts;
  const [root] = mapsOf(file, sockets);
  if (root || sockets.doubts > before) return root;
  return { type: 'map', start: 0, end: 0, entries: [] };
}

/** Of maps so large that going through them for each key that is asked for would show. */
const LARGE = 16;
const indexes = new WeakMap<YamlMap, ReadonlyMap<string, YamlEntry>>();

function entryIn(map: YamlMap, key: string): YamlEntry | undefined {
  if (map.entries.length <= LARGE) return map.entries.find((one) => one.key === key);
  const index = indexes.get(map) ?? new Map(map.entries.map((one) => [one.key, one]));
  indexes.set(map, index);
  return index.get(key);
}

/** Follows keys through nested maps to the last one's entry. */
export function entryOf(node: YamlNode | undefined, ...path: readonly string[]): YamlEntry | undefined {
  let entry: YamlEntry | undefined;
  let current = node;
  for (const key of path) {
    entry = current?.type === 'map' ? entryIn(current, key) : undefined;
    current = entry?.value;
  }
  return entry;
}

/** The characters of a scalar; undefined for a map or a list, empty for null. */
export const textOfNode = (node: YamlNode | undefined): string | undefined => {
  if (node?.type !== 'scalar') return undefined;
  return node.value === null ? '' : node.text;
};

export const textAt = (node: YamlNode | undefined, ...path: readonly string[]): string | undefined =>
  textOfNode(entryOf(node, ...path)?.value);

export const entriesOf = (node: YamlNode | undefined): readonly YamlEntry[] =>
  node?.type === 'map' ? node.entries : [];

/** The strings of a list. */
export const textsOf = (node: YamlNode | undefined): string[] =>
  node?.type === 'list' ? node.items.flatMap((item) => textOfNode(item) ?? []) : [];

/** `port: 80`; the key alone where the value is a map, a list or stands elsewhere in the text. */
export const stretchOf = ({ keyNode, value }: YamlEntry): Stretch => {
  const beside = value.type === 'scalar' && value.start >= keyNode.end && value.end > value.start;
  return { start: keyNode.start, end: beside ? value.end : keyNode.end };
};
