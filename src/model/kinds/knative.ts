import { Located } from '../../text/source.ts';
import type { Scalar, YamlNode } from '../../text/yaml-node.ts';
import type { KindDecoder } from '../kind.ts';
import type { KnativeService } from '../knative.ts';
import type { Container, EnvVar } from '../model.ts';
import type { Reader } from '../reader.ts';
import { decodeWorkload, WORKLOAD_LINKS } from './workload.ts';

const DEFAULT_PORT = 8080;

/** The container with a port is served, or the first where none has one; Knative sets its PORT (S-175). */
function decodeKnativeService(read: Reader, root: YamlNode, namespace: string): KnativeService {
  const workload = decodeWorkload(read, root, namespace, 'Service');
  const { containers } = workload.template;
  const serving = containers.filter(({ role }) => role === 'container');
  const written = serving.find(({ ports }) => ports.length > 0) ?? serving[0];
  const servedPort = written && portOf(written);
  const injected = servedPort && injectedPort(servedPort);
  const served = written && injected && asServed(written, servedPort, injected);
  return {
    ...workload,
    shape: 'workload',
    kind: 'Service',
    served,
    servedPort,
    injected,
    isLocal: workload.ownLabels.get('networking.knative.dev/visibility')?.value === 'cluster-local',
    template: {
      ...workload.template,
      containers: containers.map((container) => (container === written && served ? served : container)),
    },
  };
}

function portOf({ ports, nameAt }: Container): Located<Scalar> {
  return ports[0]?.number ?? new Located<Scalar>(DEFAULT_PORT, nameAt.source, nameAt.start, nameAt.end);
}

/** Probes of port 0 ask the port that is served, and an empty name is none. */
const asServed = (container: Container, { value }: Located<Scalar>, injected: EnvVar): Container => ({
  ...container,
  env: [...container.env, injected],
  ports: container.ports.map((port) => (port.name?.value === '' ? { ...port, name: undefined } : port)),
  probes: container.probes.map((probe) => {
    const { source, start, end } = probe.port;
    return probe.port.value === 0 ? { ...probe, port: new Located(value, source, start, end) } : probe;
  }),
});

/** The variable stands in no manifest: its place is that of the port. */
const injectedPort = ({ value, source, start, end }: Located<Scalar>): EnvVar => ({
  list: 'env',
  name: new Located('PORT', source, start, end),
  value: new Located(String(value), source, start, end),
  valueFrom: undefined,
});

export const KNATIVE: readonly KindDecoder[] = [
  {
    kind: 'Service',
    groups: ['serving.knative.dev'],
    links: WORKLOAD_LINKS,
    decode: decodeKnativeService,
  },
];
