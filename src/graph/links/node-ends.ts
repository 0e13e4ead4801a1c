import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { containerKeyOf, containerPortEnd, type Ends, end, endPort, keyOf, servicePortEnd } from './end.ts';
import type { HostPortLink, NodePortLink } from './node-links.ts';

export function hostPortEnds({ workload, container, containerPort }: HostPortLink): Ends {
  const { hostPort, number, protocol } = containerPort;
  // With hostNetwork the containerPort is the node's as well (S-065).
  const taken = portNumber(hostPort) ? hostPort : number;
  const field = `containers[${container.name}].ports[${containerKeyOf(containerPort)}].hostPort`;
  return {
    from: end(workload, field, taken?.at, {
      container: container.name,
      port: endPort(undefined, portNumber(taken), protocolOf(protocol)),
    }),
    to: containerPortEnd(workload, container.name, containerPort),
  };
}

export function nodePortEnds({ service, servicePort }: NodePortLink): Ends {
  const { nodePort, protocol } = servicePort;
  return {
    from: end(service, `spec.ports[${keyOf(servicePort)}].nodePort`, nodePort?.at, {
      port: endPort(undefined, portNumber(nodePort), protocolOf(protocol)),
    }),
    to: servicePortEnd(service, servicePort),
  };
}
