import type { Container, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';
import { type Ground, isObserved } from '../../process/listeners/grounds/ground.ts';
import { unproved, type Verdict } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import type { Evidence } from '../links/stated.ts';

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
  processOf: (workload: Workload, container: Container) => ContainerProcess,
  dialled?: ReadonlySet<number>,
): Reach {
  const staying = workload.template.containers.filter(({ role }) => role !== 'init');
  const processes = staying.map((container) => ({ container, process: processOf(workload, container) }));
  const here = (listener: Pick<KnownListener, 'port' | 'protocol'>): boolean =>
    listener.port === number && listener.protocol === protocol;

  for (const { process } of processes) {
    const listener = process.listeners.find((one) => here(one) && one.bind !== 'loopback' && !one.neverIpv4);
    if (listener) {
      return { ...whole('listens', { listener }), evidence: evidenceOf(listener), process, listener };
    }
  }
  const shut = shutBy(
    processes.map(({ process }) => process),
    number,
    protocol,
  );
  if (shut) {
    const { process } = processes.find(({ container }) => container === preferred) ?? processes[0]!;
    const all = processes.flatMap((one) => one.process.listeners);
    const inside = all.find(here);
    const listener = inside ?? [process.listeners, all].flat().find((one) => one.protocol === protocol);
    const verdict = inside
      ? broken('seen-inside', { number, listener: inside })
      : listener
        ? broken('listens-elsewhere', { listener })
        : broken('seen-closed', { grounds: shut });
    const grounds = [...(listener?.grounds ?? []), ...shut];
    return { ...verdict, evidence: 'observed', grounds, process, listener };
  }
  const loopback = processes.flatMap(({ process }) => process.listeners).find(here);
  const unknown = processes.find(
    ({ process }) =>
      (!process.complete && !process.listeners.some((one) => one.neverOpen && here(one))) ||
      mayListen(process, number, protocol) ||
      opensMore(process, number, dialled),
  );
  const doubt = loopback?.addressDoubt;
  if (loopback && doubt && !unknown) {
    const { container, process } = processes.find((one) => one.process.listeners.includes(loopback))!;
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
  const told = processes.find(({ container }) => container === preferred) ?? processes[0]!;
  const listener =
    loopback ?? told.process.listeners.find((one) => one.protocol === protocol) ?? told.process.listeners[0];
  const verdict = loopback
    ? broken('listens-on-loopback', { number })
    : listener
      ? broken('listens-elsewhere', { listener })
      : broken('listens-nowhere', { number, protocol });
  return { ...verdict, evidence: evidenceOf(listener), process: told.process, listener };
}

/** How it was seen that no container serves the port to other Pods; one that nobody looked at may. */
function shutBy(
  processes: readonly ContainerProcess[],
  number: number,
  protocol: Protocol,
): readonly Ground[] | undefined {
  const all = processes.map((process) => {
    const shut = process.closed?.find((one) => one.port === number && one.protocol === protocol);
    if (shut) return shut.grounds;
    const whole = process.closedElse?.get(protocol);
    return whole && !mayListen(process, number, protocol) ? [whole] : undefined;
  });
  const [first] = all;
  return first && all.every((one) => one !== undefined) ? first : undefined;
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
