import { isHeadless } from '../../../model/headless.ts';
import type { Resource, Service } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import {
  isEntered,
  isTraefikRoute,
  type TraefikBackend,
  type TraefikRoute,
  type TraefikRule,
} from '../../../model/traefik.ts';
import { groupBy } from '../../../text/group-by.ts';
import { definitionsNamed } from '../../links/definitions.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink, ParentLink, Way } from '../../links/route-links.ts';
import {
  type AskedBackend,
  type BackendVerdict,
  backendLink,
  followBackend,
  handOver,
  noSuchPort,
} from '../backends/follow-backend.ts';
import type { RouteLinks } from '../backends/route-links.ts';
import { isSwitchedOn } from './entry-points.ts';
import { type LayerAbove, layersIn } from './layered-routes.ts';
import { clientPort, entryPointLinks, type Traefik, traefikOf } from './traefik-parents.ts';

/** Every route of Traefik's own kinds: its entry points, and the Services behind it, through TraefikServices or not. */
export function resolveTraefik(model: Model): RouteLinks {
  const routes = model.routes.filter(isTraefikRoute);
  if (routes.length === 0) return { parents: [], backends: [] };
  const context = contextOf(model);
  const { traefik } = context;
  const resolved = new Map<TraefikBackend, readonly BackendLink[]>();
  const ways = new Map<TraefikBackend, Way[]>();
  const hasParts = withParts(routes);
  for (const route of routes) {
    for (const backend of route.rules.flatMap(({ backends }) => backends)) {
      if (backend.answer?.by === 'nobody' && hasParts(route)) continue;
      const own: Way[] = [];
      ways.set(backend, own);
      resolved.set(backend, resolve(context, route, backend, own));
    }
  }
  const parents: ParentLink[] = [];
  const layersAbove = layersIn(model);
  const entered = new Set<TraefikRoute>();
  for (const route of routes.filter(isEntered)) {
    const links = entryPointLinks(route, traefik);
    const above = layersAbove(route);
    for (const link of [...links, ...above.map((one) => one.link)]) parents.push(link);
    for (const rule of route.rules) {
      const own = waysOf(route, rule, links, traefik);
      const ways = above.length > 0 ? throughParents(own, above, traefik) : own;
      for (const backend of rule.backends) lead(ways, backend, []);
    }
  }
  return { parents, backends: [...resolved.values()].flat() };

  /** Takes the ways to a backend, and on through every TraefikService that it hands over to. */
  function lead(coming: readonly Way[], backend: TraefikBackend, passed: readonly TraefikRoute[]): void {
    const there = ways.get(backend);
    if (!there || isUnasked(backend) || there.length >= MOST_WAYS) return;
    if (passed.length > DEEPEST) {
      model.budget.leave('links', passed.at(-1)!);
      return;
    }
    for (const one of coming) there.push(one);
    for (const link of resolved.get(backend)!) {
      const { delegate } = link;
      if (!delegate || !isTraefikRoute(delegate) || passed.includes(delegate)) continue;
      const inner = delegate.rules.flatMap(({ backends }) => backends);
      // Where all hand over to all there are more ways than anybody could walk: the first to each is free.
      if (entered.has(delegate) && !model.budget.affords(coming.length * inner.length, delegate)) continue;
      entered.add(delegate);
      const next = coming.map((way) => ({
        ...way,
        via: [...(way.via ?? []), link],
        route: way.route ?? link.route,
      }));
      for (const one of inner) lead(next, one, [...passed, delegate]);
    }
  }
}

/** An IngressRoute that others are parts of leaves the Services to them. */
function withParts(routes: readonly TraefikRoute[]): (route: TraefikRoute) => boolean {
  const named = new Set(
    routes.flatMap(({ parentRefs = [], namespace: own }) =>
      parentRefs.map(({ namespace, name }) => `${namespace?.value ?? own}/${name.value}`),
    ),
  );
  return ({ namespace, name }) => named.has(`${namespace}/${name}`);
}

/** TraefikServices may hand over to each other again and again. */
const MOST_WAYS = 200;
/** One behind the other, further than any request is handed over. */
const DEEPEST = 50;

/** No client's request gets there by itself. */
const isUnasked = ({ role, weight }: TraefikBackend): boolean => role !== undefined || weight?.value === 0;

function waysOf(
  route: TraefikRoute,
  rule: TraefikRule,
  links: readonly ParentLink[],
  traefik: Traefik | undefined,
): Way[] {
  const requests = requestsOf(route, rule);
  const entries: readonly Pick<Way, 'port' | 'parents'>[] =
    links.length > 0
      ? links.map((link) => ({ port: link.port, parents: [link] }))
      : (route.parents.length > 0 ? route.parents.map(({ name }) => name.value) : [undefined]).map(
          (entryPoint) => ({ port: clientPort(route, entryPoint, traefik), parents: [] }),
        );
  return entries.flatMap((entry) =>
    requests.map((request) => ({
      ...entry,
      ...request,
      protocol: rule.protocol === 'UDP' ? 'UDP' : 'TCP',
    })),
  );
}

/** What a parent matches is asked first, at its entry points; a host that the child leaves open is the parent's. */
const throughParents = (
  own: readonly Way[],
  above: readonly LayerAbove[],
  traefik: Traefik | undefined,
): Way[] =>
  above.flatMap(({ route, link }) => {
    const entered = (route?.rules ?? []).flatMap((rule) =>
      waysOf(route!, rule, entryPointLinks(route!, traefik), traefik),
    );
    if (entered.length === 0) return own.map((way) => ({ ...way, parents: [...way.parents, link] }));
    return own.flatMap((way) =>
      entered.map(({ host, port, parents }) => ({
        ...way,
        host: way.host === '*' ? host : way.host,
        port,
        parents: [...parents, link],
      })),
    );
  });

