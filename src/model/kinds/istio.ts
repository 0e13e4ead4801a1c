import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import {
  ISTIO_GROUP,
  type IstioGateway,
  type IstioServer,
  type ServiceEntry,
  type Sidecar,
} from '../istio.ts';
import type { KindDecoder } from '../kind.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import { decodeDestinationRule } from './destination-rule.ts';
import { readMetadata } from './metadata.ts';
import { decodeVirtualService } from './virtual-service.ts';

function decodeGateway(read: Reader, root: YamlNode, namespace: string): IstioGateway {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  return {
    shape: 'istio-gateway',
    kind: 'Gateway',
    selector: read.labels(spec, 'selector', 'spec.selector'),
    listeners: mapsIn(spec, 'servers').map((node, index) =>
      decodeServer(read, node, `spec.servers[${index}]`),
    ),
    listenersAt: read.keyAt(spec, 'servers') ?? metadata.nameAt,
    ...metadata,
  };
}

function decodeServer(read: Reader, node: YamlMap, field: string): IstioServer {
  const port = get(node, 'port');
  const hosts = read.strings(node, 'hosts', `${field}.hosts`) ?? [];
  return {
    name: read.string(port, 'name', `${field}.port.name`),
    protocol: read.string(port, 'protocol', `${field}.port.protocol`),
    port: read.integer(port, 'number', `${field}.port.number`),
    hosts,
    bind: read.string(node, 'bind', `${field}.bind`),
    hostname: hosts[0],
    tlsMode: read.string(get(node, 'tls'), 'mode', `${field}.tls.mode`),
    // Which namespaces may attach stands before each host.
    allowedNamespaces: { from: undefined, selector: { labels: new Map(), expressions: [] } },
    allowedKinds: [],
    at: read.at(node),
  };
}

function decodeServiceEntry(read: Reader, root: YamlNode, namespace: string): ServiceEntry {
  const spec = get(root, 'spec');
  return {
    shape: 'service-entry',
    kind: 'ServiceEntry',
    hosts: read.strings(spec, 'hosts', 'spec.hosts') ?? [],
    exportTo: read.strings(spec, 'exportTo', 'spec.exportTo') ?? [],
    ports: mapsIn(spec, 'ports').flatMap((port, index) => {
      const number = read.integer(port, 'number', `spec.ports[${index}].number`);
      return number ? [number] : [];
    }),
    ...readMetadata(read, root, namespace),
  };
}

/** What it lets a proxy reach, under `egress`, names no port of a Service's Pods. */
function decodeSidecar(read: Reader, root: YamlNode, namespace: string): Sidecar {
  const spec = get(root, 'spec');
  return {
    shape: 'sidecar',
    kind: 'Sidecar',
    selector: read.labels(get(spec, 'workloadSelector'), 'labels', 'spec.workloadSelector.labels'),
    ingress: mapsIn(spec, 'ingress').map((node, index) => ({
      port: read.integer(get(node, 'port'), 'number', `spec.ingress[${index}].port.number`),
      endpoint: read.string(node, 'defaultEndpoint', `spec.ingress[${index}].defaultEndpoint`),
    })),
    ...readMetadata(read, root, namespace),
  };
}

export const ISTIO: readonly KindDecoder[] = [
  { kind: 'Gateway', groups: [ISTIO_GROUP], links: ['parent'], decode: decodeGateway },
  {
    kind: 'VirtualService',
    groups: [ISTIO_GROUP],
    links: ['parent', 'backend'],
    decode: decodeVirtualService,
  },
  {
    kind: 'DestinationRule',
    groups: [ISTIO_GROUP],
    links: ['backend'],
    decode: decodeDestinationRule,
  },
  { kind: 'ServiceEntry', groups: [ISTIO_GROUP], links: ['backend'], decode: decodeServiceEntry },
  { kind: 'Sidecar', groups: [ISTIO_GROUP], links: [], decode: decodeSidecar },
];
