import type { Located } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import type { Ingress, IngressClass, IngressPath } from '../ingress.ts';
import type { KindDecoder } from '../kind.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { Backend } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

/** Groups that serve an Ingress or served one before 1.22 (S-123). */
const GROUPS = ['networking.k8s.io', 'extensions'];

function decodeIngress(read: Reader, root: YamlNode, namespace: string): Ingress {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const fallback = get(spec, 'defaultBackend') ?? get(spec, 'backend');
  const tls = mapsIn(spec, 'tls');
  return {
    kind: 'Ingress',
    removedApi: metadata.apiVersion.endsWith('v1beta1'),
    apiVersionAt: read.scalar(root, 'apiVersion')?.at ?? metadata.nameAt,
    className: read.string(spec, 'ingressClassName', 'spec.ingressClassName'),
    annotations: readAnnotations(read, root),
    tls: tls.length > 0,
    tlsHosts: tls.flatMap((entry, index) => read.strings(entry, 'hosts', `spec.tls[${index}].hosts`) ?? []),
    defaultBackend: fallback && decodeBackend(read, fallback, 'spec.defaultBackend'),
    rules: mapsIn(spec, 'rules').map((rule, index) => ({
      host: read.string(rule, 'host', `spec.rules[${index}].host`),
      paths: mapsIn(get(rule, 'http'), 'paths').map((path, at) =>
        decodePath(read, path, `spec.rules[${index}].http.paths[${at}]`),
      ),
    })),
    ...metadata,
  };
}

function decodePath(read: Reader, node: YamlNode, field: string): IngressPath {
  return {
    path: read.string(node, 'path', `${field}.path`),
    pathType: read.string(node, 'pathType', `${field}.pathType`),
    backend: decodeBackend(read, get(node, 'backend') ?? node, `${field}.backend`),
  };
}

function decodeBackend(read: Reader, node: YamlNode, field: string): Backend {
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
