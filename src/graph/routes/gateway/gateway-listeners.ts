import {
  type AllowedNamespaces,
  GATEWAY_GROUP,
  type Listener,
  type ListenerOwner,
} from '../../../model/gateway-api.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { Route } from '../../../model/route.ts';
import { table } from '../../../text/table.ts';
import { type Unproved, unproved, type Verdict } from '../../links/lacks/lacking.ts';
import type { NamespaceRefusal } from '../../links/proofs/gateway-proofs.ts';
import { broken, type Settled, whole } from '../../links/proofs/proving.ts';
import type { ParentLink } from '../../links/route-links.ts';
import type { GatewayIndex } from './gateway-index.ts';

/** Whether a listener takes a route, and why. */
export type Admission = Verdict & {
  readonly fault: ParentLink['fault'];
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

const refused = (fault: ParentLink['fault'], passed: number, proof: Settled): Admission => ({
  ...proof,
  fault,
  passed,
});

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
    const carries = { protocol: protocol!.value, kind: route.kind };
    return refused('protocol', 0, broken('protocol-of-listener', carries));
  }
  const kinds = listener.allowedKinds;
  if (
    kinds.length > 0 &&
    !kinds.some(({ group, kind }) => group === GATEWAY_GROUP && kind.value === route.kind)
  ) {
    const allowed = kinds.map(({ kind }) => kind.value);
    return refused('not-allowed', 1, broken('kinds-of-listener', { kind: route.kind, kinds: allowed }));
  }
  const kept = keptOut(allowedNamespaces, owner, route.namespace, index, 'Same');
  const isPlaced = allowedNamespaces.from?.value === 'None' || !(route.unplaced ?? owner.unplaced);
  const refusal = kept && 'is' in kept ? kept : undefined;
  if (refusal && isPlaced) {
    const { namespace } = route;
    return refused('not-allowed', 2, broken('namespaces-of-listener', { namespace, refusal }));
  }
  if (hasHosts(route) && hostsOn(route, hostname?.value).length === 0) {
    return refused(
      'hostname',
      3,
      broken('hosts-of-listener', { asked: hostsIn(route), host: hostname?.value }),
    );
  }
  if (refusal) {
    const unplaced = route.unplaced ? route : owner;
    return { ...doubt(4, unproved('namespace-of-route', { unplaced })), fault: 'not-allowed' };
  }
  if (kept && 'lacks' in kept) return doubt(4, kept);
  if (!carried) return doubt(4, unproved('routes-of-protocol', { protocol: protocol?.value }));
  return { ...whole('listener-takes'), fault: undefined, passed: 4 };
}

const hostsIn = ({ rules: [rule] }: Route): string[] => rule?.hosts.map(({ value }) => value) ?? [];

/** What keeps a namespace out of those that a listener, or a Gateway for its ListenerSets, allows; undefined where nothing does. */
export function keptOut(
  allowed: AllowedNamespaces,
  owner: ListenerOwner,
  namespace: string,
  index: GatewayIndex,
  otherwise: 'Same' | 'None',
): NamespaceRefusal | Unproved | undefined {
  const from = allowed.from?.value ?? otherwise;
  switch (from) {
    case 'All':
      return undefined;
    case 'Same':
      return namespace === owner.namespace ? undefined : { is: 'other', own: owner.namespace };
    case 'None':
      return { is: 'any' };
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
): NamespaceRefusal | Unproved | undefined {
  switch (isOfNamespace(selector, namespace)) {
    case true:
      return undefined;
    case false:
      return { is: 'labels' };
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

/** The host names that both patterns mean; undefined where there is none. */
export function narrower(a: string, b: string): string | undefined {
  if (takesIn(a, b)) return b;
  return takesIn(b, a) ? a : undefined;
}

/** Here a wildcard stands for one label or more, other than in an Ingress. */
const takesIn = (pattern: string, host: string): boolean =>
  pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
