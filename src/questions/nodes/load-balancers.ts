import type { HostPortLink } from '../../graph/links/node-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Resource, Service, ServicePort } from '../../model/model.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { identityOf, type Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located } from '../../text/source.ts';

/** A Service port that asks for an address and port that something else asks for, too. */
export interface SharedPort {
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** `address`: both ask for one address. `nodes`: the load balancer of k3s gives each port of the nodes once. */
  readonly why: 'address' | 'nodes';
  /** What the Service says about the address, for `address`. */
  readonly address: Located<string> | undefined;
  readonly rival:
    | {
        readonly is: 'service';
        readonly service: Service;
        readonly servicePort: ServicePort;
        readonly address: Located<string> | undefined;
      }
    | { readonly is: 'host-port'; readonly hostPort: HostPortLink }
    /** The settings of the Traefik that k3s brings along. */
    | { readonly is: 'chart'; readonly chart: Resource };
}

/** Annotations of MetalLB, kube-vip and Cilium that ask for addresses. */
const ADDRESSES = [
  'metallb.io/loadBalancerIPs',
  'metallb.universe.tf/loadBalancerIPs',
  'kube-vip.io/loadbalancerIPs',
  'lbipam.cilium.io/ips',
  'io.cilium/lb-ipam-ips',
];

interface Exposed {
  readonly service: Service;
  readonly servicePort: ServicePort;
  readonly key: string;
}

export function sharedPorts(graph: PortGraph): SharedPort[] {
  const exposed = exposedBy(graph.model);
  return exposed.length === 0 ? [] : [...onAddresses(exposed), ...onNodes(exposed, graph)];
}

/** By name, so that the order of documents does not decide who comes second. */
const exposedBy = ({ services }: Model): Exposed[] =>
  services
    .filter(({ type }) => type?.value === 'LoadBalancer')
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))
    .flatMap((service) =>
      service.ports.flatMap((servicePort) => {
        const number = portNumber(servicePort.port);
        return number === undefined
          ? []
          : [{ service, servicePort, key: `${number}/${protocolOf(servicePort.protocol)}` }];
      }),
    );

const nameOf = ({ namespace, name }: Service): string => `${namespace}/${name}`;

/** Two Services may share an address, with or without a key for it, but never one of its ports. */
function onAddresses(exposed: readonly Exposed[]): SharedPort[] {
  const asking = exposed.flatMap((one) =>
    addressesOf(one.service).map(({ ip, at }) => ({ ...one, ip, address: at })),
  );
  const groups = groupBy(
    asking,
    ({ ip, key, service }) => `${ip} ${key} ${service.loadBalancerClass?.value ?? ''}`,
  );
  return [...groups.values()].flatMap(([first, ...more]) =>
    more
      .filter(({ service }) => isOther(service, first!.service))
      .map(
        ({ service, servicePort, address }): SharedPort => ({
          service,
          servicePort,
          address,
          why: 'address',
          rival: { is: 'service', ...first! },
        }),
      ),
  );
}

function addressesOf(service: Service): { readonly ip: string; readonly at: Located<string> }[] {
  const said = [
    ...(service.loadBalancerIP ? [service.loadBalancerIP] : []),
    ...ADDRESSES.flatMap((name) => service.annotations.get(name) ?? []),
  ];
  const all = said.flatMap((at) =>
    isPlaceholder(at) ? [] : at.value.split(',').map((ip) => ({ ip: ip.trim(), at })),
  );
  return all.filter(
    ({ ip }, index) => !ANY_ADDRESS.has(ip) && all.findIndex((one) => one.ip === ip) === index,
  );
}

/** These ask for whatever address is free; kube-vip asks DHCP for one. */
const ANY_ADDRESS: ReadonlySet<string> = new Set(['', '0.0.0.0', '::']);

/** Two definitions of one Service are never there at once. */
const isOther = (a: Service, b: Service): boolean => a !== b && identityOf(a) !== identityOf(b);

/**
 * The load balancer of k3s takes the port of every node, for a Service, a hostPort or its own Traefik, whichever comes
 * first (S-090, S-091). It is told only where the input shows k3s and no other load balancer.
 */
function onNodes(exposed: readonly Exposed[], { model, hostPorts }: PortGraph): SharedPort[] {
  const charts = model.ofKind('HelmChartConfig');
  const isK3s = charts.length > 0 || model.others.some(({ group }) => group === 'helm.cattle.io');
  // RKE2 has the same kinds, and no such load balancer.
  const isRke2 = charts.some(({ name }) => name.startsWith('rke2-'));
  if (!isK3s || isRke2 || hasOtherBalancer(model)) return [];
  const served = exposed.filter(
    ({ service }) => !service.loadBalancerClass && addressesOf(service).length === 0 && !poolOf(service),
  );
  const chart = charts.find(({ name }) => name === 'traefik');
  const seesTraefik = served.some(({ service }) => service.name === 'traefik');
  const taken = new Map<string, SharedPort['rival']>(
    chart && !seesTraefik
      ? [
          ['80/TCP', { is: 'chart', chart }],
          ['443/TCP', { is: 'chart', chart }],
        ]
      : [],
  );
  for (const link of hostPorts.filter(isOnNodes)) {
    const { hostPort, number, protocol } = link.containerPort;
    taken.set(`${(hostPort ?? number)!.value}/${protocolOf(protocol)}`, { is: 'host-port', hostPort: link });
  }
  return served.flatMap((one): SharedPort[] => {
    const rival = taken.get(one.key);
    if (!rival) taken.set(one.key, { is: 'service', ...one, address: undefined });
    if (!rival || (rival.is === 'service' && !isOther(one.service, rival.service))) return [];
    return [{ service: one.service, servicePort: one.servicePort, address: undefined, why: 'nodes', rival }];
  });
}

/** Services of other pools of nodes do not meet. */
const poolOf = ({ labels }: Service): boolean => labels.has('svccontroller.k3s.cattle.io/lbpool');

const isOnNodes = ({ workload }: HostPortLink): boolean =>
  workload.kind === 'DaemonSet' &&
  workload.template.nodeSelector.size === 0 &&
  !workload.template.hasAffinity;

const BALANCERS = /^(metallb\.io|kube-vip\.io|purelb\.io|loxilb\.io)$/;
const BALANCER_KINDS = /^Cilium(LoadBalancerIPPool|L2AnnouncementPolicy|BGP\w*)$/;

const hasOtherBalancer = ({ others, services, workloads }: Model): boolean =>
  others.some(({ group, kind }) => BALANCERS.test(group) || BALANCER_KINDS.test(kind)) ||
  services.some(({ annotations }) =>
    [...annotations.keys()].some((key) =>
      /^(metallb\.|kube-vip\.io\/|lbipam\.cilium\.io\/|io\.cilium\/lb)/.test(key),
    ),
  ) ||
  workloads.some(({ template }) =>
    template.containers.some(({ image }) => /metallb|kube-vip/.test(image?.value ?? '')),
  );
