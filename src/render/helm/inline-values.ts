import type { Location } from '../../text/source.ts';
import { type Plain, toPlain } from '../../text/to-plain.ts';
import type { YamlNode, YamlScalar } from '../../text/yaml-node.ts';

/** Values that no file of their own holds: of a HelmRelease, an Application, a ConfigMap. */
export interface InlineValues {
  readonly root: YamlNode;
  /** Where a node of it was written; undefined where nobody may be led. */
  at(node: YamlNode): Location | undefined;
}

/** One value, in place of that of a scalar. */
export interface Change {
  readonly scalar: YamlScalar;
  readonly value: Plain;
}

/** All layers as one JSON object, as Helm merges values: maps by key, all else by the later one. */
export function mergedJson(layers: readonly InlineValues[], change?: Change): string | undefined {
  if (layers.length === 0) return undefined;
  return JSON.stringify(layers.map(({ root }) => changed(root, change)).reduce(merged, {}));
}

function changed(node: YamlNode, change: Change | undefined): Plain {
  if (!change) return toPlain(node);
  if (node === change.scalar) return change.value;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map((item) => changed(item, change));
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, changed(value, change)]));
}

function merged(under: Plain, over: Plain): Plain {
  if (!isMap(under) || !isMap(over)) return over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries(
    [...keys].map((key) => {
      const [below, above] = [own(under, key), own(over, key)];
      return [key, above === undefined ? below! : below === undefined ? above : merged(below, above)];
    }),
  );
}

const own = (map: PlainMap, key: string): Plain | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

interface PlainMap {
  readonly [key: string]: Plain;
}

const isMap = (value: Plain): value is PlainMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
