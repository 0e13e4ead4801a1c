import { wordAllowed } from '../proofs/gateway-proofs.ts';
import type { ParentLink } from '../route-links.ts';
import type { Disagreement } from '../stated.ts';

/** What the route is or asks for, and what the listener takes. */
export function inParent({ proof, fault, parentRef }: ParentLink): Disagreement[] {
  switch (proof?.what) {
    case 'protocol-of-listener':
      return [{ what: 'protocol', from: proof.values.kind, to: proof.values.protocol }];
    case 'protocol-of-entry-point':
      return [{ what: 'protocol', from: proof.values.carries, to: proof.values.protocol }];
    case 'rules-of-server':
      return [{ what: 'protocol', from: proof.values.rules.join(', '), to: proof.values.protocol }];
    case 'kinds-of-listener':
      return [{ what: 'kind', from: proof.values.kind, to: proof.values.kinds.join(', ') }];
    case 'namespaces-of-listener':
    case 'namespaces-of-gateway':
      return [{ what: 'namespace', from: proof.values.namespace, to: wordAllowed(proof.values.refusal) }];
    case 'namespaces-of-server':
      return [{ what: 'namespace', from: proof.values.namespace, to: proof.values.allowed.join(', ') }];
    case 'hosts-of-listener':
      return [{ what: 'host', from: proof.values.asked.join(', ') || '*', to: proof.values.host }];
    case 'hosts-of-server':
      return [{ what: 'host', from: proof.values.asked.join(', '), to: proof.values.hosts.join(', ') }];
    case 'no-entry-point':
      return [{ what: 'entry point', from: proof.values.name, to: proof.values.names.join(', ') || 'none' }];
    case 'no-servers':
      return [{ what: 'server', from: 'any', to: 'none' }];
    case 'unserved-listener':
      return [{ what: 'served by', from: 'a controller', to: 'nobody' }];
    case 'group-without-service':
      return [{ what: 'group', from: proof.values.group, to: '""' }];
    case 'kind-without-listeners':
      return proof.values.kind === 'Gateway'
        ? [{ what: 'group', from: proof.values.group, to: 'gateway.networking.k8s.io' }]
        : [{ what: 'kind', from: proof.values.kind, to: 'Gateway' }];
    case 'no-listener':
    case 'no-port-of-parent': {
      const what = proof.what === 'no-listener' ? 'listener' : 'port';
      const { name, port } = proof.values;
      if (name !== undefined) return [{ what, from: name, to: undefined }];
      return port === undefined
        ? [{ what, from: 'any', to: 'none' }]
        : [{ what: 'port', from: String(port), to: undefined }];
    }
    default:
      return fault === 'no-parent' && parentRef
        ? [{ what: parentRef.kind, from: parentRef.name.value, to: undefined }]
        : [];
  }
}
