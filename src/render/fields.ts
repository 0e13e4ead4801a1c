import { get } from '../model/reader.ts';
import { toPlain } from '../text/to-plain.ts';
import type { YamlNode } from '../text/yaml-node.ts';

/** Those of these fields that there are, as plain values. */
export function fields(node: YamlNode | undefined, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = get(node, name);
      return value ? [[name, toPlain(value)]] : [];
    }),
  );
}
