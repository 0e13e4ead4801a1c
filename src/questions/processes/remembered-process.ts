import type { PortGraph } from '../../graph/links/port-graph.ts';
import { type Reach, reachOf } from '../../graph/processes/pod-process.ts';
import { isRemembered } from '../../knowledge/remembered.ts';
import type { Container, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess } from '../../process/listeners/container-process.ts';

/** Says of a finding that it is no more than likely. */
export const FROM_MEMORY =
  'the facts of the image have no source, so this is likely and not proved; an open socket or a log line would prove it';

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
  if (reachOf(workload, number, protocol, container, processOf).state !== 'unproved') return undefined;
  const reach = reachOf(workload, number, protocol, container, (...of) => asCertain(processOf(...of)));
  return reach.state === 'broken' ? reach : undefined;
}

/** Where only the missing source of its facts keeps a process from being known; where more does, none is listed. */
const asCertain = (process: ContainerProcess): ContainerProcess =>
  process.fact !== undefined &&
  isRemembered(process.fact) &&
  process.missing.length === 1 &&
  process.listeners.length > 0
    ? { ...process, complete: true }
    : process;
