import type { Container, ContainerPort, Service, ServicePort, Workload } from '../../model/model.ts';
import { isPlaceholder, portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { identityOf, type Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import { unproved } from '../links/lacks/lacking.ts';
import type { HostPortLink, NodePortLink } from '../links/node-links.ts';
import { broken, type Settled, whole } from '../links/proofs/proving.ts';
import type { Settings } from '../links/settings.ts';

interface HostPort {
  readonly workload: Workload;
  readonly container: Container;
  readonly containerPort: ContainerPort;
  readonly number: number;
  /** Not written, but taken by hostNetwork. */
  readonly isImplied: boolean;
}

/** Every hostPort, followed to the container port behind it. */
export function resolveHostPorts(model: Model): HostPortLink[] {
  const all = model.workloads.flatMap(hostPortsOf);
  const rivalOf = rivalsAmong(all);
  return all.flatMap((one): HostPortLink[] => {
    const { workload, container, containerPort, number, isImplied } = one;
    const link = {
      kind: 'host',
      field: 'hostPort',
      workload,
      container,
      containerPort,
      evidence: 'declared',
    } as const;
    if (
      workload.template.hostNetwork &&
      portNumber(containerPort.number) !== number &&
      container.role === 'container'
    ) {
      if (isPlaceholder(containerPort.number)) {
        return [{ fault: undefined, rival: undefined, ...unproved('filled-in'), ...link }];
      }
      return [{ fault: 'mismatch', rival: undefined, ...broken('host-network'), ...link }];
    }
    const rival = rivalOf(one);
    if (rival) {
      return [{ fault: 'conflict', rival, ...broken('host-port-taken', { rival: rival.workload }), ...link }];
    }
    // What hostNetwork takes without saying so is of interest to rivals alone.
    if (isImplied) return [];
    return [{ fault: undefined, rival: undefined, ...whole('forwarded-to-pod'), ...link }];
  });
}

/** Another one that is sure to take the same port of a node, where there is one. */
function rivalsAmong(all: readonly HostPort[]): (one: HostPort) => HostPort | undefined {
  // By name, so that the order of documents does not decide who is whose rival.
  const sorted = all.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  const places = new Map(sorted.map((one, place) => [one, place]));
  const inPods = new Map(
    [...groupBy(sorted.filter(isOfPod), ({ workload }) => workload)].map(([workload, ports]) => [
      workload,
      groupBy(ports, (one) => `${keyOf(one)} ${one.containerPort.hostIP?.value ?? ''}`),
    ]),
  );
  const everywhere = sorted.filter(
    ({ workload, container }) => isOnEveryNode(workload) && container.role !== 'init',
  );
  const onPort = groupBy(everywhere, keyOf);
  const onAddress = groupBy(everywhere, (one) => `${keyOf(one)} ${addressOf(one)}`);
  const candidates = (one: HostPort): readonly (readonly HostPort[] | undefined)[] => {
    const key = keyOf(one);
    const inPod = inPods.get(one.workload)?.get(`${key} ${one.containerPort.hostIP?.value ?? ''}`);
    if (!isOnEveryNode(one.workload)) return [inPod];
    const address = addressOf(one);
    // Those of any address meet those of each.
    return address === ANY
      ? [inPod, onPort.get(key)]
      : [inPod, onAddress.get(`${key} ${address}`), onAddress.get(`${key} ${ANY}`)];
  };
  return (one) =>
    candidates(one)
      .flatMap((others) => others?.find((other) => other !== one && meet(one, other)) ?? [])
      .sort((a, b) => places.get(a)! - places.get(b)!)[0];
}

/** Where the containers say no hostPort, the port that both bind is what is wrong, not the node's. */
const isOfPod = ({ isImplied, container }: HostPort): boolean => !isImplied && container.role === 'container';

const ANY = 'any';

const addressOf = ({ containerPort: { hostIP } }: HostPort): string =>
  hostIP === undefined || hostIP.value === '' || hostIP.value === '0.0.0.0' ? ANY : hostIP.value;

const keyOf = ({ number, containerPort }: HostPort): string =>
  `${number}/${protocolOf(containerPort.protocol)}`;

/** With hostNetwork a Pod's hostPort is its containerPort where none is given (S-065), and is reserved like any (S-063). */
function hostPortsOf(workload: Workload): HostPort[] {
  return workload.template.containers.flatMap((container) =>
    container.ports.flatMap((containerPort): HostPort[] => {
      const given = portNumber(containerPort.hostPort);
      const number = given ?? (workload.template.hostNetwork ? portNumber(containerPort.number) : undefined);
      return number === undefined
        ? []
        : [{ workload, container, containerPort, number, isImplied: given === undefined }];
    }),
  );
}

const nameOf = ({ workload }: HostPort): string => `${workload.namespace}/${workload.name}`;

/**
 * Whether two hostPorts are sure to meet on one node: in one Pod (S-061), or in two DaemonSets that run on every
 * node (S-063). Anything else depends on where the scheduler puts them.
 */
function meet(a: HostPort, b: HostPort): boolean {
  const addresses = [a.containerPort.hostIP?.value ?? '', b.containerPort.hostIP?.value ?? ''];
  if (a.workload === b.workload) {
    return addresses[0] === addresses[1] && isOfPod(a) && isOfPod(b);
  }
  // Two definitions of one workload are never there at once, and plain init containers reserve no port.
  const identity = identityOf(a.workload);
  if (identity !== undefined && identity === identityOf(b.workload)) return false;
  if (a.container.role === 'init' || b.container.role === 'init') return false;
  const overlapping =
    addresses[0] === addresses[1] || addresses.some((address) => address === '' || address === '0.0.0.0');
  return overlapping && isOnEveryNode(a.workload) && isOnEveryNode(b.workload);
}

const isOnEveryNode = ({ kind, template }: Workload): boolean =>
  kind === 'DaemonSet' && template.nodeSelector.size === 0 && !template.hasAffinity;

/** Every nodePort that is asked for, followed to its Service port. Numbers are shared by the whole cluster (S-083). */
export function resolveNodePorts(model: Model, { nodePorts }: Pick<Settings, 'nodePorts'>): NodePortLink[] {
  const all = model.services.flatMap((service) =>
    service.ports.flatMap((servicePort) => {
      const number = portNumber(servicePort.nodePort);
      return number === undefined ? [] : [{ service, servicePort, number }];
    }),
  );
  const sameNumber = groupBy(all, ({ number }) => number);
  const healthChecks = groupBy(model.services.filter(takesHealthCheckPort), ({ healthCheckNodePort }) =>
    portNumber(healthCheckNodePort),
  );
  return all.map((one): NodePortLink => {
    const link = {
      kind: 'host',
      field: 'nodePort',
      service: one.service,
      servicePort: one.servicePort,
      evidence: 'declared',
    } as const;
    const failed = (
      fault: NonNullable<NodePortLink['fault']>,
      verdict: Settled,
      rival?: NodePortLink['rival'],
    ): NodePortLink => ({ fault, rival, ...verdict, ...link });
    const type = one.service.type?.value ?? 'ClusterIP';
    if (type === 'ClusterIP') return failed('type', broken('node-port-of-cluster-ip'));
    if (one.number < nodePorts.first || one.number > nodePorts.last) {
      return failed('range', broken('node-port-out-of-range', nodePorts));
    }
    const rival =
      sameNumber.get(one.number)!.find((other) => other !== one && collide(one, other)) ??
      healthChecks.get(one.number)?.map((service) => ({ service, servicePort: undefined }))[0];
    if (rival) return failed('conflict', broken('node-port-taken'), rival);
    return { fault: undefined, rival: undefined, ...whole('forwarded-to-service'), ...link };
  });
}

/** It is taken from the same numbers, for a LoadBalancer with `externalTrafficPolicy: Local` alone (S-088). */
const takesHealthCheckPort = ({ type, externalTrafficPolicy }: Service): boolean =>
  type?.value === 'LoadBalancer' && externalTrafficPolicy?.value === 'Local';

/** Two Services always collide, whatever the protocol; within one, TCP and UDP may share a number if `port` is the same (S-017, S-083, S-084). */
function collide(
  a: { service: Service; servicePort: ServicePort },
  b: { service: Service; servicePort: ServicePort },
): boolean {
  if (a.service !== b.service)
    return a.service.namespace !== b.service.namespace || a.service.name !== b.service.name;
  return (
    protocolOf(a.servicePort.protocol) === protocolOf(b.servicePort.protocol) ||
    a.servicePort.port?.value !== b.servicePort.port?.value
  );
}
