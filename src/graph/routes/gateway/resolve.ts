import { GATEWAY_GROUP } from '../../../model/gateway-api.ts';
import type { Service } from '../../../model/model.ts';
import { isPlaceholder, portNumber } from '../../../model/ports.ts';
import { type Protocol, protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend, Route, RouteRule } from '../../../model/route.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink, ParentLink, Way } from '../../links/route-links.ts';
import type { Settings } from '../../links/settings.ts';
import {
  type AskedBackend,
  type BackendVerdict,
  backendLink,
  followBackend,
  otherProtocol,
} from '../backends/follow-backend.ts';
import { metByPath, pathsOf } from '../backends/paths.ts';
import type { RouteLinks } from '../backends/route-links.ts';
import { gatewayController } from './gateway-controller.ts';
import { type GatewayIndex, gatewayIndex } from './gateway-index.ts';
import { hasHosts, hostsOn } from './gateway-listeners.ts';
import { parentsOf } from './gateway-parents.ts';

/** Every route of the Gateway API: the listeners it attaches to, and the Service ports it sends traffic to. */
export function resolveGatewayApi(model: Model, settings: Settings): RouteLinks {
  const routes = model.routes.filter(({ api }) => api === 'gateway-api');
  if (routes.length === 0) return { parents: [], backends: [] };
  const index = gatewayIndex(model);
  const parents: ParentLink[] = [];
  const backends: BackendLink[] = [];
  for (const route of routes) {
    const own = parentsOf(route, index);
    for (const parent of own) parents.push(parent);
    const controller = gatewayController(own.find(({ parent }) => parent)?.parent, index, settings);
    for (const rule of route.rules) {
      const ways = waysOf(route, rule, own);
      for (const backend of rule.backends) {
        // What a mesh makes of requests that no rule hands on is its own.
        if (backend.answer && isOfMesh(route)) continue;
        const asked: AskedBackend = {
          route,
          holder: route,
          backend,
          field: backend.field ?? 'spec.rules',
          namespace: backend.namespace?.value ?? route.namespace,
          ways: waysTo(backend, ways, () => metByPath(rule, (met) => waysOf(route, met, own))),
          controller,
        };
        for (const backend of resolve(asked, rule, index)) backends.push(backend);
      }
    }
  }
  return { parents, backends };
}

/** No client's request gets to a copy or to a share of nothing, and only those that meet the path alone are answered for certain. */
function waysTo(backend: Backend, ways: readonly Way[], certain: () => readonly Way[]): readonly Way[] {
  if (backend.answer) return certain();
  return backend.role === 'mirror' || backend.weight?.value === 0 ? [] : ways;
}

function waysOf(route: Route, rule: RouteRule, parents: readonly ParentLink[]): Way[] {
  const paths = rule.protocol === 'HTTP' ? pathsOf(rule.matches) : [NO_PATH];
  return parents.flatMap((link) => {
    const { port, hostname, parent } = link;
    const shared = hostsOn(route, hostname);
    // A listener that serves none of the route's hosts is still the way that its author meant.
    const hosts = shared.length > 0 ? shared : rule.hosts.map(({ value }) => value);
    // In a mesh, clients dial the Service, and host names of the route mean nothing (S-153).
    const named = hasHosts(route) && parent?.kind !== 'Service' ? hosts : [undefined];
    return named.flatMap((host) =>
      paths.map((path): Way => ({ host, ...path, port, protocol: transportOf(rule), parents: [link] })),
    );
  });
}

/** A client of a protocol without paths asks for none. */
const NO_PATH: Pick<Way, 'path' | 'pathType'> = { path: undefined, pathType: undefined };

const transportOf = ({ protocol }: RouteRule): Protocol => (protocol === 'UDP' ? 'UDP' : 'TCP');

