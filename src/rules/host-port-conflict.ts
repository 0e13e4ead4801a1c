import { endsOf } from '../graph/links/ends.ts';
import type { HostPortLink } from '../graph/links/node-links.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { describe } from '../model/describe.ts';
import type { Container, ContainerPort, Workload } from '../model/model.ts';
import { groupBy } from '../text/group-by.ts';
import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const hostPortConflict: Rule = defineRule({
  id: 'host-port-conflict',
  severity: 'error',
  summary: 'Two Pods, or two containers of one Pod, want the same port of a node.',

  *check(graph) {
    yield* rivals(graph);
    yield* replicas(graph);
  },
});

/** Each pair once, whichever of the two comes first in the input. */
function* rivals({ hostPorts }: PortGraph): Generator<Report> {
  const linkOf = new Map(hostPorts.map((link) => [link.containerPort, link]));
  const told = new Set<string>();
  for (const link of hostPorts) {
    const rival = link.rival && linkOf.get(link.rival.containerPort);
    if (link.fault !== 'conflict' || link.state !== 'broken' || !rival) continue;
    const [first, second] = inOrder(link, rival);
    const pair = `${nameOf(first)} ${nameOf(second)}`;
    if (told.has(pair)) continue;
    told.add(pair);
    const number = takenBy(second).value;
    const isOnePod = first.workload === second.workload;
    yield {
      message: isOnePod
        ? `two ports of ${describe(first.workload)} ask for hostPort ${number}`
        : `${describe(first.workload)} and ${describe(second.workload)} both ask for hostPort ${number} on every node`,
      resources: [...new Set([first.workload, second.workload])],
      field: endsOf(second).from.field,
      link: second,
      labels: [
        {
          at: takenBy(second).at,
          message: isOnePod ? 'refused: Duplicate value' : 'the port is taken',
        },
        {
          at: takenBy(first).at,
          message: first.containerPort.hostPort ? 'taken here' : 'taken here, by hostNetwork',
        },
      ],
      notes: [
        isOnePod
          ? 'the API server refuses it: Duplicate value: a Pod asks for one hostPort once'
          : "the scheduler gives a port of a node to one Pod; the other stays Pending with `node(s) didn't have free ports for the requested pod ports`",
      ],
      // No fix: which number is free on the nodes, and who dials either of these two, is not in the input.
      help: ['choose another hostPort for one of them, or remove hostPort and use a Service'],
    };
  }
}

/** The text that takes the port of the node: with hostNetwork the containerPort does (S-065). */
const takenBy = ({ containerPort: { hostPort, number } }: HostPortLink): Located<Scalar> =>
  (hostPort?.value ? hostPort : number)!;

/** Copies of one Pod are rivals of each other: each needs a node of its own (S-063). */
function* replicas({ hostPorts }: PortGraph): Generator<Report> {
  const reserved = hostPorts.filter(
    ({ workload, container, containerPort }) =>
      isCopied(workload) && container.role !== 'init' && containerPort.hostPort,
  );
  for (const [workload, [link, ...more]] of groupBy(reserved, (one) => one.workload)) {
    const { containerPort } = link!;
    const count = workload.replicas!.value;
    yield {
      severity: 'warning',
      message: `${describe(workload)} wants ${count} Pods with hostPort ${containerPort.hostPort!.value}, which no two Pods on one node can have`,
      resources: [workload],
      field: endsOf(link!).from.field,
      link: link!,
      labels: [
        { at: containerPort.hostPort!.at, message: 'one Pod per node' },
        ...more.map((other) => ({ at: other.containerPort.hostPort!.at, message: 'this one too' })),
        { at: workload.replicas!.at, message: `needs ${count} nodes` },
      ],
      notes: [
        "on fewer nodes the rest stays Pending with `node(s) didn't have free ports for the requested pod ports`; a rolling update needs one more node",
      ],
      help: ['remove hostPort and use a Service, or run one Pod per node with a DaemonSet'],
    };
  }
}

const COPYING: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'DeploymentConfig',
  'Rollout',
]);

const isCopied = ({ kind, replicas }: Workload): boolean =>
  COPYING.has(kind) && typeof replicas?.value === 'number' && replicas.value > 1;

/** Within one Pod as they stand, between two by name. */
function inOrder(a: HostPortLink, b: HostPortLink): [HostPortLink, HostPortLink] {
  const isFirst =
    a.workload === b.workload ? a.containerPort.at.start < b.containerPort.at.start : nameOf(a) < nameOf(b);
  return isFirst ? [a, b] : [b, a];
}

const nameOf = ({
  workload,
  container,
  containerPort,
}: {
  workload: Workload;
  container: Container;
  containerPort: ContainerPort;
}): string => `${workload.namespace}/${workload.name}/${container.name}/${containerPort.index}`;

export default hostPortConflict;
