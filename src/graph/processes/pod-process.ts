import type { Container, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';
import { type Ground, isObserved } from '../../process/listeners/grounds/ground.ts';
import { unproved, type Verdict } from '../links/lacks/lacking.ts';
import type { PortGraph } from '../links/port-graph.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import type { Evidence } from '../links/stated.ts';
import { type PodProcesses, type ProcessInPod, podProcesses } from './pod-processes.ts';

/** What a connection to one port of a Pod meets, as far as it is known. */
export type Reach = Verdict & {
  readonly evidence: Evidence;
  /** Why it is so, where no listener's grounds say it. */
  readonly grounds?: readonly Ground[];
  readonly process: ContainerProcess | undefined;
  /** The listener that answers when whole; the one that is there instead when broken, if there is one. */
  readonly listener: KnownListener | undefined;
};

/**
 * All containers of a Pod share its ports, so one listener is enough to answer, and only full knowledge of every
 * process that stays proves that none does. Init containers are gone by then.
 *
 * @param preferred the container that declares the port; it says what is there instead when the port is not bound
 * @param dialled the ports of the Pod that something of the input sends traffic to; left out where that is not known
 */
export function reachOf(
  workload: Workload,
  number: number,
  protocol: Protocol,
  preferred: Container | undefined,
  processOf: PortGraph['processOf'],
  dialled?: ReadonlySet<number>,
): Reach {
  const pod = podProcesses(workload, processOf);
  const { processes } = pod;
  const here = pod.on(number, protocol);
  const open = here.find(({ listener: { bind, neverIpv4 } }) => bind !== 'loopback' && !neverIpv4);
  if (open) {
    const { listener, process } = open;
    return { ...whole('listens', { listener }), evidence: evidenceOf(listener), process, listener };
  }
  const shut = shutBy(pod, number, protocol);
  const ofPreferred = pod.of(preferred) ?? processes[0];
  if (shut) {
    const { process } = ofPreferred!;
    const all = processes.flatMap((one) => one.process.listeners);
    const inside = here[0]?.listener;
    const listener = inside ?? [process.listeners, all].flat().find((one) => one.protocol === protocol);
    const verdict = inside
      ? broken('seen-inside', { number, listener: inside })
      : listener
        ? broken('listens-elsewhere', { listener })
        : broken('seen-closed', { grounds: shut });
    const grounds = [...(listener?.grounds ?? []), ...shut];
    return { ...verdict, evidence: 'observed', grounds, process, listener };
  }
  const loopback = here[0]?.listener;
  const isNeverOpen = ({ place }: ProcessInPod): boolean =>
    here.some((one) => one.place === place && one.listener.neverOpen);
  const unknown = firstOf([
    pod.incomplete.find((one) => !isNeverOpen(one)),
    pod.mayListen(number, protocol),
    pod.opensMore(number, dialled),
  ]);
  const doubt = loopback?.addressDoubt;
  if (loopback && doubt && !unknown) {
    const { container, process } = here[0]!;
    const lack = unproved('address-of-process', { loopback, doubt, container: container.name });
    return { ...lack, evidence: 'inferred', process, listener: undefined };
  }
  if (processes.length === 0 || unknown) {
    const why =
      unknown?.process.missing[0]?.doubt ??
      (unknown && opensMore(unknown.process, number, dialled) ? unknown.process.mayOpenMore : undefined);
    const elsewhere = unknown?.process.listeners.find((one) => one.protocol === protocol);
    const lack = unknown
      ? unproved('process', { number, elsewhere, doubt: why, container: unknown.container.name })
      : unproved('containers');
    return { ...lack, evidence: 'inferred', process: unknown?.process, listener: undefined };
  }
  const told = ofPreferred!;
  const listener =
    loopback ?? told.process.listeners.find((one) => one.protocol === protocol) ?? told.process.listeners[0];
  const verdict = loopback
    ? broken('listens-on-loopback', { number })
    : listener
      ? broken('listens-elsewhere', { listener })
      : broken('listens-nowhere', { number, protocol });
  return { ...verdict, evidence: evidenceOf(listener), process: told.process, listener };
}

const firstOf = (some: readonly (ProcessInPod | undefined)[]): ProcessInPod | undefined =>
  some.reduce((first, one) => (first && (!one || first.place <= one.place) ? first : one), undefined);

/** How it was seen that no container serves the port to other Pods; one that nobody looked at may. */
function shutBy(
  { processes }: PodProcesses,
  number: number,
  protocol: Protocol,
): readonly Ground[] | undefined {
  const first = processes[0] && shutIn(processes[0].process, number, protocol);
  return first && processes.every(({ process }) => shutIn(process, number, protocol)) ? first : undefined;
}

function shutIn(
  process: ContainerProcess,
  number: number,
  protocol: Protocol,
): readonly Ground[] | undefined {
  const shut = process.closed?.find((one) => one.port === number && one.protocol === protocol);
  if (shut) return shut.grounds;
  const whole = process.closedElse?.get(protocol);
  return whole && !mayListen(process, number, protocol) ? [whole] : undefined;
}

/** What a program itself said or did outweighs whatever was written of it. */
const evidenceOf = (listener: KnownListener | undefined): Evidence =>
  listener?.grounds.some(isObserved) ? 'observed' : 'inferred';

const mayListen = ({ possible }: ContainerProcess, number: number, protocol: Protocol): boolean =>
  possible.some((port) => port.port === number && port.protocol === protocol);

/** Whoever dials a port of the framework and another one knows of the other. */
const opensMore = (
  { mayOpenMore, listeners }: ContainerProcess,
  number: number,
  dialled: ReadonlySet<number> | undefined,
): boolean =>
  mayOpenMore !== undefined &&
  (!dialled || listeners.some(({ port }) => port !== number && dialled.has(port)));