function resolve(asked: AskedBackend, rule: RouteRule, index: GatewayIndex): BackendLink[] {
  const { service, resource, resourceKind, resourceGroup, portNumber: port } = asked.backend;
  if (!service && resource) {
    if (isNoBackend(resourceGroup ?? '', resourceKind ?? '')) {
      const verdict = broken('kind-of-group', { kind: resourceKind, group: resourceGroup });
      return [backendLink(asked, { ...verdict, fault: 'kind' })];
    }
    // Other kinds are the implementation's own (S-150).
    return [backendLink(asked, unproved('own-backend', { kind: resourceKind }))];
  }
  const links = followBackend(index.model, asked, (found) =>
    port ? resolvePort(asked, rule, found, index) : NO_PORT,
  );
  return service && !port ? links.map((link) => ({ ...link, ...NO_PORT })) : links;
}

/**
 * Of the groups that are not an implementation's own, only the core's Service can be a backend: `InvalidKind` (S-154).
 * Some implementations let a route hand on to another one.
 */
const isNoBackend = (group: string, kind: string): boolean =>
  (group === '' && kind !== 'Service') ||
  (group === GATEWAY_GROUP && !kind.endsWith('Route')) ||
  // Traefik registers one kind of its own (`RegisterBackendFuncs` in pkg/provider/kubernetes/crd at fd5a576df2), and nobody else takes any.
  (group === 'traefik.io' && kind !== 'TraefikService') ||
  OF_KUBERNETES.has(group);

/** Groups of Kubernetes itself, which no implementation takes for its own; the core group is called by no name. */
const OF_KUBERNETES: ReadonlySet<string> = new Set([
  'apps',
  'batch',
  'core',
  'v1',
  'networking.k8s.io',
  'discovery.k8s.io',
  'storage.k8s.io',
  'autoscaling',
  'policy',
]);

/** Whatever the Service may be, the API server refuses this. */
const NO_PORT: BackendVerdict = {
  ...broken('backend-without-port'),
  fault: 'no-port-given',
};

/** Only the number of a Service port counts, never its targetPort (S-149), and only for the route's own protocol. */
function resolvePort(
  asked: AskedBackend,
  rule: RouteRule,
  service: Service,
  index: GatewayIndex,
): BackendVerdict {
  const { backend, namespace } = asked;
  const route = asked.route as Route;
  const number = portNumber(backend.portNumber);
  const numbered = service.ports.filter((one) => number !== undefined && portNumber(one.port) === number);
  const servicePort = numbered.find((one) => protocolOf(one.protocol) === transportOf(rule));

  if (namespace !== route.namespace && !isOfMesh(route)) {
    const to = { group: '', kind: 'Service', namespace, name: service.name };
    if (!index.grants.permit(route, to)) {
      if (index.model.unread.length > 0 || index.grants.isOpen(namespace)) {
        const object = { kind: 'ReferenceGrants', namespace, name: undefined };
        return { ...unproved('unread-grant', { object }), servicePort };
      }
      if (route.unplaced) {
        const lack = unproved('namespace-for-grant', { unplaced: route, namespace });
        return { ...lack, fault: 'not-permitted', servicePort };
      }
      const wanted = { namespace, kind: route.kind, from: route.namespace, service: service.name };
      return { ...broken('no-grant', wanted), fault: 'not-permitted', servicePort };
    }
  }
  // Support is implementation-specific (BackendObjectReference); Istio's proxies dial the name.
  if (service.type?.value === 'ExternalName' && asked.controller.name !== 'istio') {
    return { ...unproved('external-name-of-gateway'), servicePort };
  }
  if (servicePort) return { ...whole('service-port'), servicePort };
  if (service.ports.some((one) => isPlaceholder(one.port))) return unproved('filled-in');
  if (service.type?.value === 'ExternalName') {
    return unproved('external-name-port');
  }
  const [other] = numbered;
  if (other) {
    const carrier = { is: 'route', kind: route.kind, carries: transportOf(rule) } as const;
    return otherProtocol(service, number, other, carrier);
  }
  const wanted = { service: service.name, number: backend.portNumber!.value };
  return { ...broken('no-service-port', wanted), fault: 'no-port' };
}

/** The mesh applies a route to clients of its own namespace, and asks the Service's for no leave (GEP-1294). */
const isOfMesh = ({ parents }: Route): boolean =>
  parents.length > 0 && parents.every(({ group, kind }) => group === '' && kind === 'Service');
