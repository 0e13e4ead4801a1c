import type { YamlNode } from '../../text/yaml-node.ts';
import type { DestinationRule } from '../istio.ts';
import { get, mapsIn, type Reader } from '../reader.ts';
import type { Backend } from '../route.ts';
import { readAnnotations, readMetadata } from './metadata.ts';
import { NO_NAME } from './virtual-service.ts';

/** Ports that have settings of their own are its backends; without one, the host as a whole is. */
export function decodeDestinationRule(read: Reader, root: YamlNode, namespace: string): DestinationRule {
  const spec = get(root, 'spec');
  const metadata = readMetadata(read, root, namespace);
  const host = read.string(spec, 'host', 'spec.host');
  const subsets = mapsIn(spec, 'subsets').map((node, index) => ({
    node,
    name: read.string(node, 'name', `spec.subsets[${index}].name`),
  }));
  const settings = [
    ...settingsIn(read, spec, host, 'spec'),
    ...subsets.flatMap(({ node, name }, index) =>
      settingsIn(read, node, host, `spec.subsets[${name?.value ?? index}]`),
    ),
  ];
  const whole = host ? [{ ...toHost(host), portNumber: undefined, field: 'spec.host', at: host.at }] : [];
  return {
    shape: 'route',
    kind: 'DestinationRule',
    api: 'istio',
    annotations: readAnnotations(read, root),
    host,
    subsets: subsets.flatMap(({ name }) => name ?? []),
    subsetLabels: new Map(
      subsets.flatMap(({ node, name }, index) =>
        name ? [[name.value, read.labels(node, 'labels', `spec.subsets[${index}].labels`)]] : [],
      ),
    ),
    parents: [],
    // Whatever the mesh carries is TCP.
    rules: [
      { hosts: [], matches: [], protocol: 'TCP', backends: host && settings.length > 0 ? settings : whole },
    ],
    rulesAt: read.keyAt(spec, 'trafficPolicy') ?? metadata.nameAt,
    ...metadata,
  };
}

const toHost = (service: Backend['service']): Omit<Backend, 'portNumber' | 'at'> => ({
  ...NO_NAME,
  service,
  resource: undefined,
});

function settingsIn(
  read: Reader,
  holder: YamlNode | undefined,
  host: Backend['service'],
  path: string,
): Backend[] {
  return mapsIn(get(holder, 'trafficPolicy'), 'portLevelSettings').flatMap((node, index) => {
    const list = `${path}.trafficPolicy.portLevelSettings`;
    const portNumber = read.integer(get(node, 'port'), 'number', `${list}[${index}].port.number`);
    return portNumber
      ? [
          {
            ...toHost(host),
            portNumber,
            field: `${list}[${portNumber.value}].port`,
            at: read.at(node),
          },
        ]
      : [];
  });
}
