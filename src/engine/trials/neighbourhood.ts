import { resourcesOf } from '../../graph/links/joined.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import type { Resource } from '../../model/model.ts';
import { groupBy } from '../../text/group-by.ts';

/** A set up to this size is tried as a whole. */
const SMALL = 30;

/**
 * What a change of some resources can reach, so that trying a fix costs what is near and not what there is: in a large
 * set, all that links join to them, and whatever else lies in their namespaces as far as that is small.
 *
 * @param size of all there is, where the graph is of part of it
 */
export function neighbourhoods(
  graph: PortGraph,
  size: number = graph.model.resources.length,
): (changed: readonly Resource[]) => readonly Resource[] {
  const { resources } = graph.model;
  if (size <= SMALL) return () => resources;
  const joined = joinedBy(graph);
  const places = new Map(resources.map((one, place) => [one, place]));
  const namespaces = groupBy(resources, ({ namespace }) => namespace);
  return (changed) => {
    const near = new Set<Resource>();
    for (const one of changed) {
      for (const other of joined(one)) near.add(other);
      const beside = namespaces.get(one.namespace) ?? [];
      if (beside.length <= SMALL) for (const other of beside) near.add(other);
    }
    return [...near].sort((a, b) => places.get(a)! - places.get(b)!);
  };
}

/** The resources that any number of links join to one, with it. */
function joinedBy(graph: PortGraph): (one: Resource) => readonly Resource[] {
  const leaders = new Map<Resource, Resource>();
  const leaderOf = (one: Resource): Resource => {
    let leader = one;
    for (let next = leaders.get(leader) ?? leader; next !== leader; next = leaders.get(leader) ?? leader) {
      leaders.set(leader, leaders.get(next) ?? next);
      leader = next;
    }
    return leader;
  };
  for (const link of linksOf(graph)) {
    const [from, to] = resourcesOf(link);
    if (from && to && from !== to) leaders.set(leaderOf(to), leaderOf(from));
  }
  const groups = groupBy(graph.model.resources, leaderOf);
  return (one) => groups.get(leaderOf(one)) ?? [one];
}
