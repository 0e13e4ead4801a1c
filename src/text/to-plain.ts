import type { Scalar, YamlNode } from './yaml-node.ts';

export type Plain = Scalar | readonly Plain[] | { readonly [key: string]: Plain };

/** A tree as plain values, to be written as JSON. */
export function toPlain(node: YamlNode): Plain {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(toPlain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, toPlain(value)]));
}
