import type { Budget } from '../../model/budget.ts';
import type { Service, ServicePort, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Chain, Entry, Hop } from '../links/chain.ts';
import type { Link } from '../links/link.ts';
import type { HostPortLink, NodePortLink } from '../links/node-links.ts';
import type { BindLink } from '../links/pod-links.ts';
import type { BackendLink, Way } from '../links/route-links.ts';
import type { LinkState } from '../links/stated.ts';
import type { KnativePort } from '../routes/knative/knative-ports.ts';
import { type FollowInwards, feedingOf, followInwards, type InnerLinks } from './follow-inwards.ts';
import { inSequence, linksOfTree } from './hops.ts';

export interface ChainLinks extends InnerLinks {
  readonly services: readonly Service[];
  readonly backends: readonly BackendLink[];
  readonly hostPorts: readonly HostPortLink[];
  readonly nodePorts: readonly NodePortLink[];
  readonly knativePorts: readonly KnativePort[];
  readonly budget: Budget;
}

/**
 * Every way in: each path of an Ingress or a route, each port of an exposed Service, each hostPort, each Service of
 * Knative, and Services that nothing reaches.
 */
export function chainsOf(links: ChainLinks): Chain[] {
  const sizeOf = sizes();
  const follow = withinBudget(followInwards(links), sizeOf, links.budget);
  const feeding = feedingOf(links.configs);
  const nodePorts = groupBy(links.nodePorts, ({ servicePort }) => servicePort);
  const bindsOf = bindsByNumber(links.binds);
  const behindHostPort = ({
    workload,
    containerPort: { number, protocol },
  }: HostPortLink): readonly BindLink[] => bindsOf(workload, portNumber(number), protocolOf(protocol));
  const reached = new Set(
    links.backends.flatMap(({ service, ways }) => (service && ways.length > 0 ? [service] : [])),
  );
  return [
    ...links.backends.flatMap((link) => routeChains(link, follow, sizeOf, links.budget)),
    ...links.services.flatMap((service) =>
      service.ports.flatMap((port) =>
        serviceChains(nodePorts.get(port) ?? [], follow, service, port, reached),
      ),
    ),
    ...links.hostPorts.map((link) =>
      chain(hostPortEntry(link), [{ link, next: toHops(behindHostPort(link)) }]),
    ),
    ...links.knativePorts.map((port) =>
      chain(knativeEntry(port), toHops(bindsOf(port.workload, port.number, 'TCP'), feeding)),
    ),
  ];
}

/**
 * Many ways to a Service that many workloads stand behind share what they lead to, and each of them lists it. Where
 * that is too much, a way ends at its Service.
 */
function withinBudget(follow: FollowInwards, sizeOf: SizeOf, budget: Budget): FollowInwards {
  return (service, port) => {
    const hops = follow(service, port);
    if (!service || hops.length <= FEW_WORKLOADS) return hops;
    return budget.affords(sizeOf(hops), service) ? hops : CUT;
  };
}

type SizeOf = (tree: readonly Hop[]) => number;

/** How many links a tree has: many ways share one, and it is counted once. */
function sizes(): SizeOf {
  const known = new Map<readonly Hop[], number>();
  return (tree) => {
    const size = known.get(tree) ?? linksOfTree(tree).length;
    known.set(tree, size);
    return size;
  };
}

const FEW_WORKLOADS = 32;
const CUT: readonly Hop[] = [];

/** Answers what is behind a number of a Pod that a node or Knative forwards to. */
function bindsByNumber(
  binds: readonly BindLink[],
): (workload: Workload, number: number | undefined, protocol: Protocol) => readonly BindLink[] {
  let byWorkload: ReadonlyMap<Workload, ReadonlyMap<string, readonly BindLink[]>> | undefined;
  return (workload, number, protocol) => {
    byWorkload ??= new Map(
      Array.from(
        groupBy(binds, (one) => one.workload),
        ([one, own]) => [one, groupBy(own, (bind) => `${bind.number}/${bind.protocol}`)] as const,
      ),
    );
    return byWorkload.get(workload)?.get(`${number}/${protocol}`) ?? [];
  };
}

const toHops = (binds: readonly BindLink[], behind: (bind: BindLink) => Hop[] = () => []): Hop[] =>
  binds.map((link) => ({ link, next: behind(link) }));

