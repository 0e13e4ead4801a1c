import type { PortGraph } from '../../graph/links/port-graph.ts';
import { type Reach, reachOf } from '../../graph/processes/pod-process.ts';
import { isRemembered, whyRemembered } from '../../knowledge/remembered.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess } from '../../process/listeners/container-process.ts';

/** Says of a finding that it is no more than likely, and why. */
export const onlyLikely = ({ process }: Pick<Reach, 'process'>): string =>
  `the facts of the image ${process?.fact ? whyRemembered(process.fact) : 'have no source'}, so this is likely and not proved; an open socket or a log line would prove it`;

/**
 * What a connection to a port of a Pod would meet if facts without a source were certain. Undefined where it would
 * meet a listener, and where something else is open too.
 */
export function missedFromMemory(
  { processOf }: Pick<PortGraph, 'processOf'>,
  workload: Workload,
  number: number,
  protocol: Protocol,
  container: Container | undefined,
): Reach | undefined {
  if (!mayMiss(processOf, workload)) return undefined;
  if (reachOf(workload, number, protocol, container, processOf).state !== 'unproved') return undefined;
  const reach = reachOf(workload, number, protocol, container, (...of) => asCertain(processOf(...of)));
  return reach.state === 'broken' ? reach : undefined;
}

/** Kept for each graph: all that leads to a Pod asks. */
const missing = new WeakMap<PortGraph['processOf'], Map<Workload, boolean>>();

function mayMiss(processOf: PortGraph['processOf'], workload: Workload): boolean {
  const known = missing.get(processOf) ?? new Map<Workload, boolean>();
  missing.set(processOf, known);
  const may =
    known.get(workload) ??
    workload.template.containers.some(
      (one) => one.role !== 'init' && lacksItsSource(processOf(workload, one)),
    );
  known.set(workload, may);
  return may;
}

/** Only the missing source of its facts keeps it from being known; where more does, none is listed. */
const lacksItsSource = ({ fact, missing, listeners }: ContainerProcess): boolean =>
  fact !== undefined && isRemembered(fact) && missing.length === 1 && listeners.length > 0;

const asCertain = (process: ContainerProcess): ContainerProcess =>
  lacksItsSource(process) ? { ...process, complete: true } : process;
