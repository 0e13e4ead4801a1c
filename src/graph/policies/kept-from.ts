import { isHeadless } from '../../model/headless.ts';
import type { Service, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { PortGraph } from '../links/port-graph.ts';
import type { TargetPortLink } from '../links/service-links.ts';
import type { Admission } from './admission.ts';

/** A port of the Pods behind a Service. */
export type Arrival = TargetPortLink & { readonly number: number };

/** Where traffic for a port of a Service arrives; empty unless all of it is known. */
export function arrivalsAt(service: Service, number: number, graph: PortGraph): readonly Arrival[] {
  const targets = graph
    .targetPortsOf(service)
    .filter(({ servicePort, number: own }) =>
      isHeadless(service) ? own === number : portNumber(servicePort.port) === number,
    );
  return targets.every(isArrival) ? targets : [];
}

const isArrival = (one: TargetPortLink): one is Arrival => one.state === 'whole' && one.number !== undefined;

/** That nobody at all is let in is told of the Pods themselves. */
export function keptFrom(
  source: Workload,
  arrivals: readonly Arrival[],
  { outTo, inFrom, toPort }: Admission,
): 'out' | 'in' | undefined {
  const isKept = (verdict: Admission['outTo']): boolean =>
    arrivals.every(
      ({ workload, number, protocol }) => verdict(source, workload, number, protocol) === 'blocked',
    );
  if (isKept(outTo)) return 'out';
  const isClosed = arrivals.some(
    ({ workload, number, protocol }) => toPort(workload, number, protocol) === 'blocked',
  );
  return !isClosed && isKept(inFrom) ? 'in' : undefined;
}
