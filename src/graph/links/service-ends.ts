import type { Service, ServicePort, Workload } from '../../model/model.ts';
import { portNumber, wantedPort } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { containerPortEnd, type End, type Ends, end, endPort, keyOf, servicePortEnd } from './end.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from './service-links.ts';

export const selectorEnds = ({ service, workload, nearest }: SelectorLink): Ends => ({
  from: end(service, 'spec.selector', service.selectorAt),
  to: workload && labelsEnd(workload),
  nearest: nearest && labelsEnd(nearest.workload),
  forwards: workload ? undefined : service.ports.map((port) => targetPortEnd(service, port)),
});

const labelsEnd = (workload: Workload): End => end(workload, 'template.labels', workload.template.labelsAt);

export function targetPortEnds(link: TargetPortLink): Ends {
  const { service, servicePort, workload, number, declared, container, protocol } = link;
  const from = targetPortEnd(service, servicePort);
  if (number !== undefined && declared) {
    return { from, to: containerPortEnd(workload, container?.name, declared) };
  }
  const port = number === undefined ? {} : { port: endPort(undefined, number, protocol) };
  return { from, to: end(workload, 'containers', workload.template.containersAt, port) };
}

export function endpointEnds({ service, servicePort, endpoints, endpointPort }: EndpointLink): Ends {
  const from = targetPortEnd(service, servicePort);
  if (!endpoints) return { from, to: undefined };
  if (!endpointPort) return { from, to: end(endpoints, 'ports', endpoints.nameAt) };
  const { name, port: number, protocol } = endpointPort;
  const port = endPort(name?.value, portNumber(number), protocolOf(protocol));
  return { from, to: end(endpoints, `ports[${port.name ?? ''}]`, (number ?? endpointPort).at, { port }) };
}

function targetPortEnd(service: Service, servicePort: ServicePort): End {
  const wanted = wantedPort(servicePort);
  const said = wanted?.value;
  return {
    ...servicePortEnd(service, servicePort),
    field: `spec.ports[${keyOf(servicePort)}].targetPort`,
    at: wanted?.at ?? servicePort.at,
    targetPort: typeof said === 'string' || typeof said === 'number' ? said : undefined,
  };
}
