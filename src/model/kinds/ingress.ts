import { compact } from '../../text/compact.ts';
import type { Located } from '../../text/source.ts';
import { keep } from '../../text/yaml-keep.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { Ingress, IngressClass } from '../ingress.ts';
import type { KindDecoder } from '../kind.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { Backend, RouteRule } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

/** Groups that serve an Ingress or served one before 1.22 (S-123). */
const GROUPS = ['networking.k8s.io', 'extensions'];

function decodeIngress(read: Reader, root: YamlNode, namespace: string): Ingress {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const fallback = get(spec, 'defaultBackend') ?? get(spec, 'backend');
  const tls = mapsIn(spec, 'tls');
  return {
    shape: 'route',
    kind: 'Ingress',
    api: 'ingress',
    removedApi: metadata.apiVersion.endsWith('v1beta1'),
    apiVersionAt: read.scalar(root, 'apiVersion')?.at ?? metadata.nameAt,
    className: read.string(spec, 'ingressClassName', 'spec.ingressClassName'),
    annotations: readAnnotations(read, root),
    tls: tls.length > 0,
    tlsHosts: compact(
      tls.flatMap((entry, index) => read.strings(entry, 'hosts', `spec.tls[${index}].hosts`) ?? []),
    ),
    defaultBackend: fallback && decodeBackend(read, fallback, 'spec.defaultBackend'),
    parents: [],
    rules: compact(
      mapsIn(spec, 'rules').flatMap((rule, index) => decodeRules(read, rule, `spec.rules[${index}]`)),
    ),
    rulesAt: read.keyAt(spec, 'rules') ?? metadata.nameAt,
    ...metadata,
  };
}

/** One for each path of a host. */
function decodeRules(read: Reader, node: YamlNode, field: string): RouteRule[] {
  const host = read.string(node, 'host', `${field}.host`);
  const rule = { hosts: host ? [host] : [], protocol: 'HTTP' } as const;
  const paths = mapsIn(get(node, 'http'), 'paths');
  if (paths.length === 0) return [{ ...rule, matches: [], backends: [] }];
  return paths.map((one, index) => {
    const at = `${field}.http.paths[${index}]`;
    const path = read.string(one, 'path', `${at}.path`);
    // v1beta1 filled in ImplementationSpecific (S-123).
    const pathType = read.string(one, 'pathType', `${at}.pathType`)?.value ?? 'ImplementationSpecific';
    const name = `spec.rules[${host?.value ?? '*'}].paths[${path?.value ?? '/'}].backend`;
    const backend = decodeBackend(read, get(one, 'backend') ?? one, `${at}.backend`, name);
    return { ...rule, matches: [{ path, pathType }], backends: [backend] };
  });
}

function decodeBackend(read: Reader, node: YamlNode, field: string, name = field): Backend {
  const service = get(node, 'service');
  const port = get(service, 'port');
  const beta = betaPort(read, node);
  return {
    service:
      read.string(service, 'name', `${field}.service.name`) ??
      read.string(node, 'serviceName', `${field}.serviceName`),
    portNumber: read.integer(port, 'number', `${field}.service.port.number`) ?? beta.number,
    portName: read.string(port, 'name', `${field}.service.port.name`) ?? beta.name,
    portNameKeyAt: read.keyAt(port, 'name'),
    resource: read.string(get(node, 'resource'), 'name', `${field}.resource.name`),
    resourceKind: read.string(get(node, 'resource'), 'kind', `${field}.resource.kind`)?.value,
    field: keep(name),
    at: read.at(node),
  };
}

/** `servicePort` was an IntOrString: an integer became port.number, a string port.name (S-123). */
function betaPort(read: Reader, node: YamlNode): { number?: Located<number>; name?: Located<string> } {
  const port = read.scalar(node, 'servicePort');
  if (typeof port?.value === 'number') return { number: port as Located<number> };
  if (typeof port?.value === 'string') return { name: port as Located<string> };
  return {};
}

function decodeIngressClass(read: Reader, root: YamlNode): IngressClass {
  const marked = readAnnotations(read, root).get('ingressclass.kubernetes.io/is-default-class');
  return {
    ...readMetadata(read, root, ''),
    shape: 'ingress-class',
    kind: 'IngressClass',
    namespace: '',
    controller: read.string(get(root, 'spec'), 'controller', 'spec.controller'),
    // Only the exact word counts (S-121).
    isDefault: marked?.value === 'true',
  };
}

export const INGRESS: readonly KindDecoder[] = [
  { kind: 'Ingress', groups: GROUPS, links: ['backend'], decode: decodeIngress },
  { kind: 'IngressClass', groups: GROUPS, links: [], decode: decodeIngressClass },
];
