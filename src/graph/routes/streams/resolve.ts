import type { Service, ServicePort, Workload } from '../../../model/model.ts';
import { portNumber } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { Backend, Route } from '../../../model/route.ts';
import { Located } from '../../../text/source.ts';
import { end, endPort, servicePortEnd } from '../../links/end.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { BackendLink, ParentLink } from '../../links/route-links.ts';
import { type BackendVerdict, followBackend, noSuchPort } from '../backends/follow-backend.ts';
import type { RouteLinks } from '../backends/route-links.ts';
import { entriesOf, type StreamEntry, type StreamMap, streamMaps } from './stream-config-maps.ts';

/** Ports that a ConfigMap opens on an ingress controller, each followed to the Service port behind it (S-135). */
export function resolveStreams(model: Model): RouteLinks {
  const links = streamMaps(model).flatMap((map) => {
    const entries = entriesOf(map);
    const route = routeOf(map, entries);
    return entries.map((entry) => {
      const parents = parentsOf(map, entry, route);
      return { parents, backends: backendsOf(model, map, entry, route, parents) };
    });
  });
  return {
    parents: links.flatMap(({ parents }) => parents),
    backends: links.flatMap(({ backends }) => backends),
  };
}

const routeOf = ({ configMap, protocol }: StreamMap, entries: readonly StreamEntry[]): Route => ({
  ...configMap,
  shape: 'route',
  api: 'ingress-nginx',
  annotations: new Map(),
  parents: [],
  rulesAt: configMap.nameAt,
  rules: entries.map((entry) => ({ hosts: [], matches: [], backends: [backendOf(entry)], protocol })),
});

function backendOf({ port, namespace, service, servicePort }: StreamEntry): Backend {
  const number = Number(servicePort.value);
  const { source, start, end: until } = servicePort;
  return {
    service,
    namespace,
    portNumber: /^\d+$/.test(servicePort.value) ? new Located(number, source, start, until) : undefined,
    portName: /^\d+$/.test(servicePort.value) ? undefined : servicePort,
    portNameKeyAt: undefined,
    resource: undefined,
    field: fieldOf(port.value),
    at: port.at,
  };
}

const fieldOf = (port: number): string => `data[${port}]`;

function backendsOf(
  model: Model,
  { controller, protocol }: StreamMap,
  entry: StreamEntry,
  route: Route,
  parents: readonly ParentLink[],
): BackendLink[] {
  const way = { host: undefined, path: undefined, pathType: undefined, port: entry.port.value, protocol };
  // Services that lie before the controller are as many ways in.
  const ways =
    parents.length > 0 ? parents.map((parent) => ({ ...way, parents: [parent] })) : [{ ...way, parents: [] }];
  const asked = {
    route,
    holder: route,
    namespace: entry.namespace.value,
    backend: backendOf(entry),
    field: fieldOf(entry.port.value),
    ways,
    controller,
  };
  return followBackend(model, asked, (service) =>
    verdictOn(asked.backend, service, protocol, asked.controller),
  );
}

/** Number or name with the same protocol; a targetPort is not accepted here by ingress-nginx (S-135). */
function verdictOn(
  { portNumber: number, portName: name }: Backend,
  service: Service,
  protocol: string,
  { name: controller, certain }: BackendLink['controller'],
): BackendVerdict {
  const isAsked = (port: ServicePort): boolean =>
    name ? port.name?.value === name.value : portNumber(port.port) === number?.value;
  const asked = service.ports.filter(isAsked);
  const servicePort = asked.find((port) => protocolOf(port.protocol) === protocol);
  if (servicePort) return { ...whole('service-port'), servicePort };
  const target = service.ports.find(({ targetPort }) => targetPort?.value === (number ?? name)?.value);
  if (target && !(controller === 'ingress-nginx' && certain)) {
    return unproved('stream-controller');
  }
  return asked.length > 0 && number
    ? { ...broken('port-for-other-than', { protocol }), fault: 'protocol' }
    : noSuchPort(service);
}

/** Where the controller's own manifest is there, the port must be one that leads to its Pods from outside. */
function parentsOf(map: StreamMap, { port }: StreamEntry, route: Route): ParentLink[] {
  const { workload, services, protocol } = map;
  if (!workload) return [];
  const asked = endPort(undefined, port.value, protocol);
  const link = {
    kind: 'parent',
    route,
    parentRef: undefined,
    port: port.value,
    hostname: undefined,
    fault: undefined,
    evidence: 'declared',
    from: end(route, fieldOf(port.value), port.at, { port: asked }),
  } as const;
  const opened = services.flatMap((service) =>
    service.ports
      .filter((one) => portNumber(one.port) === port.value && protocolOf(one.protocol) === protocol)
      .map((one): ParentLink => {
        const leads = whole('service-leads-to-controller', { service: service.name });
        return { ...link, parent: service, to: servicePortEnd(service, one), ...leads };
      }),
  );
  if (opened.length > 0) return opened;
  const pods = end(workload, 'containers', workload.template.containersAt, { port: asked });
  if (opensOnNode(workload, port.value)) {
    return [{ ...link, parent: workload, to: pods, ...whole('controller-on-node') }];
  }
  const lack = unproved('stream-service', { workload, number: port.value, protocol });
  return [{ ...link, parent: services[0] ?? workload, to: pods, ...lack }];
}

const opensOnNode = ({ template }: Workload, number: number): boolean =>
  template.hostNetwork ||
  template.containers.some(({ ports }) => ports.some(({ hostPort }) => portNumber(hostPort) === number));