/** Host names mean something to HTTP and, as SNI, to TLS. */
function requestsOf(
  route: TraefikRoute,
  { protocol, requests }: TraefikRule,
): Pick<Way, 'host' | 'path' | 'pathType'>[] {
  if (protocol === 'HTTP' && requests) return [...requests];
  const hosts = route.tlsAt && requests ? requests.map(({ host }) => host) : [undefined];
  return [...new Set(hosts)].map((host) => ({ host, path: undefined, pathType: undefined }));
}

/** What every backend is looked up in. */
interface Context {
  readonly model: Model;
  readonly traefik: Traefik | undefined;
  readonly traefikServices: (namespace: string, name: string) => readonly Resource[];
}

function contextOf(model: Model): Context {
  const key = (namespace: string, name: string): string => `${namespace}\0${name}`;
  const named = groupBy(model.ofKind('TraefikService'), ({ namespace, name }) => key(namespace, name));
  return {
    model,
    traefik: traefikOf(model),
    traefikServices: (namespace, name) => named.get(key(namespace, name)) ?? [],
  };
}

function resolve(
  context: Context,
  holder: TraefikRoute,
  backend: TraefikBackend,
  ways: readonly Way[],
): readonly BackendLink[] {
  const { model, traefik } = context;
  const namespace = backend.namespace?.value ?? holder.namespace;
  const asked: AskedBackend = {
    route: holder,
    holder,
    backend,
    field: backend.field ?? 'spec',
    namespace,
    ways,
    controller: { name: 'traefik', certain: true, className: undefined },
  };
  const name = backend.service ?? backend.resource;
  if (name?.value.includes('@')) {
    return [backendLink(asked, unproved('other-provider', { name: name.value }))];
  }
  if (backend.resourceKind === 'TraefikService') {
    const delegates = definitionsNamed(
      model.budget,
      holder,
      context.traefikServices(namespace, name?.value ?? ''),
    );
    // The ways lead on, and do not end here.
    const passing = delegates.length > 0 ? { ...asked, ways: [] } : asked;
    const link = handOver(passing, delegates);
    const refused = permission(asked, traefik);
    return [refused ? { ...link, ...refused } : link];
  }
  return followBackend(model, asked, (service) => resolvePort(asked, backend, service, traefik));
}

/** A number is that of a Service port, a string its name, whatever it looks like (S-143). */
function resolvePort(
  asked: AskedBackend,
  backend: TraefikBackend,
  service: Service,
  traefik: Traefik | undefined,
): BackendVerdict {
  const { portNumber: number, portName: name } = backend;
  if (!number && !name) {
    return { ...broken('no-port-for-traefik'), fault: 'no-port-given' };
  }
  const named = service.ports.filter((one) =>
    name ? one.name?.value === name.value : portNumber(one.port) === number?.value,
  );
  const transport = (asked.route as TraefikRoute).rules[0]?.protocol === 'UDP' ? 'UDP' : 'TCP';
  const servicePort = named.find(({ protocol }) => protocolOf(protocol) === transport) ?? named[0];
  if (service.type?.value === 'ExternalName' && (servicePort || number)) {
    return { ...external(traefik), servicePort };
  }
  if (!servicePort) return noSuchPort(service);
  const { scheme } = backend;
  if (scheme && !['', 'http', 'https', 'h2c'].includes(scheme.value)) {
    return { ...broken('no-scheme', { scheme: scheme.value }), fault: 'scheme', servicePort };
  }
  if (backend.nativeLB && isHeadless(service)) {
    return { ...broken('headless-behind-native-lb'), fault: 'headless', servicePort };
  }
  const refused = permission(asked, traefik);
  if (refused) return { ...refused, servicePort };
  if (protocolOf(servicePort.protocol) !== transport) {
    const declared = protocolOf(servicePort.protocol);
    return { ...unproved('protocol-of-traefik', { sends: transport, declared }), servicePort };
  }
  return { ...whole('service-port'), servicePort };
}

/** The number is dialled at the external name as it is, declared or not, if Traefik is allowed to (S-142). */
function external(traefik: Traefik | undefined): BackendVerdict {
  const setting = 'providers.kubernetescrd.allowexternalnameservices';
  return traefik && isSwitchedOn(traefik.entryPoints, setting)
    ? whole('external-port')
    : unproved('external-name-of-traefik');
}

/** Before 2.4.10 they were allowed unless a flag said otherwise. */
const REFUSING = /:v?(?:2\.(?:[5-9]|\d\d)|[3-9]\b)/;

/** Other namespaces are refused unless Traefik is told to allow them (S-146). */
function permission(
  { namespace, holder }: AskedBackend,
  traefik: Traefik | undefined,
): BackendVerdict | undefined {
  const setting = 'providers.kubernetescrd.allowcrossnamespace';
  if (namespace === holder.namespace) return undefined;
  if (traefik && isSwitchedOn(traefik.entryPoints, setting)) return undefined;
  if (!traefik || !REFUSING.test(traefik.entryPoints.container.image?.value ?? '')) {
    return unproved('other-namespace-of-traefik');
  }
  const { workload } = traefik.entryPoints;
  return { ...broken('no-cross-namespace', { workload }), fault: 'not-permitted' };
}
