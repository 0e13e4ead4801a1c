import type { Chain } from '../graph/links/chain.ts';
import { missingOf } from '../graph/links/evidence.ts';
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
    try {
      const [first] = missingOf(link);
      if (!first) continue;
      const { kind, says } = first;
      const there = kinds.get(kind);
      const links = 1 + (there?.links ?? 0);
      kinds.set(
        kind,
        there ? { ...there, links } : { kind, links, says, command: commandFor(kind, link, paths) },
      );
    } catch {
      // A link whose words throw says so itself.
    }
  }
  return sortUnproved([...kinds.values()]);
}
