import type { BindLink } from '../links/pod-links.ts';
import type { PortGraph } from '../links/port-graph.ts';
import type { TargetPortLink } from '../links/service-links.ts';

/** Finds what the traffic of a Service port meets in the Pod. */
export function bindFinder({
  binds,
}: Pick<PortGraph, 'binds'>): (link: TargetPortLink) => BindLink | undefined {
  const found = new Map(binds.flatMap((bind) => bind.from.map((from) => [from, bind] as const)));
  return (link) => found.get(link);
}
