import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import type { Container, PodTemplate, Workload } from '../model/model.ts';
import type { ContainerProcess, KnownListener } from '../process/listeners/container-process.ts';
import { howToMove } from '../questions/processes/how-to-move.ts';
import { lowPortRightOf, type NotRoot, notRootOf } from '../questions/processes/pod-user.ts';
import { howKnown, sourceNote } from '../questions/processes/process-end.ts';
import { defineRule, type Note, type Report, type Rule } from './rule.ts';

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';
const FIRST_UNPRIVILEGED = 1024;

const unprivilegedLowPort: Rule = defineRule({
  id: 'unprivileged-low-port',
  severity: 'warning',
  summary: 'A process that is not root listens on a port below 1024.',

  *check(graph) {
    for (const workload of graph.model.workloads) {
      const { template } = workload;
      if (template.nodeSelector.get('kubernetes.io/os')?.value === 'windows') continue;
      for (const container of template.containers) {
        if (container.role === 'init') continue;
        const process = graph.processOf(workload, container);
        const low = process.listeners.find(({ port }) => port < firstUnprivileged(template));
        if (!low || (bringsRight(process) && !lowPortRightOf(container).excluded)) continue;
        const { image } = graph.environmentOf(workload, container);
        const user = notRootOf(container, template, image ?? userOfFact(process, low));
        if (user) yield report(graph, workload, container, low, user);
      }
    }
  },
});

const bringsRight = ({ fact }: ContainerProcess): boolean =>
  fact !== undefined && 'bindsLowPorts' in fact && fact.bindsLowPorts === true;

/** USER as the facts have it. An image that listens on a low port as it is shipped was made to. */
const userOfFact = (
  { fact }: ContainerProcess,
  { at }: KnownListener,
): { readonly user: string } | undefined =>
  at && fact && 'user' in fact && fact.user !== undefined ? { user: String(fact.user) } : undefined;

function firstUnprivileged({ sysctls }: PodTemplate): number {
  const set = sysctls.get(SYSCTL)?.value;
  return set !== undefined && /^\d+$/.test(set) ? Number(set) : FIRST_UNPRIVILEGED;
}

function report(
  { processOf }: PortGraph,
  workload: Workload,
  container: Container,
  listener: KnownListener,
  { phrase, at }: NotRoot,
): Report {
  const process = processOf(workload, container);
  const { hostNetwork } = workload.template;
  const { added, excluded } = lowPortRightOf(container);
  const socket = listener.at ?? container.image?.at ?? container.nameAt;
  return {
    severity: hostNetwork && excluded && process.complete ? 'error' : 'warning',
    message: `container \`${container.name}\` of ${describe(workload)} ${phrase} and listens on ${listener.port}, which ${hostNetwork ? 'on the network of the node' : 'with some container runtimes'} only root may`,
    resources: [workload],
    field: `containers[${container.name}].listeners[${listener.port}/${listener.protocol}]`,
    labels: [
      { at, message: phrase },
      ...(socket === at ? [] : [{ at: socket, message: `listens on ${listener.port}` }]),
    ],
    notes: [...groundsOf(process, listener), ...why(hostNetwork, added)],
    help: [
      `let it listen on ${FIRST_UNPRIVILEGED} or above and send traffic there; the port of the Service can stay`,
      ...(process.fact ? [howToMove(process.fact)] : []),
      ...(hostNetwork ? [] : [`or set the sysctl \`${SYSCTL}\` to "0" in the Pod's securityContext`]),
    ],
  };
}

const groundsOf = ({ fact }: ContainerProcess, listener: KnownListener): Note[] => [
  howKnown(listener),
  ...sourceNote(fact),
];

const why = (hostNetwork: boolean, added: boolean): string[] => [
  hostNetwork
    ? `the node's own ${SYSCTL} decides, which is ${FIRST_UNPRIVILEGED} unless its administrator lowered it`
    : 'Docker and containerd 2 let every process bind low ports, older and other runtimes refuse with a permission error',
  ...(added
    ? [
        'NET_BIND_SERVICE in capabilities.add does not reach a process that is not root; it helps only where the file of the program has the capability too',
      ]
    : []),
];

export default unprivilegedLowPort;
