import { Located } from '../../text/source.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import { answering, withoutShare } from '../answer.ts';
import { GATEWAY_GROUP } from '../gateway-api.ts';
import type { KindDecoder } from '../kind.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { Backend, ParentRef, Route, RouteMatch, RouteRule } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

type ReadMatch = (read: Reader, node: YamlMap, field: string) => RouteMatch;

/** What the routes of this API share: parents, host names, rules with backends. */
function decodeRoute(
  read: Reader,
  root: YamlNode,
  namespace: string,
  protocol: RouteRule['protocol'],
  readMatch: ReadMatch | undefined,
): Route {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const kind = read.string(root, 'kind', 'kind')!.value;
  const hosts = read.strings(spec, 'hostnames', 'spec.hostnames') ?? [];
  return {
    shape: 'route',
    kind,
    api: 'gateway-api',
    annotations: readAnnotations(read, root),
    parents: mapsIn(spec, 'parentRefs').map((node, index) =>
      decodeParentRef(read, node, `spec.parentRefs[${index}]`),
    ),
    rules: mapsIn(spec, 'rules').map((rule, index) => {
      const field = `spec.rules[${index}]`;
      const name = read.string(rule, 'name', `${field}.name`)?.value ?? index;
      const backends = mapsIn(rule, 'backendRefs').map((ref, at) => ({
        ref,
        backend: decodeBackendRef(read, ref, `${field}.backendRefs[${at}]`, `spec.rules[${name}]`),
      }));
      return {
        hosts,
        protocol,
        matches: readMatch
          ? mapsIn(rule, 'matches').map((match, at) => readMatch(read, match, `${field}.matches[${at}]`))
          : [],
        backends: [
          ...backends.flatMap(({ ref, backend }, at) => [
            backend,
            ...mirrorsOf(read, ref, `${field}.backendRefs[${at}]`, `${backend.field}`),
          ]),
          ...mirrorsOf(read, rule, field, `spec.rules[${name}]`),
          ...(backends.length > 0
            ? withoutShare(
                backends.map(({ backend }) => backend),
                `spec.rules[${name}]`,
              )
            : answersOf(read, rule, `spec.rules[${name}]`)),
        ],
      };
    }),
    rulesAt: read.keyAt(spec, 'rules') ?? metadata.nameAt,
    created: createdAt(read, root),
    ...metadata,
  };
}

/** What answers in the place of a backend; filters that only change a request do not (HTTPRouteFilter). */
function answersOf(read: Reader, rule: YamlMap, field: string): Backend[] {
  const list = get(rule, 'backendRefs');
  // What is no list is told as a field, and templates may fill it in.
  if (list && list.type !== 'list' && !(list.type === 'scalar' && list.value === null)) return [];
  const filters = mapsIn(rule, 'filters');
  const redirect = filters.find((one) => get(one, 'requestRedirect'));
  if (redirect) return [answering({ by: 'redirect' }, read.at(redirect), field)];
  const own = filters.find((one) => get(one, 'extensionRef'));
  if (own) {
    const kind = read.string(get(own, 'extensionRef'), 'kind', field)?.value ?? 'filter';
    return [answering({ by: 'filter', kind }, read.at(own), field)];
  }
  const at = ['backendRefs', 'matches', 'name', 'filters'].flatMap((key) => read.keyAt(rule, key) ?? [])[0];
  return [answering({ by: 'nobody', why: 'no-backend' }, at ?? read.at(rule), field)];
}

function createdAt(read: Reader, root: YamlNode): string | undefined {
  const created = read.scalar(get(root, 'metadata'), 'creationTimestamp')?.value;
  return typeof created === 'string' ? created : undefined;
}

