import { insideScalar } from '../../text/inside-scalar.ts';
import { Located } from '../../text/source.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { answering } from '../answer.ts';
import { ISTIO_GROUP, type IstioMatch, type IstioRule, type VirtualService } from '../istio.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { Backend, ParentRef, RouteRule } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

/** The name that stands for every sidecar of the mesh. */
const MESH = 'mesh';

const SECTIONS = [
  ['http', 'HTTP'],
  ['tls', 'TLS'],
  ['tcp', 'TCP'],
] as const;

export function decodeVirtualService(read: Reader, root: YamlNode, namespace: string): VirtualService {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const hosts = read.strings(spec, 'hosts', 'spec.hosts') ?? [];
  const gateways = read.strings(spec, 'gateways', 'spec.gateways') ?? [];
  const sections = SECTIONS.filter(([section]) => get(spec, section));
  return {
    shape: 'route',
    kind: 'VirtualService',
    api: 'istio',
    annotations: readAnnotations(read, root),
    hosts,
    parents: gateways.filter(({ value }) => value !== MESH).map(parentRefOf),
    inMesh: gateways.length === 0 || gateways.some(({ value }) => value === MESH),
    exportTo: read.strings(spec, 'exportTo', 'spec.exportTo') ?? [],
    rules: sections.flatMap(([section, protocol]) =>
      mapsIn(spec, section).map((node, index) => ({
        hosts,
        protocol,
        ...decodeRule(read, node, { section, index, protocol, own: metadata.namespace }),
      })),
    ),
    rulesAt: read.keyAt(spec, sections[0]?.[0] ?? 'http') ?? metadata.nameAt,
    ...metadata,
  };
}

/** `gate`, `harbour/gate`, and from older days `gate.harbour.svc.cluster.local`. */
function parentRefOf(written: Located<string>): ParentRef {
  const { value, source, at } = written;
  const inside = insideScalar(written);
  const part = (from: number, to: number): Located<string> => {
    const place = inside(from, to);
    return new Located(value.slice(from, to), source, place.start, place.end);
  };
  const slash = value.indexOf('/');
  const [name = '', namespace] = value.split('.');
  return {
    group: ISTIO_GROUP,
    kind: 'Gateway',
    namespace:
      slash >= 0
        ? part(0, slash)
        : namespace === undefined
          ? undefined
          : part(name.length + 1, name.length + 1 + namespace.length),
    name: slash >= 0 ? part(slash + 1, value.length) : part(0, name.length),
    sectionName: undefined,
    port: undefined,
    at,
  };
}

interface RulePlace {
  readonly section: string;
  readonly index: number;
  readonly protocol: RouteRule['protocol'];
  /** The namespace of the VirtualService. */
  readonly own: string;
}

function decodeRule(
  read: Reader,
  node: YamlMap,
  place: RulePlace,
): Pick<IstioRule, 'matches' | 'backends' | 'delegate'> {
  const { section, index } = place;
  const path = `spec.${section}[${index}]`;
  const named = `spec.${section}[${read.string(node, 'name', `${path}.name`)?.value ?? index}]`;
  const routes = mapsIn(node, 'route');
  const mirrors = [get(node, 'mirror'), ...mapsIn(node, 'mirrors').map((one) => get(one, 'destination'))];
  const delegate = get(node, 'delegate');
  return {
    matches: mapsIn(node, 'match').map((match, at) =>
      decodeMatch(read, match, `${path}.match[${at}]`, place),
    ),
    backends: [
      ...routes.map((route, at): Backend => {
        const field = `${path}.route[${at}]`;
        const backend = decodeDestination(
          read,
          get(route, 'destination') ?? route,
          `${field}.destination`,
          `${named}.route`,
        );
        // A share of the only one means nothing.
        return routes.length > 1
          ? { ...backend, weight: read.integer(route, 'weight', `${field}.weight`) }
          : backend;
      }),
      ...answersOf(read, node, path, named),
      ...mirrors.flatMap((mirror): Backend[] =>
        mirror
          ? [{ ...decodeDestination(read, mirror, `${path}.mirror`, `${named}.mirror`), role: 'mirror' }]
          : [],
      ),
    ],
    delegate: delegate && decodeDelegate(read, delegate, `${path}.delegate`, `${named}.delegate`),
  };
}

