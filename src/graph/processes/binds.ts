import type { Container, ContainerPort, Workload } from '../../model/model.ts';
import { olderPods } from '../../model/owners.ts';
import { portNumber } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import { compact } from '../../text/compact.ts';
import { unproved } from '../links/lacks/lacking.ts';
import type { HostPortLink } from '../links/node-links.ts';
import type { BindLink } from '../links/pod-links.ts';
import type { PortGraph } from '../links/port-graph.ts';
import type { TargetPortLink } from '../links/service-links.ts';
import type { KnativePort } from '../routes/knative/knative-ports.ts';
import { reachOf } from './pod-process.ts';

/** A Pod port that something sends traffic to. */
interface Dialled {
  readonly workload: Workload;
  readonly number: number;
  readonly protocol: Protocol;
  readonly container: Container | undefined;
  readonly declared: ContainerPort | undefined;
  readonly from: TargetPortLink[];
}

/**
 * Each Pod port that a Service, a node's hostPort or Knative sends traffic to, followed to the process; one link
 * however many send there.
 */
export function resolveBinds(
  targetPorts: readonly TargetPortLink[],
  hostPorts: readonly HostPortLink[],
  knativePorts: readonly KnativePort[],
  processOf: PortGraph['processOf'],
  model: Model,
): BindLink[] {
  const all = new Map<Workload, Map<string, Dialled>>();
  const dialled = (port: Omit<Dialled, 'from'>): Dialled => {
    const ports = all.get(port.workload) ?? new Map<string, Dialled>();
    all.set(port.workload, ports);
    const key = `${port.number}/${port.protocol}`;
    const known = ports.get(key) ?? { from: [], ...port };
    ports.set(key, known);
    return known;
  };
  for (const link of targetPorts) {
    const { workload, number, protocol, container, declared, state } = link;
    if (number !== undefined && state !== 'broken') {
      dialled({ workload, number, protocol, container, declared }).from.push(link);
    }
  }
  for (const { workload, container, containerPort, state } of hostPorts) {
    const number = portNumber(containerPort.number);
    const protocol = protocolOf(containerPort.protocol);
    if (number !== undefined && state !== 'broken') {
      dialled({ workload, number, protocol, container, declared: containerPort });
    }
  }
  for (const port of knativePorts) dialled({ protocol: 'TCP', ...port });
  return [...all.values()].flatMap((ports) => {
    const numbers = new Set([...ports.values()].map(({ number }) => number));
    return [...ports.values()].map((port) => bind(port, numbers, processOf, model));
  });
}

function bind(
  dialled: Dialled,
  numbers: ReadonlySet<number>,
  processOf: PortGraph['processOf'],
  model: Model,
): BindLink {
  const { workload, number, protocol, declared, from } = dialled;
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  const container = dialled.container ?? (staying.length === 1 ? staying[0] : undefined);
  const reach = reachOf(workload, number, protocol, container, processOf, numbers);
  const { evidence, grounds, process, listener } = reach;
  const distant = reach.state === 'broken' && from.length > 0 && from.every((link) => link.distant);
  const { state, proof, lacks } = distant ? unproved('beside-another') : reach;
  return {
    kind: 'bind',
    workload,
    number,
    protocol,
    container,
    declared,
    from: compact(from),
    process,
    listener,
    evidence,
    grounds,
    state,
    proof,
    lacks,
    olderPods: olderPods(workload, model.madeBy(workload)),
    // Field by field, as there are many, and what is spread takes more room; so nobody sees that they belong together.
  } as BindLink;
}
