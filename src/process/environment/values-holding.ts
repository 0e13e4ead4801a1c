import type { ConfigMap, Secret } from '../../model/model.ts';
import type { Located } from '../../text/source.ts';

type Entry = readonly [key: string, value: Located<string>];

const known = new WeakMap<ConfigMap | Secret, Map<RegExp, readonly Entry[]>>();

/**
 * What an object holds in which a pattern is found. A thousand Pods may take a thousand keys of it, as variables or as
 * files, so that it is looked through once for all of them.
 *
 * @param pattern the same one for all who look for it
 */
export function valuesHolding(object: ConfigMap | Secret, pattern: RegExp): readonly Entry[] {
  const found = known.get(object) ?? new Map<RegExp, readonly Entry[]>();
  known.set(object, found);
  const entries = found.get(pattern) ?? [...object.data].filter(([, { value }]) => pattern.test(value));
  found.set(pattern, entries);
  return entries;
}
