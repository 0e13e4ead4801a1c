import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { ParentLink } from '../../graph/links/route-links.ts';
import type { Resource } from '../../model/model.ts';
import type { Location } from '../../text/source.ts';

/** Finds where a route comes in, of several the first. */
export interface ParentFinder {
  /** By the listener of an owner that has this port. */
  readonly at: (owner: Resource, port: Location | undefined) => ParentLink | undefined;
  /** By the field of a route that asks for it. */
  readonly from: (route: Resource, field: string) => ParentLink | undefined;
}

export function parentFinder({ parents }: PortGraph): ParentFinder {
  const byPort = new Map<Resource | undefined, Map<number | undefined, ParentLink>>();
  const byField = new Map<Resource | undefined, Map<string, ParentLink>>();
  for (const link of parents) {
    note(byPort, link.parent, link.to?.at?.start, link);
    note(byField, link.route, link.from.field, link);
  }
  return {
    at: (owner, port) => byPort.get(owner)?.get(port?.start),
    from: (route, field) => byField.get(route)?.get(field),
  };
}

function note<O, K>(all: Map<O, Map<K, ParentLink>>, owner: O, key: K, link: ParentLink): void {
  const own = all.get(owner) ?? new Map<K, ParentLink>();
  all.set(owner, own);
  if (!own.has(key)) own.set(key, link);
}
