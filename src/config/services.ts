import type { Service, ServicePort } from '../model/model.ts';
import { get, mapsIn, Reader } from '../model/reader.ts';
import { Located, type SourceFile } from '../text/source.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import type { Config } from './config.ts';

/**
 * The Services that a configuration says are outside, as if the input held them: references to them are followed to
 * their ports there, and what lies behind is not known.
 */
export function servicesOf(source: SourceFile, root: YamlNode | undefined): Service[] {
  const read = new Reader(source);
  return mapsIn(root, 'services').flatMap((node, index) => {
    const name = read.string(node, 'name', `services[${index}].name`);
    const ports = get(node, 'ports');
    if (!name || name.value === '*' || ports?.type !== 'list') return [];
    const nothing = {
      type: undefined,
      clusterIP: undefined,
      externalName: undefined,
      externalTrafficPolicy: undefined,
      ipFamilies: [],
      externalIPs: [],
      loadBalancerIP: undefined,
      loadBalancerClass: undefined,
      healthCheckNodePort: undefined,
      publishNotReadyAddresses: false,
      labels: new Map(),
      annotations: new Map(),
      selector: new Map(),
      misfits: [],
    };
    return [
      {
        shape: 'service',
        kind: 'Service',
        apiVersion: 'v1',
        namespace: read.string(node, 'namespace', `services[${index}].namespace`)?.value ?? 'default',
        name: name.value,
        nameAt: name.at,
        source,
        start: node.start,
        selectorAt: name.at,
        ports: ports.items.map((port, at) => portOf(read, port, at)),
        outside: true,
        ...nothing,
      },
    ];
  });
}

function portOf(read: Reader, node: YamlNode, index: number): ServicePort {
  const number = node.type === 'scalar' && node.value !== null ? node.value : undefined;
  return {
    index,
    name: read.string(node, 'name', 'name'),
    port:
      number === undefined
        ? read.scalar(node, 'port')
        : new Located(number, read.source, node.start, node.end),
    targetPort: undefined,
    protocol: read.string(node, 'protocol', 'protocol'),
    nodePort: undefined,
    appProtocol: undefined,
    at: read.at(node),
  };
}

/** Whether a Service that the input lacks is said to live outside, with whatever ports. */
export function outsideOf({
  services,
}: Pick<Config, 'services'>): (namespace: string, name: string) => boolean {
  const open = new Set(
    services.filter(({ ports }) => !ports).map(({ namespace, name }) => `${namespace}/${name}`),
  );
  return (namespace, name) => open.has(`${namespace}/${name}`) || open.has(`${namespace}/*`);
}