/** What the proxy does by itself; a fault comes before all else, where every request meets it. */
function answersOf(read: Reader, node: YamlMap, path: string, named: string): Backend[] {
  const abort = get(node, 'fault', 'abort');
  const share = read.scalar(get(abort, 'percentage'), 'value')?.value ?? read.scalar(abort, 'percent')?.value;
  if (abort && share === 100) {
    const status = read.scalar(abort, 'httpStatus') ?? read.scalar(abort, 'grpcStatus');
    return [
      answering({ by: 'abort', status }, read.keyAt(get(node, 'fault'), 'abort') ?? read.at(abort), named),
    ];
  }
  const redirect = read.keyAt(node, 'redirect');
  if (redirect) return [answering({ by: 'redirect' }, redirect, named)];
  const response = read.keyAt(node, 'directResponse');
  const status = read.scalar(get(node, 'directResponse'), 'status');
  if (response) return [answering({ by: 'response', status }, response, named)];
  if (get(node, 'route') || get(node, 'delegate')) {
    return [];
  }
  const at = read.keyAt(node, 'match') ?? read.keyAt(node, 'name') ?? read.at(node);
  return path.startsWith('spec.http') ? [answering({ by: 'nobody', why: 'no-backend' }, at, named)] : [];
}

/** Ports of Istio's destinations have numbers alone. */
export const NO_NAME: Pick<Backend, 'portName' | 'portNameKeyAt'> = {
  portName: undefined,
  portNameKeyAt: undefined,
};

/** A host, and the number of its port; the field for a name is reserved and does nothing (S-159). */
function decodeDestination(read: Reader, node: YamlNode, path: string, holder: string): Backend {
  const host = read.string(node, 'host', `${path}.host`);
  const subset = read.string(node, 'subset', `${path}.subset`);
  const port = get(node, 'port');
  const key = [host, subset].flatMap((one) => one?.value ?? []).join('/');
  return {
    ...NO_NAME,
    service: host,
    subset,
    portNumber: read.integer(port, 'number', `${path}.port.number`),
    resource: undefined,
    field: `${holder}[${key}].destination`,
    at: read.at(node),
  };
}

const decodeDelegate = (read: Reader, node: YamlNode, path: string, field: string): Backend => ({
  ...NO_NAME,
  service: undefined,
  portNumber: undefined,
  resource: read.string(node, 'name', `${path}.name`),
  resourceKind: 'VirtualService',
  namespace: read.string(node, 'namespace', `${path}.namespace`),
  field,
  at: read.at(node),
});

function decodeMatch(read: Reader, node: YamlMap, field: string, { protocol, own }: RulePlace): IstioMatch {
  return {
    ...(protocol === 'HTTP' ? readPath(read, get(node, 'uri'), `${field}.uri`) : ANY_PATH),
    port: read.integer(node, 'port', `${field}.port`),
    gateways: (read.strings(node, 'gateways', `${field}.gateways`) ?? []).map((written) => {
      if (written.value === MESH) return MESH;
      const { namespace, name } = parentRefOf(written);
      return `${namespace?.value ?? own}/${name.value}`;
    }),
    sniHosts: read.strings(node, 'sniHosts', `${field}.sniHosts`) ?? [],
    asksMore: node.entries.some(({ key }) => ASKING_MORE.has(key)),
  };
}

/** What a request may lack that asks for the host, port and path alone. */
const ASKING_MORE: ReadonlySet<string> = new Set([
  'headers',
  'withoutHeaders',
  'queryParams',
  'method',
  'scheme',
  'authority',
  'sourceLabels',
  'sourceNamespace',
  'sourceSubnets',
]);

const ANY_PATH = { path: undefined, pathType: 'Prefix' } as const;

function readPath(
  read: Reader,
  uri: YamlNode | undefined,
  field: string,
): Pick<IstioMatch, 'path' | 'pathType'> {
  for (const [key, pathType] of [
    ['exact', 'Exact'],
    ['prefix', 'Prefix'],
    ['regex', 'RegularExpression'],
  ] as const) {
    const path = read.string(uri, key, `${field}.${key}`);
    if (path) return { path, pathType };
  }
  return ANY_PATH;
}
