/** One of each side that are the same thing, or one that the other side has not. */
export type Pair<T> = readonly [ours: T | undefined, theirs: T | undefined];

/**
 * Pairs what two sides have, in the order of the first: by the first key that finds a partner, the strictest first.
 * What is left over stands alone.
 */
export function pairUp<T>(
  ours: readonly T[],
  theirs: readonly T[],
  keys: readonly ((one: T) => string)[],
): Pair<T>[] {
  const partners = new Map<T, T>();
  const taken = new Set<T>();
  for (const keyOf of keys) {
    const open = new Map<string, T[]>();
    for (const one of theirs) {
      if (!taken.has(one)) open.set(keyOf(one), [...(open.get(keyOf(one)) ?? []), one]);
    }
    for (const one of ours) {
      const partner = partners.has(one) ? undefined : open.get(keyOf(one))?.shift();
      if (partner === undefined) continue;
      partners.set(one, partner);
      taken.add(partner);
    }
  }
  return [
    ...ours.map((one): Pair<T> => [one, partners.get(one)]),
    ...theirs.filter((one) => !taken.has(one)).map((one): Pair<T> => [undefined, one]),
  ];
}
