import type { BindLink, ProbeLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import { podProcesses } from '../../graph/processes/pod-processes.ts';
import type { Container } from '../../model/model.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';

/** A socket that is dialled by the Pod's address and answers inside the Pod only. */
export interface LoopbackListener {
  readonly container: Container;
  readonly process: ContainerProcess;
  readonly listener: KnownListener;
}

/** The loopback socket that a link leads to, where no other socket of the Pod is known to take its connections. */
export function loopbackListenerOf(
  { processOf }: Pick<PortGraph, 'processOf'>,
  link: BindLink | ProbeLink,
): LoopbackListener | undefined {
  const { workload, number, state } = link;
  // A probe with a host of its own is dialled from the node, where loopback is the node's.
  if (number === undefined || state === 'whole' || (link.kind === 'probe' && link.probe.host))
    return undefined;
  const protocol = link.kind === 'bind' ? link.protocol : 'TCP';
  return podProcesses(workload, processOf)
    .on(number, protocol)
    .find(({ listener }) => listener.bind === 'loopback');
}
