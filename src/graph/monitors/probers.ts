import { isHeadless } from '../../model/headless.ts';
import { isMonitorProbe, type MonitorProbe } from '../../model/monitor.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import type { Model } from '../../model/resource-set.ts';
import { Located } from '../../text/source.ts';
import { servicesMeant } from '../clients/host-name.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import { end, endPort, servicePortEnd } from '../links/end.ts';
import { unproved } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import { findService } from '../services/find-service.ts';

const ADDRESS = /^(?:(https?):\/\/)?([a-z0-9.-]+)(?::(\d+))?(?:\/|$)/;

/** The exporter that each Probe asks, where its address is that of a Service. */
export const resolveProbers = (model: Model): MonitorLink[] =>
  model
    .ofKind('Probe')
    .filter(isMonitorProbe)
    .flatMap((probe) => resolve(model, probe));

function resolve(model: Model, monitor: MonitorProbe): MonitorLink[] {
  const url = monitor.proberUrl;
  const [, scheme, host, port] = ADDRESS.exec(url?.value ?? '') ?? [];
  // Prometheus resolves the name, wherever it runs: only one with a namespace is certain.
  const meant = host?.includes('.') ? servicesMeant(host, monitor.namespace)[0] : undefined;
  if (!url || !meant) return [];
  const number = port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port);
  const link = {
    kind: 'monitor',
    monitor,
    evidence: 'declared',
    from: end(monitor, 'spec.prober.url', url.at, { port: endPort(undefined, number, 'TCP') }),
    workload: undefined,
    servicePort: undefined,
    fault: undefined,
    to: undefined,
    service: undefined,
  } as const;
  const found = findService(
    model,
    monitor,
    meant.namespace,
    new Located(meant.service, url.source, url.start, url.end),
  );
  if (!found.services) {
    const object = { kind: 'Service', namespace: meant.namespace, name: meant.service };
    return [{ ...link, ...unproved('prober-service', { object }) }];
  }
  return found.services.map((service): MonitorLink => {
    const servicePort = service.ports.find(
      (one) => portNumber(one.port) === number && protocolOf(one.protocol) === 'TCP',
    );
    if (servicePort) {
      const to = servicePortEnd(service, servicePort);
      return { ...link, service, servicePort, to, ...whole('service-port') };
    }
    const to = end(service, 'spec.ports', service.nameAt);
    // Names of a headless Service and of an ExternalName lead to other ports than its own (S-043, S-047).
    if (isHeadless(service) || service.type?.value === 'ExternalName') {
      return { ...link, service, to, ...unproved('past-ports') };
    }
    const verdict = broken('no-service-port', { service: service.name, number });
    return { ...link, service, to, fault: 'no-port', ...verdict };
  });
}
