import type { Budget } from '../../model/budget.ts';
import type { Resource } from '../../model/model.ts';
import { identityOf } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';

/**
 * Of an object that is defined several times, the definition in the referring file counts: variants of one
 * application lie in one folder, each in a file that is applied alone. Without one there, all of them count.
 */
export function definitionsFor<T extends Resource>(from: Resource, candidates: readonly T[]): readonly T[] {
  if (candidates.length < 2) return candidates;
  const groups = groupBy(candidates, identityOf);
  if (groups.size === candidates.length) return candidates;
  return [...groups.values()].flatMap((definitions) => {
    const own = definitions.filter(({ source }) => source === from.source);
    return own.length > 0 ? own : definitions;
  });
}

/** Those that a name finds: many that are defined often, named by many, are as much as the product of both. */
export const definitionsNamed = <T extends Resource>(
  budget: Budget,
  from: Resource,
  candidates: readonly T[],
): readonly T[] => budget.first(definitionsFor(from, candidates), from);
