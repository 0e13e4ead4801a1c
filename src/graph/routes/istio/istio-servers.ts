import type { IstioGateway, IstioServer, VirtualService } from '../../../model/istio.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { RouteRule } from '../../../model/route.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, type Settled, whole } from '../../links/proofs/proving.ts';
import { type Admission, hostsOn } from '../gateway/gateway-listeners.ts';

const PLAIN_HTTP: ReadonlySet<string> = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB']);

/** A server that speaks HTTP without TLS. */
export const isPlainHttp = ({ protocol }: IstioServer): boolean =>
  PLAIN_HTTP.has(protocol?.value.toUpperCase() ?? '');

/** Which rules of a VirtualService a server of a Gateway runs; undefined for a protocol that is not known. */
export function carriedBy(server: IstioServer): RouteRule['protocol'] | undefined {
  const { protocol, tlsMode } = server;
  if (isPlainHttp(server)) return 'HTTP';
  const passes = /PASSTHROUGH$/.test(tlsMode?.value ?? '');
  switch (protocol?.value.toUpperCase()) {
    case 'HTTPS':
      return passes ? 'TLS' : 'HTTP';
    case 'TLS':
      return passes ? 'TLS' : 'TCP';
    case 'TCP':
    case 'MONGO':
    case 'MYSQL':
    case 'REDIS':
      return 'TCP';
    default:
      return undefined;
  }
}

/** The hosts of a server that routes of a namespace may use: before each there may be the namespaces it is for. */
function hostsFor({ hosts }: IstioServer, { namespace: own }: IstioGateway, namespace: string): string[] {
  return hosts.flatMap(({ value }) => {
    const slash = value.indexOf('/');
    if (slash < 0) return [value];
    const allowed = value.slice(0, slash);
    const isAllowed = allowed === '*' || (allowed === '.' ? own : allowed) === namespace;
    return isAllowed ? [value.slice(slash + 1)] : [];
  });
}

/** The host names under which a server takes a route. */
export const servedHosts = (
  route: VirtualService,
  server: IstioServer,
  gateway: IstioGateway,
): readonly string[] => [
  ...new Set(hostsFor(server, gateway, route.namespace).flatMap((host) => hostsOn(route, host))),
];

const refused = (fault: Admission['fault'], passed: number, proof: Settled): Admission => ({
  ...proof,
  fault,
  passed,
});

/** A server takes a route that has rules for its protocol, from a namespace it is for, for a host that they share. */
export function admissionTo(route: VirtualService, server: IstioServer, gateway: IstioGateway): Admission {
  const { protocol, hosts, port } = server;
  if ([protocol, port, ...hosts, ...route.hosts].some(isPlaceholder)) {
    return { ...unproved('filled-in'), fault: undefined, passed: 0 };
  }
  const carried = carriedBy(server);
  if (carried && route.rules.length > 0 && !route.rules.some((rule) => rule.protocol === carried)) {
    const section = carried.toLowerCase();
    const rules = route.rules.map((rule) => rule.protocol);
    return refused('protocol', 0, broken('rules-of-server', { protocol: protocol!.value, section, rules }));
  }
  if (hosts.length > 0 && hostsFor(server, gateway, route.namespace).length === 0) {
    const named = hosts.map(({ value }) => value.slice(0, value.indexOf('/')));
    const allowed = named.map((one) => (one === '.' ? gateway.namespace : one));
    return refused('not-allowed', 1, broken('namespaces-of-server', { namespace: route.namespace, allowed }));
  }
  if (servedHosts(route, server, gateway).length === 0) {
    const served = hosts.map(({ value }) => value);
    const asked = route.hosts.map(({ value }) => value);
    return refused('hostname', 2, broken('hosts-of-server', { asked, hosts: served }));
  }
  if (!carried) {
    const lack = unproved('rules-of-protocol', { protocol: protocol?.value });
    return { ...lack, fault: undefined, passed: 3 };
  }
  return { ...whole('server-takes'), fault: undefined, passed: 3 };
}
