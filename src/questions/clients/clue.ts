import type { ClientLink } from '../../graph/links/caller-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { Location } from '../../text/source.ts';

/** What the port of an address may stand for, when the Service does not have it. */
export interface ClientClue {
  readonly kind: 'target-port' | 'container-port' | 'node-port';
  readonly servicePort: ServicePort;
  readonly at: Location;
}

/** Looks inwards from the Service: people dial the Pod's port or the nodePort where the Service's is meant. */
export function clueOfClient(
  { service, number }: ClientLink,
  graph: Pick<PortGraph, 'targetPortsOf'>,
): ClientClue | undefined {
  if (!service || number === undefined) return undefined;
  for (const servicePort of service.ports) {
    const { nodePort, targetPort } = servicePort;
    if (nodePort && portNumber(nodePort) === number)
      return { kind: 'node-port', servicePort, at: nodePort.at };
    if (targetPort && portNumber(targetPort) === number) {
      return { kind: 'target-port', servicePort, at: targetPort.at };
    }
  }
  const forwarding = graph.targetPortsOf(service).find((one) => one.number === number);
  const at = forwarding?.declared?.number?.at;
  return forwarding && at && { kind: 'container-port', servicePort: forwarding.servicePort, at };
}
