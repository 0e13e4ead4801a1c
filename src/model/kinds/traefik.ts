import { Located, type Location } from '../../text/source.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { answering, withoutShare } from '../answer.ts';
import type { KindDecoder } from '../kind.ts';
import type { Resource } from '../model.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';
import type { ParentRef, RouteRule } from '../route.ts';
import type { TraefikBackend, TraefikRoute, TraefikRule } from '../traefik.ts';
import { parseMatch } from '../traefik-match.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

const GROUPS = ['traefik.io', 'traefik.containo.us'];

const decodeRoute =
  (kind: string, protocol: RouteRule['protocol']): KindDecoder['decode'] =>
  (read, root, namespace): TraefikRoute => {
    const spec = get(root, 'spec');
    return routeOf(read, root, namespace, kind, {
      parents: (read.strings(spec, 'entryPoints', 'spec.entryPoints') ?? []).map(entryPoint),
      parentRefs: mapsIn(spec, 'parentRefs').map((node, index) =>
        decodeParent(read, node, `spec.parentRefs[${index}]`),
      ),
      tlsAt: read.keyAt(spec, 'tls'),
      rulesAt: read.keyAt(spec, 'routes'),
      rules: mapsIn(spec, 'routes').map((node, index) => decodeRule(read, node, index, protocol)),
    });
  };

function routeOf(
  read: Reader,
  root: YamlNode,
  namespace: string,
  kind: string,
  {
    rulesAt,
    ...parts
  }: Pick<TraefikRoute, 'parents' | 'parentRefs' | 'tlsAt' | 'rules'> & { rulesAt: Location | undefined },
): TraefikRoute {
  const metadata = readMetadata(read, root, namespace);
  return {
    shape: 'route',
    kind,
    api: 'traefik',
    annotations: readAnnotations(read, root),
    ...parts,
    rulesAt: rulesAt ?? metadata.nameAt,
    ...metadata,
  };
}

const decodeParent = (read: Reader, node: YamlMap, field: string): ParentRef => ({
  group: 'traefik.io',
  kind: 'IngressRoute',
  namespace: read.string(node, 'namespace', `${field}.namespace`),
  name: read.string(node, 'name', `${field}.name`) ?? new Located('', read.source, node.start, node.end),
  sectionName: undefined,
  port: undefined,
  at: read.at(node),
});

/** Entry points are names of Traefik's own configuration, and objects of no kind. */
const entryPoint = (name: Located<string>): ParentRef => ({
  group: '',
  kind: 'EntryPoint',
  namespace: undefined,
  name,
  sectionName: undefined,
  port: undefined,
  at: name,
});

function decodeRule(
  read: Reader,
  node: YamlMap,
  index: number,
  protocol: RouteRule['protocol'],
): TraefikRule {
  const match = read.string(node, 'match', `spec.routes[${index}].match`);
  const requests = match && parseMatch(match.value);
  const hosts = new Set(requests?.flatMap(({ host }) => (host && host !== '*' ? [host] : [])));
  return {
    protocol,
    requests,
    hosts: match ? [...hosts].map((host) => new Located(host, match.source, match.start, match.end)) : [],
    matches: (requests ?? []).map(({ path, pathType }) => ({
      path: match && new Located(path, match.source, match.start, match.end),
      pathType,
    })),
    backends: servicesOf(read, node, index, `spec.routes[${match?.value ?? index}]`),
  };
}

/** A route of Traefik without any is dropped, unless others are parts of it; of a single one no share is asked (3.6.12). */
function servicesOf(read: Reader, node: YamlMap, index: number, field: string): TraefikBackend[] {
  const list = mapsIn(node, 'services');
  const services = list.map((service, at): TraefikBackend => {
    const backend = decodeBackend(read, service, `spec.routes[${index}].services[${at}]`, {
      holder: `${field}.services`,
    });
    return list.length > 1 ? backend : { ...backend, weight: undefined };
  });
  const said = get(node, 'services');
  const isLeftOut = !said || (said.type === 'list' && said.items.length === 0);
  const at = read.keyAt(node, 'services') ?? read.keyAt(node, 'match') ?? read.at(node);
  const none = isLeftOut ? [answering({ by: 'nobody', why: 'no-backend' }, at, field)] : [];
  return [
    ...services,
    ...[...none, ...withoutShare(services, field)].map((one) => ({ ...one, nativeLB: false })),
  ];
}

