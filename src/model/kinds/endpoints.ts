import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import type { EndpointPort, EndpointSet } from '../model.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import { readLabels, readMetadata } from './metadata.ts';

/** Legacy Endpoints serve the Service of the same name (S-052). */
function decodeEndpoints(read: Reader, root: YamlNode, namespace: string): EndpointSet {
  const metadata = readMetadata(read, root, namespace);
  const subsets = mapsIn(root, 'subsets');
  return {
    shape: 'endpoints',
    kind: 'Endpoints',
    serviceName: metadata.name,
    ports: subsets.flatMap((subset, index) => decodePorts(read, subset, `subsets[${index}]`)),
    addressCount: subsets.reduce((count, subset) => count + mapsIn(subset, 'addresses').length, 0),
    ...metadata,
  };
}

/** A slice serves the Service that its label names; without the label nothing uses it (S-048). */
function decodeEndpointSlice(read: Reader, root: YamlNode, namespace: string): EndpointSet {
  return {
    shape: 'endpoints',
    kind: 'EndpointSlice',
    serviceName: readLabels(read, root).get('kubernetes.io/service-name')?.value,
    ports: decodePorts(read, root, ''),
    addressCount: mapsIn(root, 'endpoints').reduce(
      (n, endpoint) => n + countOf(get(endpoint, 'addresses')),
      0,
    ),
    ...readMetadata(read, root, namespace),
  };
}

const countOf = (node: YamlNode | undefined): number => (node?.type === 'list' ? node.items.length : 0);

const decodePorts = (read: Reader, holder: YamlMap | YamlNode, prefix: string): EndpointPort[] =>
  mapsIn(holder, 'ports').map((port, index) => {
    const field = `${prefix && `${prefix}.`}ports[${index}]`;
    return {
      name: read.string(port, 'name', `${field}.name`),
      port: read.integer(port, 'port', `${field}.port`),
      protocol: read.string(port, 'protocol', `${field}.protocol`),
      at: read.at(port),
    };
  });

export const ENDPOINTS: readonly KindDecoder[] = [
  { kind: 'Endpoints', groups: [''], links: ['target-port'], decode: decodeEndpoints },
  {
    kind: 'EndpointSlice',
    groups: ['discovery.k8s.io'],
    links: ['target-port'],
    decode: decodeEndpointSlice,
  },
];
