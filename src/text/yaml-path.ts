import type { Scalar, YamlMap, YamlNode, YamlScalar } from './yaml-node.ts';

/** A field of a map, or an item of a list together with what it is. */
export type Step = { readonly key: string } | { readonly index: number; readonly item: YamlNode };

export interface Found {
  readonly steps: readonly Step[];
  readonly node: YamlNode;
  /** The offset stands in the key that leads to the node. */
  readonly isKey: boolean;
}

/** The way to what stands at an offset. */
export function findAt(root: YamlNode, offset: number): Found | undefined {
  const steps: Step[] = [];
  let node = root;
  for (;;) {
    if (node.type === 'map') {
      const entry = node.entries.find(({ keyNode, value }) => holds(keyNode, offset) || holds(value, offset));
      if (!entry) break;
      steps.push({ key: entry.key });
      if (holds(entry.keyNode, offset)) return { steps, node: entry.value, isKey: true };
      node = entry.value;
    } else if (node.type === 'list') {
      const index = node.items.findIndex((item) => holds(item, offset));
      const item = node.items[index];
      if (!item) break;
      steps.push({ index, item });
      node = item;
    } else break;
  }
  return holds(node, offset) ? { steps, node, isKey: false } : undefined;
}

const holds = ({ start, end }: YamlNode, offset: number): boolean => offset >= start && offset < end;

/** What another text has in the place of these steps: items of lists are the same by what they are, not by their number. */
export function follow(root: YamlNode | undefined, steps: readonly Step[]): YamlNode | undefined {
  let node = root;
  for (const step of steps) {
    if (!node) return undefined;
    if ('key' in step) node = valueAt(node, step.key);
    else node = node.type === 'list' ? sameItem(node.items, step) : undefined;
  }
  return node;
}

const valueAt = (node: YamlNode, key: string): YamlNode | undefined =>
  node.type === 'map' ? node.entries.find((entry) => entry.key === key)?.value : undefined;

/** What tells items of one list apart, as strategic merge has it for the lists of Pods and Services. */
const IDENTITY = ['name', 'containerPort', 'port', 'key', 'mountPath', 'host', 'path', 'ip'];

function sameItem(items: readonly YamlNode[], { index, item }: { index: number; item: YamlNode }) {
  if (item.type === 'scalar') return items.find((one) => one.type === 'scalar' && one.text === item.text);
  if (item.type !== 'map') return items[index];
  const shared = IDENTITY.filter((key) => scalarAt(item, key) !== undefined);
  const ofSame = (one: YamlNode): number =>
    one.type === 'map' ? shared.filter((key) => scalarAt(one, key) === scalarAt(item, key)).length : 0;
  const best = items.map((one, at) => ({ one, same: ofSame(one), at })).filter(({ same }) => same > 0);
  best.sort((a, b) => b.same - a.same || Math.abs(a.at - index) - Math.abs(b.at - index));
  return best[0]?.one ?? (shared.length === 0 || items.length === 1 ? items[index] : undefined);
}

function scalarAt(map: YamlMap, key: string): Scalar | undefined {
  const value = valueAt(map, key);
  return value?.type === 'scalar' ? value.text : undefined;
}

/** Every scalar, with the last key above it. */
export function* scalarsOf(
  node: YamlNode | undefined,
  key = '',
): Generator<{ readonly key: string; readonly scalar: YamlScalar }> {
  if (node?.type === 'scalar') yield { key, scalar: node };
  else if (node?.type === 'list') for (const item of node.items) yield* scalarsOf(item, key);
  else if (node) for (const entry of node.entries) yield* scalarsOf(entry.value, entry.key);
}
