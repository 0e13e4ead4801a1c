import type {
  Container,
  ContainerPort,
  EndpointPort,
  EndpointSet,
  Resource,
  Service,
  ServicePort,
  Workload,
} from '../../model/model.ts';
import { isPlaceholder, isQuotedNumber, portNumber, wantedPort } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import { identityOf, type Model } from '../../model/resource-set.ts';
import { areNeighbours } from '../../text/bundle.ts';
import { groupBy } from '../../text/group-by.ts';
import { unproved } from '../links/lacks/lacking.ts';
import { broken, whole } from '../links/proofs/proving.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from '../links/service-links.ts';
import { isSelecting } from './selectors.ts';

/** Each port of each Service, followed into each workload that it selects. */
export function resolveTargetPorts(selectors: readonly SelectorLink[]): TargetPortLink[] {
  const lessons = definedAgain(selectors);
  const isElsewhere = ({ service, workload }: SelectorLink): boolean =>
    workload !== undefined &&
    (!areNeighbours(workload, service) ||
      (workload.source !== service.source && (lessons.has(service) || lessons.has(workload))));
  const near = new Set(
    selectors.flatMap((link) => (link.workload && !isElsewhere(link) ? [link.service] : [])),
  );
  return selectors.flatMap((selector) => {
    const { service, workload } = selector;
    if (!workload) return [];
    const distant = near.has(service) && isElsewhere(selector);
    return service.ports.map((servicePort): TargetPortLink => {
      const link = resolve(service, servicePort, workload, distant);
      return distant && link.state === 'broken' ? { ...link, ...unproved('beside-another') } : link;
    });
  });
}

/** What other files define once more: each file is a lesson of its own then, with its own Service and workload. */
function definedAgain(selectors: readonly SelectorLink[]): ReadonlySet<Resource> {
  const ends = new Set<Resource>(
    selectors.flatMap(({ service, workload }) => (workload ? [service, workload] : [service])),
  );
  return new Set(
    [...groupBy(ends, identityOf).values()].flatMap((all) =>
      all.some(({ source }) => source !== all[0]!.source) ? all : [],
    ),
  );
}

/**
 * Mirrors FindPort of the endpoint controllers: a number stands for itself (S-026); a name must match with its
 * protocol, in containers in order, then in restartable init containers (S-027..S-029). targetPort falls back to
 * the Service port (S-013).
 */
function resolve(
  service: Service,
  servicePort: ServicePort,
  workload: Workload,
  distant: boolean,
): TargetPortLink {
  const protocol = protocolOf(servicePort.protocol);
  const link = {
    kind: 'target-port',
    through: 'selector',
    service,
    servicePort,
    workload,
    protocol,
    distant,
    evidence: 'declared',
  } as const;
  const wanted = wantedPort(servicePort);
  if (isPlaceholder(wanted)) {
    return {
      number: undefined,
      declared: undefined,
      container: undefined,
      ...unproved('filled-in'),
      ...link,
    };
  }
  if (typeof wanted?.value === 'string') {
    const found = findPort(workload, protocol, (port) => port.name?.value === wanted.value);
    const number = portNumber(found?.port.number);
    if (found && number !== undefined) {
      return {
        number,
        declared: found.port,
        container: found.container,
        ...whole('pod-port-of-name'),
        ...link,
      };
    }
    const verdict = isQuotedNumber(wanted)
      ? broken('quoted-number')
      : broken('no-pod-port-of-name', { protocol, name: wanted.value });
    return {
      number: undefined,
      declared: found?.port,
      container: found?.container,
      ...verdict,
      ...link,
    };
  }
  const number = portNumber(wanted);
  if (number === undefined) {
    return { number, declared: undefined, container: undefined, ...broken('no-port-number'), ...link };
  }
  const found = findPort(workload, protocol, (port) => port.number?.value === number);
  return {
    number,
    declared: found?.port,
    container: found?.container,
    ...whole(found ? 'pod-port' : 'number-undeclared'),
    ...link,
  };
}

/** The first port that fits: regular containers in order, then sidecars (S-027..S-029). */
export function findPort(
  { template }: Workload,
  protocol: Protocol,
  fits: (port: ContainerPort) => boolean,
): { readonly container: Container; readonly port: ContainerPort } | undefined {
  for (const role of ['container', 'sidecar'] as const) {
    for (const container of template.containers) {
      if (container.role !== role) continue;
      const port = container.ports.find((one) => protocolOf(one.protocol) === protocol && fits(one));
      if (port) return { container, port };
    }
  }
  return undefined;
}

/**
 * A Service without a selector is joined to its Endpoints or EndpointSlices by port name and protocol (S-049, S-052).
 * Where the input has none, somebody else may make them; an ExternalName leads out of the cluster (S-047).
 */
export function resolveEndpointPorts(model: Model): EndpointLink[] {
  // A slice without the label belongs to no Service, whatever that is called (S-048).
  const labelled = model.endpoints.filter(({ serviceName }) => serviceName !== undefined);
  const setsOf = groupBy(labelled, ({ namespace, serviceName }) => `${namespace}\0${serviceName}`);
  return model.services.flatMap((service) => {
    if (isSelecting(service)) return [];
    const external = service.type?.value === 'ExternalName';
    const sets = external ? [] : (setsOf.get(`${service.namespace}\0${service.name}`) ?? []);
    if (sets.length > 0) {
      return sets.flatMap((endpoints) => service.ports.map((port) => join(service, port, endpoints, sets)));
    }
    const verdict = unproved(
      service.outside ? 'endpoints-outside' : external ? 'external-name' : 'endpoints',
    );
    return service.ports.map(
      (servicePort): EndpointLink => ({
        kind: 'target-port',
        through: 'endpoints',
        service,
        servicePort,
        endpoints: undefined,
        endpointPort: undefined,
        ...verdict,
        evidence: 'declared',
      }),
    );
  });
}

function join(
  service: Service,
  servicePort: ServicePort,
  endpoints: EndpointSet,
  sets: readonly EndpointSet[],
): EndpointLink {
  const endpointPort = endpoints.ports.find((port) => joins(servicePort, port));
  const link = {
    kind: 'target-port',
    through: 'endpoints',
    service,
    servicePort,
    endpoints,
    endpointPort,
    evidence: 'declared',
  } as const;
  if (endpointPort) return { ...whole('endpoint-port'), ...link };
  // Slices are united: another one may carry the port (S-034).
  if (sets.some(({ ports }) => ports.some((port) => joins(servicePort, port)))) {
    return { ...whole('port-of-other-endpoints'), ...link };
  }
  // A program that elects a leader, or follows a server outside, fills what the manifest leaves empty.
  if (sets.every(({ ports, addressCount }) => ports.length === 0 && addressCount === 0)) {
    return { ...unproved('endpoints-unfilled'), ...link };
  }
  return { ...broken('no-endpoint-port'), ...link };
}

const joins = (servicePort: ServicePort, { name, port, protocol }: EndpointPort): boolean =>
  (name?.value ?? '') === (servicePort.name?.value ?? '') &&
  protocolOf(protocol) === protocolOf(servicePort.protocol) &&
  typeof port?.value === 'number' &&
  port.value !== 0;