/** Group and kind default to a Gateway of this API, the namespace to the route's own (S-152). */
export function decodeParentRef(read: Reader, node: YamlNode, field: string): ParentRef {
  const text = (key: string): Located<string> | undefined => read.string(node, key, `${field}.${key}`);
  const kind = text('kind');
  return {
    group: text('group')?.value ?? GATEWAY_GROUP,
    kind: kind?.value ?? 'Gateway',
    kindAt: kind?.at,
    namespace: text('namespace'),
    name: text('name') ?? new Located('', read.source, node.start, node.end),
    sectionName: text('sectionName'),
    port: read.integer(node, 'port', `${field}.port`),
    at: read.at(node),
  };
}

/** Group and kind default to a Service (S-150); `port` is a number, and names do not exist here (S-149). */
function decodeBackendRef(read: Reader, node: YamlNode, field: string, rule: string): Backend {
  const name = read.string(node, 'name', `${field}.name`);
  const kind = read.string(node, 'kind', `${field}.kind`)?.value ?? 'Service';
  const group = read.string(node, 'group', `${field}.group`)?.value ?? '';
  const isService = kind === 'Service' && group === '';
  return {
    service: isService ? name : undefined,
    namespace: read.string(node, 'namespace', `${field}.namespace`),
    portNumber: read.integer(node, 'port', `${field}.port`),
    portName: undefined,
    portNameKeyAt: undefined,
    resource: isService ? undefined : name,
    resourceKind: isService ? undefined : kind,
    resourceGroup: isService ? undefined : group,
    weight: read.integer(node, 'weight', `${field}.weight`),
    field: `${rule}.backendRefs[${name?.value ?? ''}]`,
    at: read.at(node),
  };
}

function mirrorsOf(read: Reader, node: YamlNode, field: string, holder: string): Backend[] {
  return mapsIn(node, 'filters').flatMap((filter, index) => {
    const ref = get(filter, 'requestMirror', 'backendRef');
    if (!ref) return [];
    const at = `${field}.filters[${index}].requestMirror.backendRef`;
    return [{ ...decodeBackendRef(read, ref, at, `${holder}.requestMirror`), role: 'mirror' as const }];
  });
}

/** A match without a path takes every path. */
function readHttpMatch(read: Reader, node: YamlMap, field: string): RouteMatch {
  const path = get(node, 'path');
  const type = read.string(path, 'type', `${field}.path.type`)?.value;
  return {
    path: read.string(path, 'value', `${field}.path.value`),
    pathType: type === 'Exact' || type === 'RegularExpression' ? type : 'Prefix',
    asksMore: ['headers', 'queryParams', 'method'].some((key) => get(node, key)),
  };
}

/** gRPC calls travel as POST to `/package.Service/Method`. */
function readGrpcMatch(read: Reader, node: YamlMap, field: string): RouteMatch {
  const method = get(node, 'method');
  const type = read.string(method, 'type', `${field}.method.type`)?.value;
  const service = read.string(method, 'service', `${field}.method.service`);
  const name = read.string(method, 'method', `${field}.method.method`);
  const said = service ?? name;
  const asksMore = get(node, 'headers') !== undefined;
  if (!said) return { path: undefined, pathType: 'Prefix', asksMore };
  const isPattern = type === 'RegularExpression' || !service;
  const any = '[^/]+';
  const text = isPattern
    ? `/${service?.value ?? any}/${name?.value ?? any}`
    : `/${service.value}${name ? `/${name.value}` : ''}`;
  return {
    path: new Located(text, said.source, said.start, said.end),
    pathType: isPattern ? 'RegularExpression' : name ? 'Exact' : 'Prefix',
    asksMore,
  };
}

const route = (kind: string, protocol: RouteRule['protocol'], readMatch?: ReadMatch): KindDecoder => ({
  kind,
  groups: [GATEWAY_GROUP],
  links: ['parent', 'backend'],
  decode: (read, root, namespace) => decodeRoute(read, root, namespace, protocol, readMatch),
});

export const GATEWAY_ROUTES: readonly KindDecoder[] = [
  route('HTTPRoute', 'HTTP', readHttpMatch),
  route('GRPCRoute', 'HTTP', readGrpcMatch),
  route('TLSRoute', 'TLS'),
  route('TCPRoute', 'TCP'),
  route('UDPRoute', 'UDP'),
];
