import type { YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import type { Monitor, MonitorProbe } from '../monitor.ts';
import { get, isTrue, mapsIn, type Reader } from '../reader.ts';
import { readLabelSelector } from './label-selector.ts';
import { readMetadata } from './metadata.ts';

const decodeMonitor =
  (kind: string, list: string) =>
  (read: Reader, root: YamlNode, namespace: string): Monitor => {
    const metadata = readMetadata(read, root, namespace);
    const spec = get(root, 'spec');
    const named = read.strings(
      get(spec, 'namespaceSelector'),
      'matchNames',
      'spec.namespaceSelector.matchNames',
    );
    return {
      ...metadata,
      shape: 'monitor',
      kind,
      selector: readLabelSelector(read, get(spec, 'selector'), 'spec.selector'),
      namespaces: isTrue(get(spec, 'namespaceSelector'), 'any')
        ? 'any'
        : named?.length
          ? named.map(({ value }) => value)
          : [metadata.namespace],
      endpoints: mapsIn(spec, list).map((node, index) => {
        const field = `spec.${list}[${index}]`;
        return {
          field,
          port: read.string(node, 'port', `${field}.port`),
          portNumber: read.integer(node, 'portNumber', `${field}.portNumber`),
          targetPort: read.scalar(node, 'targetPort'),
        };
      }),
    };
  };

const decodeProbe = (read: Reader, root: YamlNode, namespace: string): MonitorProbe => ({
  ...readMetadata(read, root, namespace),
  shape: 'monitor-probe',
  kind: 'Probe',
  proberUrl: read.string(get(root, 'spec', 'prober'), 'url', 'spec.prober.url'),
});

const groups = ['monitoring.coreos.com'];
const links = ['monitor'];

export const MONITORS: readonly KindDecoder[] = [
  { kind: 'ServiceMonitor', groups, links, decode: decodeMonitor('ServiceMonitor', 'endpoints') },
  { kind: 'PodMonitor', groups, links, decode: decodeMonitor('PodMonitor', 'podMetricsEndpoints') },
  { kind: 'Probe', groups, links, decode: decodeProbe },
];
