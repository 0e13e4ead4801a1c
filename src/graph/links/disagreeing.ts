import type { Link } from './link.ts';
import type { BindLink } from './pod-links.ts';
import { wordAllowed } from './proofs/gateway-proofs.ts';
import type { Proof } from './proofs/proving.ts';
import type { BackendLink, ParentLink } from './route-links.ts';
import type { SelectorLink } from './service-links.ts';
import type { Disagreement } from './stated.ts';

/** None where the ports at the ends say it all, and for links that are not broken. */
export function disagreementsOf(link: Link): readonly Disagreement[] {
  if (link.state !== 'broken') return [];
  switch (link.kind) {
    case 'parent':
      return inParent(link);
    case 'backend':
      return inBackend(link);
    case 'selector':
      return inSelector(link);
    case 'bind':
      return inBind(link);
    default:
      return [];
  }
}

function inParent({ proof, fault, parentRef }: ParentLink): Disagreement[] {
  const refused = proof && refusedFor(proof);
  if (refused) return [refused];
  if (!parentRef || (fault !== 'no-parent' && fault !== 'no-listener')) return [];
  const { kind, name, sectionName, port } = parentRef;
  if (fault === 'no-parent') return [{ what: kind, from: name.value, to: undefined }];
  if (sectionName) return [{ what: 'listener', from: sectionName.value, to: undefined }];
  return port ? [{ what: 'port', from: String(port.value), to: undefined }] : [];
}

/** What the route is, and what the listener takes. */
function refusedFor(proof: Proof): Disagreement | undefined {
  switch (proof.what) {
    case 'protocol-of-listener':
      return { what: 'protocol', from: proof.values.kind, to: proof.values.protocol };
    case 'protocol-of-entry-point':
      return { what: 'protocol', from: proof.values.carries, to: proof.values.protocol };
    case 'rules-of-server':
      return { what: 'protocol', from: proof.values.rules.join(', '), to: proof.values.protocol };
    case 'kinds-of-listener':
      return { what: 'kind', from: proof.values.kind, to: proof.values.kinds.join(', ') };
    case 'namespaces-of-listener':
      return { what: 'namespace', from: proof.values.namespace, to: wordAllowed(proof.values.refusal) };
    case 'namespaces-of-server':
      return { what: 'namespace', from: proof.values.namespace, to: proof.values.allowed.join(', ') };
    case 'hosts-of-listener':
      return { what: 'host', from: proof.values.asked.join(', ') || '*', to: proof.values.host };
    case 'hosts-of-server':
      return { what: 'host', from: proof.values.asked.join(', '), to: proof.values.hosts.join(', ') };
    default:
      return undefined;
  }
}

function inBackend({ fault, backend, service, holder }: BackendLink): Disagreement[] {
  switch (fault) {
    case 'no-service':
      return backend.service ? [{ what: 'Service', from: backend.service.value, to: undefined }] : [];
    case 'no-subset':
      return backend.subset ? [{ what: 'subset', from: backend.subset.value, to: undefined }] : [];
    case 'not-permitted':
      return service ? [{ what: 'namespace', from: holder.namespace, to: service.namespace }] : [];
    default:
      return [];
  }
}

/** Labels have the values that the Pods of the nearest workload have. */
function inSelector({ service, nearest }: SelectorLink): Disagreement[] {
  if (!nearest) return [];
  const { workload, why, key, meantKey } = nearest;
  const { labels } = workload.template;
  if (why === 'namespace') return [{ what: why, from: service.namespace, to: workload.namespace }];
  if (key !== undefined && meantKey !== undefined) {
    const value = service.selector.get(key)?.value ?? '';
    return [{ what: 'label', from: `${key}: ${value}`, to: `${meantKey}: ${value}` }];
  }
  return [...service.selector]
    .map(([key, { value }]) => ({ what: `label ${key}`, from: value, to: labels.get(key)?.value }))
    .filter(({ from, to }) => from !== to);
}

/** A process that has the port has it for itself, or speaks another protocol there. */
function inBind({ number, protocol, listener }: BindLink): Disagreement[] {
  if (!listener || listener.port !== number) return [];
  if (listener.protocol !== protocol) return [{ what: 'protocol', from: protocol, to: listener.protocol }];
  return listener.bind === 'loopback' ? [{ what: 'address', from: "the Pod's", to: 'loopback' }] : [];
}