/** An integer port is the number of a Service port and a string its name, even one of digits (S-143). */
function decodeBackend(
  read: Reader,
  node: YamlNode,
  field: string,
  { holder, role }: { readonly holder: string; readonly role?: TraefikBackend['role'] },
): TraefikBackend {
  const name = read.string(node, 'name', `${field}.name`);
  const kind = read.string(node, 'kind', `${field}.kind`)?.value || 'Service';
  // Another kind has its own ports (S-144).
  const port = kind === 'Service' ? read.scalar(node, 'port') : undefined;
  const isName = typeof port?.value === 'string';
  return {
    service: kind === 'Service' ? name : undefined,
    resource: kind === 'Service' ? undefined : name,
    resourceKind: kind === 'Service' ? undefined : kind,
    namespace: read.string(node, 'namespace', `${field}.namespace`),
    portNumber: isName || port?.value === 0 ? undefined : port,
    portName: isName && port.value !== '' ? (port as Located<string>) : undefined,
    portNameKeyAt: undefined,
    scheme: read.string(node, 'scheme', `${field}.scheme`),
    weight: read.integer(node, 'weight', `${field}.weight`),
    nativeLB: isTrue(node, 'nativeLB'),
    role,
    field: `${holder}[${name?.value ?? ''}]`,
    at: read.at(node),
  };
}

/** What stands between a route and Services; it matches no requests of its own. */
const between = (backends: readonly TraefikBackend[]): Pick<TraefikRoute, 'parents' | 'tlsAt' | 'rules'> => ({
  parents: [],
  tlsAt: undefined,
  rules: [{ protocol: 'HTTP', hosts: [], matches: [], requests: undefined, backends }],
});

/** Shares of traffic, or one Service that takes all of it and others that get copies. */
function decodeTraefikService(read: Reader, root: YamlNode, namespace: string): TraefikRoute {
  const spec = get(root, 'spec');
  const listOf = (key: string, list: string, role?: TraefikBackend['role']): TraefikBackend[] =>
    mapsIn(get(spec, key), list).map((node, index) =>
      decodeBackend(read, node, `spec.${key}.${list}[${index}]`, {
        holder: `spec.${key}.${list}`,
        role,
      }),
    );
  const mirrored = get(spec, 'mirroring');
  return routeOf(read, root, namespace, 'TraefikService', {
    rulesAt: read.keyAt(root, 'spec'),
    ...between([
      ...listOf('weighted', 'services'),
      ...listOf('highestRandomWeight', 'services'),
      ...(mirrored ? [decodeBackend(read, mirrored, 'spec.mirroring', { holder: 'spec.mirroring' })] : []),
      ...listOf('mirroring', 'mirrors', 'mirror'),
    ]),
  });
}

/** Of all Middlewares, those that fetch error pages have a Service. */
function decodeMiddleware(read: Reader, root: YamlNode, namespace: string): Resource {
  const service = get(root, 'spec', 'errors', 'service');
  if (!service) return { ...readMetadata(read, root, namespace), shape: 'bare', kind: 'Middleware' };
  const backend = decodeBackend(read, service, 'spec.errors.service', {
    holder: 'spec.errors.service',
    role: 'fallback',
  });
  return routeOf(read, root, namespace, 'Middleware', {
    rulesAt: read.keyAt(get(root, 'spec'), 'errors'),
    ...between([backend]),
  });
}

const decoder = (kind: string, links: readonly string[], decode: KindDecoder['decode']): KindDecoder => ({
  kind,
  groups: GROUPS,
  links,
  decode,
});

export const TRAEFIK: readonly KindDecoder[] = [
  decoder('IngressRoute', ['parent', 'backend'], decodeRoute('IngressRoute', 'HTTP')),
  decoder('IngressRouteTCP', ['parent', 'backend'], decodeRoute('IngressRouteTCP', 'TCP')),
  decoder('IngressRouteUDP', ['parent', 'backend'], decodeRoute('IngressRouteUDP', 'UDP')),
  decoder('TraefikService', ['backend'], decodeTraefikService),
  decoder('Middleware', ['backend'], decodeMiddleware),
];
