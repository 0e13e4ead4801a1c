import { NONE } from '../../text/compact.ts';
import type { YamlMap, YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import type { Service, ServicePort } from '../model.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';
import { readAnnotations, readLabels, readMetadata } from './metadata.ts';

function decodeService(read: Reader, root: YamlNode, namespace: string): Service {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const clusterIPs = read.strings(spec, 'clusterIPs', 'spec.clusterIPs');
  return {
    shape: 'service',
    kind: 'Service',
    type: read.string(spec, 'type', 'spec.type'),
    clusterIP: read.string(spec, 'clusterIP', 'spec.clusterIP') ?? clusterIPs?.[0],
    externalName: read.string(spec, 'externalName', 'spec.externalName'),
    externalTrafficPolicy: read.string(spec, 'externalTrafficPolicy', 'spec.externalTrafficPolicy'),
    ipFamilies: read.strings(spec, 'ipFamilies', 'spec.ipFamilies') ?? NONE,
    externalIPs: read.strings(spec, 'externalIPs', 'spec.externalIPs') ?? NONE,
    loadBalancerIP: read.string(spec, 'loadBalancerIP', 'spec.loadBalancerIP'),
    loadBalancerClass: read.string(spec, 'loadBalancerClass', 'spec.loadBalancerClass'),
    healthCheckNodePort: read.integer(spec, 'healthCheckNodePort', 'spec.healthCheckNodePort'),
    publishNotReadyAddresses: isTrue(spec, 'publishNotReadyAddresses'),
    labels: readLabels(read, root),
    annotations: readAnnotations(read, root),
    selector: read.labels(spec, 'selector', 'spec.selector'),
    selectorAt: read.keyAt(spec, 'selector') ?? metadata.nameAt,
    ports: mapsIn(spec, 'ports').map((port, index) => decodePort(read, port, index)),
    ...metadata,
  };
}

function decodePort(read: Reader, node: YamlMap, index: number): ServicePort {
  const field = `spec.ports[${index}]`;
  return {
    index,
    name: read.string(node, 'name', `${field}.name`),
    port: read.integer(node, 'port', `${field}.port`),
    targetPort: read.scalar(node, 'targetPort'),
    protocol: read.string(node, 'protocol', `${field}.protocol`),
    nodePort: read.integer(node, 'nodePort', `${field}.nodePort`),
    appProtocol: read.string(node, 'appProtocol', `${field}.appProtocol`),
    at: read.at(node),
  };
}

export const SERVICE: readonly KindDecoder[] = [
  {
    kind: 'Service',
    groups: [''],
    links: ['parent', 'backend', 'selector', 'target-port', 'host', 'client', 'monitor', 'webhook'],
    decode: decodeService,
  },
];
