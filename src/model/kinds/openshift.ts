import type { Located } from '../../text/source.ts';
import type { YamlNode } from '../../text/yaml-node.ts';
import { withoutShare } from '../answer.ts';
import type { KindDecoder } from '../kind.ts';
import type { OpenShiftRoute } from '../openshift.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { Backend } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';

function decodeRoute(read: Reader, root: YamlNode, namespace: string): OpenShiftRoute {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const host = read.string(spec, 'host', 'spec.host');
  const path = read.string(spec, 'path', 'spec.path');
  const termination = read.string(get(spec, 'tls'), 'termination', 'spec.tls.termination');
  const targetPort = read.scalar(get(spec, 'port'), 'targetPort');
  const backend = (node: YamlNode, field: string, name: string): Backend =>
    decodeBackend(read, node, { field, name, targetPort, termination });
  const to = get(spec, 'to');
  const backends = [
    ...(to ? [backend(to, 'spec.to', 'spec.to')] : []),
    ...mapsIn(spec, 'alternateBackends').map((node, index) => {
      const name = read.string(node, 'name', `spec.alternateBackends[${index}].name`)?.value;
      return backend(node, `spec.alternateBackends[${index}]`, `spec.alternateBackends[${name ?? ''}]`);
    }),
  ];
  return {
    shape: 'route',
    kind: 'Route',
    api: 'openshift',
    annotations: readAnnotations(read, root),
    parents: [],
    termination,
    rules: [
      {
        protocol: termination?.value === 'passthrough' ? 'TLS' : 'HTTP',
        hosts: host ? [host] : [],
        matches: path ? [{ path, pathType: 'Prefix' }] : [],
        backends: [...backends, ...withoutShare(backends, 'spec.to')],
      },
    ],
    rulesAt: read.keyAt(spec, 'to') ?? metadata.nameAt,
    ...metadata,
  };
}

interface Shared {
  /** The field by position, for misfits, and by name, for links. */
  readonly field: string;
  readonly name: string;
  readonly targetPort: ReturnType<Reader['scalar']>;
  readonly termination: Located<string> | undefined;
}

/** One port and one way of speaking, for all Services of the route. */
function decodeBackend(
  read: Reader,
  node: YamlNode,
  { field, name, targetPort, termination }: Shared,
): Backend {
  const isName = typeof targetPort?.value === 'string';
  return {
    service: read.string(node, 'name', `${field}.name`),
    portNumber: isName ? undefined : targetPort,
    portName: isName ? (targetPort as Located<string>) : undefined,
    portNameKeyAt: undefined,
    resource: undefined,
    weight: read.integer(node, 'weight', `${field}.weight`),
    scheme: termination,
    field: name,
    at: read.at(node),
  };
}

export const OPENSHIFT: readonly KindDecoder[] = [
  { kind: 'Route', groups: ['route.openshift.io'], links: ['backend'], decode: decodeRoute },
];
