import type { Chain } from '../graph/links/chain.ts';
import { missingOf } from '../graph/links/evidence.ts';
import type { Link } from '../graph/links/link.ts';
import { sortUnproved } from '../report/order.ts';
import type { ReportUnproved } from '../report/report.ts';
import { commandFor } from './proof-commands.ts';

/**
 * What keeps chains from being proved, once for each kind of proof, the commonest first. A link counts for what its
 * reason speaks of first; the others would be proved by the same.
 */
export function toUnproved(chains: readonly Chain[], paths: readonly string[]): ReportUnproved[] {
  const unproved = new Set(
    chains.flatMap(({ links, state }) =>
      state === 'unproved' ? links.filter((link) => link.state === 'unproved') : [],
    ),
  );
  const kinds = new Map<ReportUnproved['kind'], ReportUnproved>();
  for (const link of unproved) {
    const first = firstMissing(link);
    if (!first) continue;
    const { kind, says } = first;
    const there = kinds.get(kind);
    kinds.set(
      kind,
      there
        ? { ...there, links: there.links + 1 }
        : { kind, links: 1, says, command: commandFor(kind, link, paths) },
    );
  }
  return sortUnproved([...kinds.values()]);
}

/** Undefined where its words throw: the link itself says so. */
function firstMissing(
  link: Link,
): { readonly kind: ReportUnproved['kind']; readonly says: string } | undefined {
  try {
    const [first] = missingOf(link);
    return first && { kind: first.kind, says: first.says };
  } catch {
    return undefined;
  }
}
