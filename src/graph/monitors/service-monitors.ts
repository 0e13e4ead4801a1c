import { matches } from '../../model/label-selector.ts';
import type { Service, ServicePort, Workload } from '../../model/model.ts';
import { isMonitor, type Monitor, type MonitorEndpoint } from '../../model/monitor.ts';
import { isPlaceholder } from '../../model/ports.ts';
import type { Model } from '../../model/resource-set.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Located } from '../../text/source.ts';
import type { MonitorLink } from '../links/caller-links.ts';
import { definitionsFor } from '../links/definitions.ts';
import { end, servicePortEnd } from '../links/end.ts';
import { type Unproved, unproved } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import type { SelectorLink } from '../links/service-links.ts';
import { doubtOf, type Start, startOf } from './monitor-end.ts';
import { podPorts } from './pod-port.ts';
import { portPattern } from './port-pattern.ts';

/** Each endpoint of each ServiceMonitor, followed to ports of the Services whose labels it selects (S-183, S-184). */
export function resolveServiceMonitors(model: Model, selectors: readonly SelectorLink[]): MonitorLink[] {
  const monitors = model.ofKind('ServiceMonitor').filter(isMonitor);
  if (monitors.length === 0) return [];
  const selected = groupBy(selectors, ({ service }) => service);
  const workloadsOf = (service: Service): Workload[] =>
    (selected.get(service) ?? []).flatMap(({ workload }) => workload ?? []);
  return monitors.flatMap((monitor) => {
    const all = servicesOf(model, monitor);
    const services = model.budget.first(all, monitor, monitor.endpoints.length);
    const doubt = doubtOf(model, monitor, services.length < all.length);
    return monitor.endpoints.flatMap((endpoint) => {
      const start = startOf(monitor, endpoint);
      if (services.length === 0) {
        const object = { kind: 'Services', namespace: monitor.namespace, name: undefined };
        return [{ ...start, ...unproved('selected-services', { object }) } satisfies MonitorLink];
      }
      const { port, targetPort } = endpoint;
      // A port's name goes before targetPort (S-184).
      if (port && port.value !== '') return byName(model, doubt, services, port, start, workloadsOf);
      if (targetPort && targetPort.value !== '' && targetPort.value !== 0)
        return thoseThere(
          services.flatMap((service) =>
            byTargetPort(doubt, service, workloadsOf(service), targetPort, start),
          ),
        );
      return services.flatMap((service) =>
        model.budget.first(service.ports, monitor).map((servicePort) => ({
          ...toPort(start, service, servicePort, 'scrapes-service'),
        })),
      );
    });
  });
}

/** An ExternalName has no endpoints to scrape (S-047). */
function servicesOf(model: Model, monitor: Monitor): readonly Service[] {
  const { namespaces, selector } = monitor;
  const near = namespaces === 'any' ? model.services : namespaces.flatMap((name) => model.servicesIn(name));
  if (!model.budget.allows(near.length, monitor)) return [];
  const selected = near.filter(
    ({ labels, type }) => type?.value !== 'ExternalName' && matches(selector, labels) === true,
  );
  return definitionsFor(monitor, selected);
}

const toPort = (
  start: Start,
  service: Service,
  servicePort: ServicePort,
  what: 'service-port-of-name' | 'scrapes-service' = 'service-port-of-name',
): MonitorLink => ({
  ...start,
  service,
  servicePort,
  to: servicePortEnd(service, servicePort),
  ...whole(what),
});

/** A Service without the name is not scraped, which is fine where another one of them has it. */
function byName(
  model: Model,
  general: Unproved | undefined,
  services: readonly Service[],
  port: Located<string>,
  start: Start,
  workloadsOf: (service: Service) => readonly Workload[],
): MonitorLink[] {
  const all = (lack: Unproved): MonitorLink[] => services.map((service) => ({ ...start, service, ...lack }));
  if (isPlaceholder(port)) return all(unproved('filled-in'));
  const fits = portPattern(port.value);
  if (!fits) return all(unproved('pattern'));
  const found = services.flatMap((service) =>
    service.ports
      .filter(({ name }) => name !== undefined && fits(name.value))
      .map((servicePort) => toPort(start, service, servicePort)),
  );
  if (found.length > 0) return found;
  if (services.some(({ ports }) => ports.some(({ name }) => isPlaceholder(name))))
    return all(unproved('filled-in'));
  return services.map((service) => {
    const doubt = general ?? (workloadsOf(service).length === 0 ? madeElsewhere(service) : undefined);
    const isJoined = model
      .endpointsOf(service)
      .some((one) => one.ports.some(({ name }) => name !== undefined && fits(name.value)));
    return isJoined
      ? { ...start, service, ...whole('endpoint-port-of-name') }
      : {
          ...start,
          service,
          to: end(service, 'spec.ports', service.nameAt),
          fault: 'no-port',
          ...(doubt ?? broken('no-service-port-of-name', { service: service.name })),
        };
  });
}

/** Whoever makes the Pods makes Services for them too, and the input's may be one more for another port. */
const madeElsewhere = ({ namespace, name }: Service): Unproved =>
  unproved('service-beside-input', {
    object: { kind: 'Services', namespace, name: undefined },
    service: name,
  });

function byTargetPort(
  doubt: Unproved | undefined,
  service: Service,
  workloads: readonly Workload[],
  targetPort: NonNullable<MonitorEndpoint['targetPort']>,
  start: Start,
): MonitorLink[] {
  if (workloads.length === 0) {
    const object = { kind: 'Pods', namespace: service.namespace, name: undefined };
    return [{ ...start, service, ...unproved('pods-of-service', { object, service: service.name }) }];
  }
  return podPorts(targetPort, workloads, doubt).map((answer) => ({
    ...start,
    service,
    ...answer,
  }));
}

/** As with names: a Service whose Pods lack the port is not scraped, which is fine where those of another have it. */
function thoseThere(links: readonly MonitorLink[]): readonly MonitorLink[] {
  const there = links.filter(({ state }) => state === 'whole');
  return there.length > 0 ? there : links;
}
