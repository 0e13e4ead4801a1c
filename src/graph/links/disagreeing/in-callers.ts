import { protocolOf } from '../../../model/protocol.ts';
import type { ClientLink, MonitorLink, PolicyLink, WebhookLink } from '../caller-links.ts';
import type { Disagreement } from '../stated.ts';
import { listed } from './listed.ts';

/** Callers name ports, so that the ports at the ends say most of it. */
export function inCaller(link: ClientLink | MonitorLink | PolicyLink | WebhookLink): Disagreement[] {
  if (link.kind === 'webhook')
    return link.fault === 'no-service'
      ? [{ what: 'Service', from: link.reference.name.value, to: undefined }]
      : [];
  if (link.kind === 'client' && link.fault === 'protocol') {
    const ports = link.service?.ports.filter(({ port }) => port?.value === link.number) ?? [];
    // What speaks HTTP or a database's protocol speaks it over TCP.
    return [{ what: 'protocol', from: 'TCP', to: listed(ports.map(({ protocol }) => protocolOf(protocol))) }];
  }
  const { proof, from } = link;
  return proof?.what === 'listens-elsewhere' && from.port?.number !== undefined
    ? [{ what: 'port', from: String(from.port.number), to: String(proof.values.listener.port) }]
    : [];
}
