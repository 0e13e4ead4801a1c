import { portNumber } from '../../model/ports.ts';
import { type Ends, end, endPort, servicePortEnd } from './end.ts';
import type { BackendLink } from './route-links.ts';

/** Nothing is at the far end of a backend that names nothing, or what is handed the traffic. */
export function backendEnds({ holder, backend, field, service, servicePort, delegate }: BackendLink): Ends {
  const { portNumber: number, portName, service: name, resource, at } = backend;
  const from = end(holder, field, (number ?? portName ?? name ?? resource)?.at ?? at, {
    port: endPort(portName?.value, portNumber(number), undefined),
  });
  if (!service) return { from, to: delegate && end(delegate, 'spec', delegate.nameAt) };
  return {
    from,
    to: servicePort ? servicePortEnd(service, servicePort) : end(service, 'spec.ports', service.nameAt),
  };
}