function chain(entry: Entry, tree: readonly Hop[], isCut: boolean = false): Chain {
  const links = linksOfTree(tree);
  const state = worst(links);
  return { entry, tree, links, state: isCut && state === 'whole' ? 'unproved' : state };
}

/** What traffic passes before it comes to a Service port, and what lies behind that. */
const chainTo = (entry: Entry, before: readonly Link[], behind: readonly Hop[]): Chain =>
  chain(entry, inSequence(before, behind), behind === CUT);

function worst(links: readonly Link[]): LinkState {
  if (links.some(({ state }) => state === 'broken')) return 'broken';
  return links.some(({ state }) => state === 'unproved') ? 'unproved' : 'whole';
}

/** One entry for each host and path that leads to the backend, with what the traffic passes before. */
function routeChains(link: BackendLink, follow: FollowInwards, sizeOf: SizeOf, budget: Budget): Chain[] {
  const protocolThere = link.servicePort && protocolOf(link.servicePort.protocol);
  const inside = follow(link.service, link.servicePort);
  return link.ways
    .slice(0, budget.waysOf(link.ways.length, 2 + sizeOf(inside), link.route))
    .map(({ host, path, pathType, port, protocol, parents, via = [], route = link.route }) =>
      chainTo(
        { kind: entryKindOf(route, parents), host, path, pathType, port, protocol, resource: route },
        [...parents, ...via, link],
        protocolThere !== undefined && protocolThere !== protocol ? ELSEWHERE : inside,
      ),
    );
}

/**
 * What lies behind a Service port of another protocol is for others: a controller that dials the Pods by their
 * EndpointSlice, as Traefik does, is answered over TCP at the number of a UDP port.
 */
const ELSEWHERE: readonly Hop[] = [];

/** A route that hangs on a Service, or on a host of the mesh, is for clients inside the cluster alone (S-153). */
const entryKindOf = (route: BackendLink['route'], parents: Way['parents']): Entry['kind'] => {
  if (parents.some(({ parentRef }) => parentRef && INSIDE.includes(parentRef.kind))) return 'cluster';
  return route.api === 'gateway-api' || route.api === 'istio' ? 'gateway' : 'ingress';
};

const INSIDE: readonly string[] = ['Service', 'ServiceEntry'];

function serviceChains(
  nodePorts: readonly NodePortLink[],
  follow: FollowInwards,
  service: Service,
  port: ServicePort,
  reached: ReadonlySet<Service>,
): Chain[] {
  const protocol = protocolOf(port.protocol);
  const entry = {
    host: undefined,
    path: undefined,
    pathType: undefined,
    protocol,
    resource: service,
  } as const;
  const type = service.type?.value;
  const chains: Chain[] = [];
  // An external IP is an address before the nodes that answers at the Service's port, as that of a load balancer does.
  if (type === 'LoadBalancer' || service.externalIPs.length > 0) {
    chains.push(
      chainTo({ ...entry, kind: 'load-balancer', port: portNumber(port.port) }, [], follow(service, port)),
    );
  }
  if (type === 'NodePort') {
    chains.push(
      chainTo(
        { ...entry, kind: 'node-port', port: nodePortOf(service, port) },
        nodePorts,
        follow(service, port),
      ),
    );
  }
  if (chains.length === 0 && !reached.has(service) && !service.outside) {
    chains.push(
      chainTo({ ...entry, kind: 'cluster', port: portNumber(port.port) }, [], follow(service, port)),
    );
  }
  return chains;
}

/** One that is left out is that of another entry with the same `port`, if one says it (S-085). */
const nodePortOf = ({ ports }: Service, { port, nodePort }: ServicePort): number | undefined =>
  portNumber(nodePort) ??
  ports.flatMap((one) => (one.port?.value === port?.value ? (portNumber(one.nodePort) ?? []) : []))[0];

const hostPortEntry = ({ workload, containerPort }: HostPortLink): Entry => ({
  kind: 'host-port',
  host: undefined,
  path: undefined,
  pathType: undefined,
  port: portNumber(containerPort.hostPort) ?? portNumber(containerPort.number),
  protocol: protocolOf(containerPort.protocol),
  resource: workload,
});

/** Knative makes up the host name, and its gateway listens on 80 (S-175). */
const knativeEntry = ({ workload }: KnativePort): Entry => ({
  kind: workload.isLocal ? 'cluster' : 'gateway',
  host: undefined,
  path: undefined,
  pathType: undefined,
  port: 80,
  protocol: 'TCP',
  resource: workload,
});
