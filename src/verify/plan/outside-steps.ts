import { type Json, listAt, numberAt, textAt } from '../../cluster/json.ts';
import type { ContainerPort, Workload } from '../../model/model.ts';
import type { ReportLink, ReportResource } from '../../report/report.ts';
import { hostPort, type Outside, type Step } from '../step/step.ts';
import type { PodState } from './choose-pod.ts';
import { isSame, type PlanContext, subjectOf, wordResource } from './context.ts';
import type { ServedPort } from './inside-steps.ts';

/** A Pod that was chosen, by the resource of a report. */
type PodOf = (resource: ReportResource) => PodState | undefined;

/** More addresses of one load balancer than this are alike. */
const MOST_ADDRESSES = 4;

/** nodePorts, hostPorts and load balancers, as a client where this runs meets them. */
export async function outsideSteps(
  links: readonly ReportLink[],
  services: readonly ServedPort[],
  podOf: PodOf,
  context: PlanContext,
  leave: (why: string) => void,
): Promise<Step[]> {
  const podBehind = (resource: ReportResource, port: number): PodState | undefined =>
    links
      .filter(
        ({ kind, from }) =>
          kind === 'target-port' && from.port?.number === port && isSame(from.resource, resource),
      )
      .flatMap(({ to }) => (to && podOf(to.resource)) ?? [])[0];
  const exposed = services.filter(({ resource }) => isExposed(context, resource));
  const ofServices = await Promise.all(
    exposed.map(async ({ resource, port }) => {
      const live = await context.liveService(resource);
      const pod = podBehind(resource, port);
      return live ? serviceWays({ resource, port }, live, { pod, nodes: context.nodes, leave }) : [];
    }),
  );
  const ofPods = links
    .filter(({ kind, from }) => kind === 'host' && from.resource.kind !== 'Service')
    .flatMap((link) => hostPortWays(link, podOf, context, leave));
  return [...ofServices.flat(), ...ofPods];
}

const isExposed = ({ serviceOf }: PlanContext, resource: ReportResource): boolean => {
  const type = serviceOf(resource)?.type?.value;
  return type === 'NodePort' || type === 'LoadBalancer';
};

const step = (resource: ReportResource, way: Outside): Step => ({
  kind: 'outside',
  subject: subjectOf(resource),
  ...way,
  command: `curl -sSi http://${hostPort(way.address, way.port)}/`,
});

const NO_WAY =
  "from here there may be no way to the node's own address: say with --node ADDRESS where clients reach it";

/** The ports of nodes and the addresses are those that the Service has now: no manifest needs to say them. */
function serviceWays(
  { resource, port }: ServedPort,
  live: Json,
  {
    pod,
    nodes,
    leave,
  }: Pick<PlanContext, 'nodes'> & {
    readonly pod: PodState | undefined;
    readonly leave: (why: string) => void;
  },
): Step[] {
  const name = wordResource(resource);
  const nodePort = listAt(live, 'spec', 'ports')
    .filter((one) => numberAt(one, 'port') === port && (textAt(one, 'protocol') ?? 'TCP') === 'TCP')
    .map((one) => numberAt(one, 'nodePort'))[0];
  // kube-proxy drops what comes to a node without a ready Pod of the Service (S-088).
  const isLocal = textAt(live, 'spec', 'externalTrafficPolicy') === 'Local';
  const atNodes = nodeWays(pod, nodes, isLocal && 'externalTrafficPolicy is Local');
  if (nodePort !== undefined && atNodes.length === 0) leave(`${name}: no Pod tells of a node to dial`);
  const ways = nodePort === undefined ? [] : atNodes.map((one) => ({ ...one, port: nodePort, behind: port }));
  if (textAt(live, 'spec', 'type') !== 'LoadBalancer') return ways.map((one) => step(resource, one));
  const addresses = listAt(live, 'status', 'loadBalancer', 'ingress').flatMap(
    (one) => textAt(one, 'ip') ?? textAt(one, 'hostname') ?? [],
  );
  if (addresses.length === 0) leave(`${name} has no address of a load balancer in its status`);
  const balanced = addresses
    .slice(0, MOST_ADDRESSES)
    .map((address) => ({ dialled: 'load-balancer', address, port, behind: port, doubt: undefined }) as const);
  return [...ways, ...balanced].map((one) => step(resource, one));
}

/**
 * The addresses that were given, else the node of the Pod that is looked at.
 *
 * @param own why a node without such a Pod does not answer, where that is so
 */
function nodeWays(
  pod: PodState | undefined,
  nodes: readonly string[],
  own: string | false,
): Pick<Outside, 'dialled' | 'address' | 'doubt'>[] {
  if (nodes.length > 0) {
    const doubt = own
      ? ({ of: ['refused', 'timeout'], why: `${own}: a node without such a Pod does not answer` } as const)
      : undefined;
    return nodes.map((address) => ({ dialled: 'node', address, doubt }));
  }
  if (pod?.nodeAddress === undefined) return [];
  return [{ dialled: 'node', address: pod.nodeAddress, doubt: { of: ['timeout'], why: NO_WAY } }];
}

function hostPortWays(
  { from, to }: ReportLink,
  podOf: PodOf,
  { workloadOf, nodes }: Pick<PlanContext, 'workloadOf' | 'nodes'>,
  leave: (why: string) => void,
): Step[] {
  const { resource, port } = from;
  const behind = to?.port?.number;
  if (port?.number === undefined || port.protocol !== 'TCP' || behind === undefined) return [];
  const pod = podOf(resource);
  const { number } = port;
  const bound = boundTo(workloadOf(resource), number);
  if (bound !== undefined && /^(?:127\.|::1$)/.test(bound)) {
    leave(`hostPort ${number} of ${wordResource(resource)} is open on ${bound} of its node alone`);
    return [];
  }
  return nodeWays(pod, bound === undefined ? nodes : [bound], 'a hostPort').map((one) =>
    step(resource, { ...one, port: number, behind }),
  );
}

/** The one address of the node that takes the port. */
function boundTo(workload: Workload | undefined, number: number): string | undefined {
  const ports = workload?.template.containers.flatMap((one): readonly ContainerPort[] => one.ports) ?? [];
  const hostIP = ports.find(({ hostPort: one }) => one?.value === number)?.hostIP?.value;
  return hostIP === undefined || /^(?:0\.0\.0\.0|::|)$/.test(hostIP) ? undefined : hostIP;
}
