import {
  type AllowedNamespaces,
  GATEWAY_GROUP,
  type Listener,
  type ListenerOwner,
} from '../../../model/gateway-api.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { Route } from '../../../model/route.ts';
import { table } from '../../../text/table.ts';
import { type Unproved, unproved } from '../../links/lacks/lacking.ts';
import type { ParentLink } from '../../links/route-links.ts';
import type { Disagreement, Verdict } from '../../links/stated.ts';
import type { GatewayIndex } from './gateway-index.ts';

/** Whether a listener takes a route, and why. */
export type Admission = Verdict & {
  readonly fault: ParentLink['fault'];
  readonly refusedFor?: ParentLink['refusedFor'];
  /** How many questions it passed before it failed: of several refusals, the last one is the one to tell. */
  readonly passed: number;
};

/** Which routes a protocol carries, where `allowedRoutes.kinds` says nothing else. */
const CARRIES = table<readonly string[]>({
  HTTP: ['HTTPRoute', 'GRPCRoute'],
  HTTPS: ['HTTPRoute', 'GRPCRoute'],
  TLS: ['TLSRoute', 'TCPRoute'],
  TCP: ['TCPRoute'],
  UDP: ['UDPRoute'],
});

/** `refusedFor` says what the route is, and what the listener takes. */
export const refusal = (
  fault: ParentLink['fault'],
  passed: number,
  reason: string,
  refusedFor: Disagreement,
): Admission => ({ state: 'broken', reason, fault, passed, refusedFor });

const doubt = (passed: number, lack: Unproved): Admission => ({ ...lack, fault: undefined, passed });

/** A listener takes a route of a kind it carries (S-158), from a namespace it allows, for a host name they share. */
export function admissionOf(
  route: Route,
  owner: ListenerOwner,
  listener: Listener,
  index: GatewayIndex,
): Admission {
  const { protocol, hostname, allowedNamespaces } = listener;
  if ([protocol, hostname, ...(route.rules[0]?.hosts ?? [])].some(isPlaceholder))
    return doubt(0, unproved('filled-in'));

  const carried = CARRIES[protocol?.value ?? ''];
  if (carried && !carried.includes(route.kind)) {
    return refusal('protocol', 0, `a listener of protocol ${protocol!.value} takes no ${route.kind}`, {
      what: 'protocol',
      from: route.kind,
      to: protocol!.value,
    });
  }
  const kinds = listener.allowedKinds;
  if (
    kinds.length > 0 &&
    !kinds.some(({ group, kind }) => group === GATEWAY_GROUP && kind.value === route.kind)
  ) {
    const to = kinds.map(({ kind }) => kind.value).join(', ');
    return refusal('not-allowed', 1, `the listener allows no ${route.kind}: its kinds are ${to}`, {
      what: 'kind',
      from: route.kind,
      to,
    });
  }
  const namespaces = admits(allowedNamespaces, owner, route.namespace, index, 'Same');
  const isPlaced = allowedNamespaces.from?.value === 'None' || !(route.unplaced ?? owner.unplaced);
  if (namespaces.state === 'broken' && isPlaced) {
    return refusal(
      'not-allowed',
      2,
      `the listener takes no routes from namespace ${route.namespace}, as ${namespaces.reason}`,
      { what: 'namespace', from: route.namespace, to: namespacesOf(allowedNamespaces, owner) },
    );
  }
  if (hasHosts(route) && hostsOn(route, hostname?.value).length === 0) {
    return refusal(
      'hostname',
      3,
      `no host name of the route is one that the listener serves, ${hostname?.value}`,
      { what: 'host', from: hostsIn(route), to: hostname?.value },
    );
  }
  if (namespaces.state === 'broken') {
    const unplaced = route.unplaced ? route : owner;
    return { ...doubt(4, unproved('namespace-of-route', { unplaced })), fault: 'not-allowed' };
  }
  if (namespaces.state === 'unproved') return doubt(4, namespaces);
  if (!carried) return doubt(4, unproved('routes-of-protocol', { protocol: protocol?.value }));
  return { state: 'whole', reason: 'the listener takes this route', fault: undefined, passed: 4 };
}

const hostsIn = ({ rules: [rule] }: Route): string => rule?.hosts.map(({ value }) => value).join(', ') || '*';

const namespacesOf = ({ from }: AllowedNamespaces, { namespace }: ListenerOwner): string | undefined => {
  if (from?.value === 'Selector') return 'those of the selector';
  return from?.value === 'None' ? undefined : namespace;
};

/** Whether a namespace is one of those that a listener, or a Gateway for its ListenerSets, allows. */
export function admits(
  allowed: AllowedNamespaces,
  owner: ListenerOwner,
  namespace: string,
  index: GatewayIndex,
  otherwise: 'Same' | 'None',
): Verdict {
  const from = allowed.from?.value ?? otherwise;
  switch (from) {
    case 'All':
      return { state: 'whole', reason: 'all namespaces are allowed' };
    case 'Same':
      return namespace === owner.namespace
        ? { state: 'whole', reason: 'it is of the same namespace' }
        : { state: 'broken', reason: `only those of its own, ${owner.namespace}, are allowed` };
    case 'None':
      return { state: 'broken', reason: 'none are allowed' };
    case 'Selector':
      return selected(allowed, namespace, index);
    default:
      return unproved('filled-in');
  }
}

function selected(
  { selector }: AllowedNamespaces,
  namespace: string,
  { isOfNamespace }: GatewayIndex,
): Verdict {
  switch (isOfNamespace(selector, namespace)) {
    case true:
      return { state: 'whole', reason: 'its labels are those of the selector' };
    case false:
      return { state: 'broken', reason: 'its labels are not those of the selector' };
    default:
      return unproved('namespace-labels', {
        object: { kind: 'Namespace', namespace: '', name: namespace },
      });
  }
}

/** TCP and UDP know no host names. */
export const hasHosts = ({ kind }: Route): boolean => kind !== 'TCPRoute' && kind !== 'UDPRoute';

/** The host names that a route gets on a listener: of each pair the narrower, where one takes in the other. */
export function hostsOn(route: Route, hostname: string | undefined): string[] {
  const mine = route.rules[0]?.hosts ?? [];
  const listens = hostname || '*';
  if (mine.length === 0) return [listens];
  return mine.flatMap(({ value }) => narrower(listens.toLowerCase(), value.toLowerCase()) ?? []);
}

function narrower(a: string, b: string): string | undefined {
  if (takesIn(a, b)) return b;
  return takesIn(b, a) ? a : undefined;
}

/** Here a wildcard stands for one label or more, other than in an Ingress. */
const takesIn = (pattern: string, host: string): boolean =>
  pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
