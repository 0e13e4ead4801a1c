import { injectionOf, isProxy } from '../graph/mesh/mesh.ts';
import { describe } from '../model/describe.ts';
import type { Container, Workload } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import type { KnownListener } from '../process/listeners/container-process.ts';
import { howKnown } from '../questions/processes/process-end.ts';
import type { Located, Location } from '../text/source.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

/** What Istio's proxy and its agent listen on in every Pod that has them. */
const RESERVED: ReadonlyMap<number, string> = new Map([
  [15000, 'commands to Envoy'],
  [15001, 'what the Pod sends'],
  [15004, 'debugging'],
  [15006, 'what the Pod receives'],
  [15008, 'tunnels of the mesh'],
  [15009, 'tunnels of the mesh'],
  [15020, 'merged metrics and probes'],
  [15021, 'health checks'],
  [15053, 'DNS'],
  [15090, 'metrics of Envoy'],
]);

const SOURCE =
  'source: https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio';

const reservedMeshPort: Rule = defineRule({
  id: 'reserved-mesh-port',
  severity: 'error',
  summary: "A container uses a port that Istio's proxy takes in the same Pod.",

  *check(graph) {
    const injection = injectionOf(graph.model);
    for (const workload of graph.model.workloads) {
      if (isProxy(workload)) continue;
      const injected = injection(workload);
      if (!injected) continue;
      for (const container of workload.template.containers) {
        if (container.role === 'init') continue;
        const listeners = graph.processOf(workload, container).listeners.filter(isTaken);
        for (const listener of listeners) yield taken(workload, container, injected, listener);
        yield* declared(workload, container, injected, listeners);
      }
    }
  },
});

const isTaken = ({ port, protocol }: Pick<KnownListener, 'port' | 'protocol'>): boolean =>
  protocol === 'TCP' && RESERVED.has(port);

function taken(
  workload: Workload,
  container: Container,
  injected: Located<string>,
  listener: KnownListener,
): Report {
  const { port, at } = listener;
  const said = container.ports.find(({ number }) => portNumber(number) === port)?.number;
  return {
    ...reportOf(workload, container, injected, port, at ?? said ?? container.image ?? container.nameAt),
    message: `container \`${container.name}\` of ${describe(workload)} listens on ${port}, which Istio's proxy takes in the same Pod`,
    notes: [
      howKnown(listener),
      'all containers of a Pod share its ports, so one of the two fails with `address already in use`',
      SOURCE,
    ],
  };
}

/** What is declared need not be so, and a process that is known has been told. */
function* declared(
  workload: Workload,
  container: Container,
  injected: Located<string>,
  listeners: readonly KnownListener[],
): Generator<Report> {
  for (const { number, protocol } of container.ports) {
    const port = portNumber(number);
    if (!number || port === undefined || !isTaken({ port, protocol: protocolOf(protocol) })) continue;
    if (listeners.some((listener) => listener.port === port)) continue;
    yield {
      ...reportOf(workload, container, injected, port, number),
      severity: 'warning',
      message: `container \`${container.name}\` of ${describe(workload)} declares port ${port}, which Istio's proxy takes in the same Pod`,
      notes: [
        'all containers of a Pod share its ports: a process that listens there fails with `address already in use`, or keeps the proxy from starting',
        SOURCE,
      ],
    };
  }
}

const reportOf = (
  workload: Workload,
  container: Container,
  injected: Located<string>,
  port: number,
  at: Location,
): Omit<Report, 'message' | 'notes'> => ({
  resources: [workload],
  field: `containers[${container.name}].ports[${port}/TCP]`,
  labels: [
    { at, message: `Istio has it for ${RESERVED.get(port)}` },
    { at: injected, message: 'puts the proxy into these Pods' },
  ],
  help: ['let the process listen on another port'],
});

export default reservedMeshPort;
