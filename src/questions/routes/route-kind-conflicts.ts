import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { ParentLink } from '../../graph/links/route-links.ts';
import { gatewayController } from '../../graph/routes/gateway/gateway-controller.ts';
import { gatewayIndex } from '../../graph/routes/gateway/gateway-index.ts';
import { hostsOn, narrower } from '../../graph/routes/gateway/gateway-listeners.ts';
import { qualify } from '../../model/describe.ts';
import { isListenerOwner, type ListenerOwner } from '../../model/gateway-api.ts';
import { isRouteOf, type Route } from '../../model/route.ts';
import { groupBy } from '../../text/group-by.ts';

/** A GRPCRoute on a listener that an HTTPRoute asks for a host name which both have. */
export interface RouteKindConflict {
  readonly grpc: Attached;
  readonly http: Attached;
  readonly owner: ListenerOwner;
  /** The narrower of their two host names; `*` for any. */
  readonly host: string;
  /** The one that is accepted; undefined where only the times at which they are applied decide. */
  readonly winner: Route | undefined;
}

interface Attached {
  readonly link: ParentLink;
  readonly route: Route;
}

/**
 * Of an HTTPRoute and a GRPCRoute whose host names intersect on a listener, an implementation must accept exactly one:
 * the older, then the first by namespace and name (`GRPCRouteSpec.Hostnames` in the Gateway API's apis/v1). One for
 * each GRPCRoute.
 */
export function routeKindConflicts(graph: PortGraph): RouteKindConflict[] {
  const attached = graph.parents.flatMap((link): Attached[] => {
    const { route, state, parent } = link;
    return state === 'whole' && parent && isListenerOwner(parent) && isRouteOf('gateway-api', route as Route)
      ? [{ link, route: route as Route }]
      : [];
  });
  if (!attached.some(({ route }) => route.kind === 'GRPCRoute')) return [];
  const index = gatewayIndex(graph.model);
  const told = new Set<Route>();
  const conflicts: RouteKindConflict[] = [];
  for (const [parent, onOwner] of groupBy(attached, ({ link }) => link.parent)) {
    const owner = parent as ListenerOwner;
    if (servesBoth(gatewayController(owner, index, graph.settings))) continue;
    for (const onListener of groupBy(onOwner, ({ link }) => link.to?.field).values()) {
      const https = onListener.filter(({ route }) => route.kind === 'HTTPRoute');
      for (const grpc of onListener) {
        if (grpc.route.kind !== 'GRPCRoute' || told.has(grpc.route)) continue;
        if (!graph.model.budget.allows(https.length, grpc.route)) continue;
        const conflict = firstConflict(grpc, https, owner);
        if (!conflict) continue;
        told.add(grpc.route);
        conflicts.push(conflict);
      }
    }
  }
  return conflicts;
}

/** Traefik leaves it for later (`grpcroute.go` of its Gateway provider at fd5a576df2), and merges the two. */
const servesBoth = ({ name, certain }: ReturnType<typeof gatewayController>): boolean =>
  certain && name === 'traefik';

/** By name, so that the order of documents does not decide which of several is told. */
function firstConflict(
  grpc: Attached,
  https: readonly Attached[],
  owner: ListenerOwner,
): RouteKindConflict | undefined {
  let first: RouteKindConflict | undefined;
  for (const http of https) {
    const host = sharedHost(grpc, http);
    if (host === undefined) continue;
    if (first && nameOf(first.http.route) <= nameOf(http.route)) continue;
    first = { grpc, http, owner, host, winner: winnerOf(grpc.route, http.route) };
  }
  return first;
}

function sharedHost(one: Attached, other: Attached): string | undefined {
  const theirs = hostsOn(other.route, other.link.hostname);
  for (const mine of hostsOn(one.route, one.link.hostname)) {
    for (const host of theirs) {
      const shared = narrower(mine, host);
      if (shared !== undefined) return shared;
    }
  }
  return undefined;
}

function winnerOf(one: Route, other: Route): Route | undefined {
  if (one.created === undefined || other.created === undefined) return undefined;
  if (one.created !== other.created) return one.created < other.created ? one : other;
  return nameOf(one) < nameOf(other) ? one : other;
}

const nameOf = ({ namespace, name }: Route): string => qualify(namespace, name);
