import type { Service, ServicePort } from '../model/model.ts';
import { portNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import { groupBy } from '../model/resource-set.ts';
import type { Chain, Entry } from './links/chain.ts';
import type { Link } from './links/link.ts';
import type { HostPortLink, NodePortLink } from './links/node-links.ts';
import type { BindLink, ConfigLink } from './links/pod-links.ts';
import type { BackendLink, Way } from './links/route-links.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from './links/service-links.ts';
import type { LinkState } from './links/stated.ts';
import { bindFinder } from './processes/bind-of.ts';
import type { KnativePort } from './routes/knative/knative-ports.ts';

export interface ChainLinks {
  readonly services: readonly Service[];
  readonly backends: readonly BackendLink[];
  readonly selectors: readonly SelectorLink[];
  readonly targetPorts: readonly TargetPortLink[];
  readonly endpointPorts: readonly EndpointLink[];
  readonly binds: readonly BindLink[];
  readonly hostPorts: readonly HostPortLink[];
  readonly nodePorts: readonly NodePortLink[];
  readonly configs: readonly ConfigLink[];
  readonly knativePorts: readonly KnativePort[];
}

/**
 * Every way in: each path of an Ingress or a route, each port of an exposed Service, each hostPort, each Service of
 * Knative, and Services that nothing reaches.
 */
export function chainsOf(links: ChainLinks): Chain[] {
  const follow = follower(links);
  const nodePorts = groupBy(links.nodePorts, ({ servicePort }) => servicePort);
  const binds = groupBy(links.binds, ({ workload }) => workload);
  const reached = new Set(
    links.backends.flatMap(({ service, ways }) => (service && ways.length > 0 ? [service] : [])),
  );
  return [
    ...links.backends.flatMap((link) => routeChains(link, follow)),
    ...links.services.flatMap((service) =>
      service.ports.flatMap((port) =>
        serviceChains(nodePorts.get(port) ?? [], follow, service, port, reached),
      ),
    ),
    ...links.hostPorts.map((link) =>
      chain(hostPortEntry(link), [link, ...behindHostPort(link, binds.get(link.workload) ?? [])]),
    ),
    ...links.knativePorts.map((port) => chain(knativeEntry(port), behindKnative(port, links))),
  ];
}

/** From a Service port inwards: the Pods, their port, the process and what feeds its port. */
function follower(
  links: ChainLinks,
): (service: Service | undefined, port: ServicePort | undefined) => Link[] {
  const selectors = groupBy(links.selectors, ({ service }) => service);
  const targetPorts = groupBy(links.targetPorts, ({ servicePort }) => servicePort);
  const endpointPorts = groupBy(links.endpointPorts, ({ servicePort }) => servicePort);
  const bindOf = bindFinder(links);
  const configs = groupBy(links.configs, ({ workload }) => workload);
  return (service, port) => {
    if (!service || !port) return [];
    const targets = targetPorts.get(port) ?? [];
    // A Pod that lacks the name gets no endpoint for this port, so traffic takes the others (S-030).
    const taken = targets.some(({ state }) => state !== 'broken')
      ? targets.filter(({ state }) => state !== 'broken')
      : targets;
    const workloads = new Set(taken.map(({ workload }) => workload));
    const selected = (selectors.get(service) ?? []).filter(
      ({ workload }) => !workload || workloads.has(workload),
    );
    return [
      ...selected,
      ...taken,
      ...(endpointPorts.get(port) ?? []),
      ...taken.flatMap((target) => {
        const bind = bindOf(target);
        if (!bind) return [];
        const feeding = (configs.get(bind.workload) ?? []).filter((config) => feeds(config, bind));
        return [bind, ...feeding];
      }),
    ];
  };
}

/** The process behind the container port that a node forwards to. */
function behindHostPort({ containerPort }: HostPortLink, binds: readonly BindLink[]): BindLink[] {
  const protocol = protocolOf(containerPort.protocol);
  return binds.filter((bind) => bind.number === containerPort.number?.value && bind.protocol === protocol);
}

function behindKnative(
  { workload, number }: KnativePort,
  { binds, configs }: Pick<ChainLinks, 'binds' | 'configs'>,
): Link[] {
  return binds
    .filter((bind) => bind.workload === workload && bind.number === number && bind.protocol === 'TCP')
    .flatMap((bind) => [
      bind,
      ...configs.filter((config) => config.workload === workload && feeds(config, bind)),
    ]);
}

/** Only the value that the listener's number is read from is part of the chain. */
function feeds(config: ConfigLink, { listener }: BindLink): boolean {
  const value = config.key === undefined ? undefined : config.object?.data.get(config.key);
  return (
    value !== undefined &&
    listener?.at !== undefined &&
    value.source === listener.at.source &&
    value.start === listener.at.start
  );
}

function chain(entry: Entry, links: readonly Link[]): Chain {
  return { entry, links, state: worst(links) };
}

function worst(links: readonly Link[]): LinkState {
  if (links.some(({ state }) => state === 'broken')) return 'broken';
  return links.some(({ state }) => state === 'unproved') ? 'unproved' : 'whole';
}

/** One entry for each host and path that leads to the backend, with what the traffic passes before. */
const routeChains = (link: BackendLink, follow: ReturnType<typeof follower>): Chain[] =>
  link.ways.map(({ host, path, pathType, port, protocol, parents, via = [], route = link.route }) =>
    chain({ kind: entryKindOf(route, parents), host, path, pathType, port, protocol, resource: route }, [
      ...parents,
      ...via,
      link,
      ...follow(link.service, link.servicePort),
    ]),
  );

/** A route that hangs on a Service, or on a host of the mesh, is for clients inside the cluster alone (S-153). */
const entryKindOf = (route: BackendLink['route'], parents: Way['parents']): Entry['kind'] => {
  if (parents.some(({ parentRef }) => parentRef && INSIDE.includes(parentRef.kind))) return 'cluster';
  return route.api === 'gateway-api' || route.api === 'istio' ? 'gateway' : 'ingress';
};

const INSIDE: readonly string[] = ['Service', 'ServiceEntry'];

function serviceChains(
  nodePorts: readonly NodePortLink[],
  follow: ReturnType<typeof follower>,
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
      chain({ ...entry, kind: 'load-balancer', port: portNumber(port.port) }, follow(service, port)),
    );
  }
  if (type === 'NodePort') {
    chains.push(
      chain({ ...entry, kind: 'node-port', port: nodePortOf(service, port) }, [
        ...nodePorts,
        ...follow(service, port),
      ]),
    );
  }
  if (chains.length === 0 && !reached.has(service) && !service.outside) {
    chains.push(chain({ ...entry, kind: 'cluster', port: portNumber(port.port) }, follow(service, port)));
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
