import type { BindLink, TargetPortLink } from '../links/link.ts';
import type { PortGraph } from '../links/port-graph.ts';

/** Finds what the traffic of a Service port meets in the Pod. */
export function bindFinder({
  binds,
}: Pick<PortGraph, 'binds'>): (link: TargetPortLink) => BindLink | undefined {
  const found = new Map(binds.flatMap((bind) => bind.from.map((from) => [from, bind] as const)));
  return (link) => found.get(link);
}
