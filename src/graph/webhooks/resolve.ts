import { isPlaceholder, portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import {
  isServiceClient,
  SERVICE_CLIENT_KINDS,
  type ServiceClient,
  type ServiceReference,
} from '../../model/service-client.ts';
import type { WebhookLink } from '../links/caller-links.ts';
import { end, endPort, servicePortEnd } from '../links/end.ts';
import { unproved } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import { findService } from '../services/find-service.ts';

/** Where no port is said, the API server dials this one. */
export const DEFAULT_WEBHOOK_PORT = 443;

export const serviceClientsOf = (model: Model): ServiceClient[] =>
  SERVICE_CLIENT_KINDS.flatMap((kind) => model.ofKind(kind)).filter(isServiceClient);

/** Every Service that the API server calls, followed to its port. */
export const resolveWebhooks = (model: Model): WebhookLink[] =>
  serviceClientsOf(model).flatMap((client) =>
    client.references.flatMap((reference) => resolve(model, client, reference)),
  );

function resolve(model: Model, webhook: ServiceClient, reference: ServiceReference): WebhookLink[] {
  const { namespace, name, port, field } = reference;
  const number = port ? portNumber(port) : DEFAULT_WEBHOOK_PORT;
  const link = {
    kind: 'webhook',
    webhook,
    reference,
    evidence: 'declared',
    from: end(webhook, field, (port ?? name).at, { port: endPort(undefined, number, 'TCP') }),
    to: undefined,
    service: undefined,
    servicePort: undefined,
    fault: undefined,
  } as const;
  if (isPlaceholder(port) || isPlaceholder(namespace)) return [{ ...link, ...unproved('filled-in') }];
  const found = findService(model, webhook, namespace.value, name);
  if (!found.services) return [{ ...link, ...found.verdict }];
  return found.services.map((service): WebhookLink => {
    const servicePort = service.ports.find(
      (one) => portNumber(one.port) === number && number !== undefined && protocolOf(one.protocol) === 'TCP',
    );
    if (servicePort) {
      const to = servicePortEnd(service, servicePort);
      return { ...link, service, servicePort, to, ...whole('service-port') };
    }
    const start = { ...link, service, to: end(service, 'spec.ports', service.nameAt) };
    if (service.type?.value === 'ExternalName') {
      return { ...start, ...unproved('external-name-of-webhook') };
    }
    if (service.ports.some((one) => isPlaceholder(one.port))) {
      return { ...start, ...unproved('filled-in') };
    }
    const asked = { service: service.name, port: number ?? port?.value };
    return { ...start, fault: 'no-port', ...broken('no-tcp-port', asked) };
  });
}
