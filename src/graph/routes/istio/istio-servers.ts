import type { IstioGateway, IstioServer, VirtualService } from '../../../model/istio.ts';
import { isPlaceholder } from '../../../model/ports.ts';
import type { RouteRule } from '../../../model/route.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { type Admission, hostsOn, refusal } from '../gateway/gateway-listeners.ts';

/** Which rules of a VirtualService a server of a Gateway runs; undefined for a protocol that is not known. */
export function carriedBy({ protocol, tlsMode }: IstioServer): RouteRule['protocol'] | undefined {
  const passes = /PASSTHROUGH$/.test(tlsMode?.value ?? '');
  switch (protocol?.value.toUpperCase()) {
    case 'HTTP':
    case 'HTTP2':
    case 'GRPC':
    case 'GRPC-WEB':
      return 'HTTP';
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

/** A server takes a route that has rules for its protocol, from a namespace it is for, for a host that they share. */
export function admissionTo(route: VirtualService, server: IstioServer, gateway: IstioGateway): Admission {
  const { protocol, hosts, port } = server;
  if ([protocol, port, ...hosts, ...route.hosts].some(isPlaceholder)) {
    return { ...unproved('filled-in'), fault: undefined, passed: 0 };
  }
  const carried = carriedBy(server);
  if (carried && route.rules.length > 0 && !route.rules.some((rule) => rule.protocol === carried)) {
    const section = carried.toLowerCase();
    return refusal(
      'protocol',
      0,
      `a server of protocol ${protocol!.value} runs rules under \`${section}\`, and the VirtualService has none`,
      { what: 'protocol', from: route.rules.map((rule) => rule.protocol).join(', '), to: protocol!.value },
    );
  }
  if (hosts.length > 0 && hostsFor(server, gateway, route.namespace).length === 0) {
    const allowed = hosts.map(({ value }) => value.slice(0, value.indexOf('/')));
    const to = allowed.map((namespace) => (namespace === '.' ? gateway.namespace : namespace)).join(', ');
    return refusal('not-allowed', 1, `the server takes no routes from namespace ${route.namespace}`, {
      what: 'namespace',
      from: route.namespace,
      to,
    });
  }
  if (servedHosts(route, server, gateway).length === 0) {
    const served = hosts.map(({ value }) => value).join(', ');
    return refusal('hostname', 2, `no host name of the route is one that the server serves, ${served}`, {
      what: 'host',
      from: route.hosts.map(({ value }) => value).join(', '),
      to: served,
    });
  }
  if (!carried) {
    const lack = unproved('rules-of-protocol', { protocol: protocol?.value });
    return { ...lack, fault: undefined, passed: 3 };
  }
  return { state: 'whole', reason: 'the server takes this route', fault: undefined, passed: 3 };
}
