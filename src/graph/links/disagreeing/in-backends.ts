import type { Service } from '../../../model/model.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Carrier } from '../proofs/backend-proofs.ts';
import type { BackendLink } from '../route-links.ts';
import type { Disagreement } from '../stated.ts';
import { listed } from './listed.ts';

/** What the route asks for, and what the Service is. */
export function inBackend({ proof, fault, backend, service, holder }: BackendLink): Disagreement[] {
  switch (proof?.what) {
    case 'no-scheme':
      return [{ what: 'scheme', from: proof.values.scheme, to: 'http, https, h2c' }];
    case 'port-for-protocol':
      return [{ what: 'protocol', from: carriedBy(proof.values.carrier), to: proof.values.protocol }];
    case 'port-for-only':
      return [{ what: 'protocol', from: 'TCP', to: proof.values.protocol }];
    case 'port-for-other-than':
      return [{ what: 'protocol', from: proof.values.protocol, to: protocolsOf(service) }];
    case 'no-tcp-port-for-router':
      return [{ what: 'protocol', from: 'TCP', to: protocolsOf(service) }];
    case 'headless-behind-passthrough':
    case 'headless-behind-native-lb':
      return [{ what: 'clusterIP', from: 'needed', to: 'None' }];
    case 'no-node-port':
      return [{ what: 'nodePort', from: 'needed', to: 'none' }];
    case 'backend-without-port':
    case 'no-port-for-contour':
    case 'no-port-for-traefik':
      return [{ what: 'port', from: 'none given', to: portsOf(service) }];
    case 'no-dialled-port':
      return [{ what: 'port', from: String(proof.values.number), to: undefined }];
    case 'no-such-port':
      return backend.portNumber || backend.portName ? [] : [{ what: 'port', from: 'any', to: 'none' }];
    case 'kind-of-group':
      return backend.resourceKind === 'Service'
        ? [{ what: 'group', from: backend.resourceGroup ?? '', to: '""' }]
        : [{ what: 'kind', from: backend.resourceKind ?? 'none', to: 'Service' }];
    case 'kind-no-backend':
    case 'leaves-out-resources':
      return [{ what: 'kind', from: backend.resourceKind ?? 'none', to: 'Service' }];
    case 'no-action':
      return backend.service ? [{ what: 'action', from: backend.service.value, to: undefined }] : [];
    case 'no-name':
    case 'no-host':
      return [{ what: 'Service', from: 'not named', to: 'a name' }];
    case 'no-backend':
      return [{ what: 'backend', from: 'none', to: 'a Service' }];
    case 'no-share':
      return [{ what: 'weight', from: '0', to: '≥ 1' }];
    case 'no-subset':
      return [{ what: 'subset', from: proof.values.subset, to: undefined }];
  }
  if (fault === 'not-permitted' && service)
    return [{ what: 'namespace', from: holder.namespace, to: service.namespace }];
  return fault === 'no-service' && backend.service
    ? [{ what: 'Service', from: backend.service.value, to: undefined }]
    : [];
}

const carriedBy = (carrier: Carrier): string => (carrier.is === 'route' ? carrier.carries : 'TCP');

const protocolsOf = (service: Service | undefined): string | undefined =>
  listed(service?.ports.map(({ protocol }) => protocolOf(protocol)) ?? []);

/** A Service that is not there has no ports to tell: any would do. */
const portsOf = (service: Service | undefined): string =>
  listed(service?.ports.map(({ port }) => String(port?.value ?? '')) ?? []) ?? 'a number';
