import { containerKeyOf, keyOf } from '../graph/links/end.ts';
import { endsOf } from '../graph/links/ends.ts';
import type { Link } from '../graph/links/link.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import { policiesOf } from '../graph/policies/policy-pods.ts';
import { serviceClientsOf } from '../graph/webhooks/resolve.ts';
import { describe } from '../model/describe.ts';
import { isListenerOwner, LISTENER_KINDS, type ListenerOwner } from '../model/gateway-api.ts';
import { isIstioGateway } from '../model/istio.ts';
import type { Container, EndpointSet, Resource, Service, Workload } from '../model/model.ts';
import { isCilium, type Policy } from '../model/policy.ts';
import { isPortName, isPortNumber } from '../model/ports.ts';
import { protocolOf } from '../model/protocol.ts';
import type { ServiceClient } from '../model/service-client.ts';
import type { Located, Location } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';

/** A field that holds the number or the name of a port, and what the API server takes there. */
export interface PortField {
  readonly resource: Resource;
  /** Who holds it, for people: Service `a/b`; container `web` of Deployment `a/b`. */
  readonly holder: string;
  /** Where it is in the resource, by name: `spec.ports[http].targetPort`. */
  readonly field: string;
  /** The field's own name: `targetPort`. */
  readonly key: string;
  /** Undefined where a field that must be there is not. */
  readonly value: Located<Scalar> | undefined;
  /** The value, or whatever it is missing from. */
  readonly at: Location;
  /** An IntOrString takes either (S-001). */
  readonly takes: 'number' | 'name' | 'either';
  /** Which numbers (S-003): from 1 to 65535; the same and 0 for unset; any. */
  readonly range: 'port' | 'port-or-zero' | 'any';
  /** Which names: those of container ports and whoever refers to them (S-004), or those of Service ports (S-005). */
  readonly naming: 'port' | 'service-port';
}

/** Kept for each graph: several rules go through them. */
const unusual = new WeakMap<PortGraph, readonly PortField[]>();

/** Those of which there may be something to say: without the plain numbers and names, which are nearly all. */
export function unusualPortFields(graph: PortGraph): readonly PortField[] {
  const known = unusual.get(graph);
  if (known) return known;
  const fields: PortField[] = [];
  for (const one of portFieldsOf(graph)) if (!isPlain(one)) fields.push(one);
  unusual.set(graph, fields);
  return fields;
}

/** A port's number, or a text that is a legal name wherever one is taken, and was written as text. */
function isPlain({ value: at, takes, resource }: PortField): boolean {
  const value = at?.value;
  if (typeof value === 'number') return isPortNumber(value);
  return (
    typeof value === 'string' && takes !== 'number' && resource.misfits.length === 0 && isPortName(value)
  );
}

/** Every field of the set that holds a port. */
export function* portFieldsOf(graph: PortGraph): Generator<PortField> {
  for (const service of graph.model.services) yield* ofService(service);
  for (const workload of graph.model.workloads) {
    for (const container of workload.template.containers) yield* ofContainer(workload, container);
  }
  for (const endpoints of graph.model.endpoints) yield* ofEndpoints(endpoints);
  for (const policy of policiesOf(graph.model)) yield* ofPolicy(policy);
  for (const client of serviceClientsOf(graph.model)) yield* ofServiceClient(client);
  yield* ofBackends(graph);
  yield* ofParents(graph);
  for (const owner of LISTENER_KINDS.flatMap((kind) => graph.model.ofKind(kind)).filter(isListenerOwner)) {
    yield* ofListeners(owner);
  }
}

type Rest = Pick<PortField, 'key' | 'value'> &
  Partial<Pick<PortField, 'at' | 'takes' | 'range' | 'naming' | 'holder'>>;

/** Most fields take a number from 1 to 65535, and names as containers have them. */
const fieldOf = (resource: Resource, holder: string, path: string, rest: Rest): PortField => ({
  resource,
  holder,
  field: `${path}.${rest.key}`,
  at: rest.value?.at ?? resource.nameAt,
  takes: 'number',
  range: 'port',
  naming: 'port',
  ...rest,
});

function* ofService(service: Service): Generator<PortField> {
  const holder = describe(service);
  for (const one of service.ports) {
    const path = `spec.ports[${keyOf(one)}]`;
    const { name, port, targetPort, nodePort, at } = one;
    if (name)
      yield fieldOf(service, holder, path, {
        key: 'name',
        value: name,
        takes: 'name',
        naming: 'service-port',
      });
    // A piece of a Service, to be merged into a whole one, seldom says a selector.
    if (port) yield fieldOf(service, holder, path, { key: 'port', value: port });
    else if (targetPort && service.selector.size > 0)
      yield fieldOf(service, holder, path, { key: 'port', value: undefined, at });
    if (targetPort)
      yield fieldOf(service, holder, path, {
        key: 'targetPort',
        value: targetPort,
        takes: 'either',
        range: 'port-or-zero',
      });
    if (nodePort)
      yield fieldOf(service, holder, path, { key: 'nodePort', value: nodePort, range: 'port-or-zero' });
  }
  const healthCheck = service.healthCheckNodePort;
  if (healthCheck)
    yield fieldOf(service, holder, 'spec', {
      key: 'healthCheckNodePort',
      value: healthCheck,
      range: 'port-or-zero',
    });
}

function* ofContainer(workload: Workload, container: Container): Generator<PortField> {
  const holder = `container \`${container.name}\` of ${describe(workload)}`;
  for (const one of container.ports) {
    const path = `containers[${container.name}].ports[${containerKeyOf(one)}]`;
    const { name, number, hostPort, at } = one;
    if (name) yield fieldOf(workload, holder, path, { key: 'name', value: name, takes: 'name' });
    // A piece of a container, to be merged into a whole one, seldom says an image.
    if (number) yield fieldOf(workload, holder, path, { key: 'containerPort', value: number });
    else if (container.image)
      yield fieldOf(workload, holder, path, { key: 'containerPort', value: undefined, at });
    if (hostPort)
      yield fieldOf(workload, holder, path, { key: 'hostPort', value: hostPort, range: 'port-or-zero' });
  }
  for (const { type, handler, port } of container.probes) {
    const what = type === 'postStart' || type === 'preStop' ? `the ${type} hook` : `the ${type} probe`;
    yield fieldOf(workload, `${what} of ${holder}`, `containers[${container.name}].${type}.${handler}`, {
      key: 'port',
      value: port,
      takes: 'either',
    });
  }
}

function* ofEndpoints(endpoints: EndpointSet): Generator<PortField> {
  const holder = describe(endpoints);
  const range = endpoints.kind === 'EndpointSlice' ? 'any' : 'port';
  for (const { name, port } of endpoints.ports) {
    const path = `ports[${name?.value ?? port?.value ?? ''}]`;
    if (name)
      yield fieldOf(endpoints, holder, path, {
        key: 'name',
        value: name,
        takes: 'name',
        naming: 'service-port',
      });
    if (port) yield fieldOf(endpoints, holder, path, { key: 'port', value: port, range });
  }
}

function* ofPolicy(policy: Policy): Generator<PortField> {
  const holder = describe(policy);
  for (const { field, ports } of policy.parts.flatMap(({ rules }) => rules)) {
    for (const { port, endPort, protocol } of ports ?? []) {
      const path = `${field}.ports[${port?.value ?? ''}/${protocolOf(protocol)}]`;
      // Cilium's 0 is every port.
      const range = isCilium(policy) ? 'port-or-zero' : 'port';
      if (port) yield fieldOf(policy, holder, path, { key: 'port', value: port, takes: 'either', range });
      if (endPort) yield fieldOf(policy, holder, path, { key: 'endPort', value: endPort });
    }
  }
}

function* ofServiceClient(client: ServiceClient): Generator<PortField> {
  for (const { caller, field, port } of client.references) {
    if (port) yield fieldOf(client, `${caller}${describe(client)}`, field, { key: 'port', value: port });
  }
}

/** One backend may have several links, where the input defines its Service several times. */
function* ofBackends(graph: PortGraph): Generator<PortField> {
  const told = new Set<unknown>();
  for (const link of graph.backends) {
    const { route, backend, service } = link;
    if (told.has(backend)) continue;
    told.add(backend);
    const path = endsOf(link).from.field;
    const holder = describe(route);
    const { portName, portNumber, portNameKeyAt } = backend;
    if (portNumber) {
      // 0 counts as unset, and then there must be a name (S-116).
      // Traefik's own kinds take any number, and the Service has no such port.
      const range = route.api === 'traefik' ? 'any' : portName ? 'port-or-zero' : 'port';
      const key = route.api === 'istio' || route.api === 'ingress' ? 'port.number' : 'port';
      yield fieldOf(route, holder, path, { key, value: portNumber, range });
    }
    // What the Service has under no such name, or under one that an Ingress cannot say, is a backend's fault already.
    if (portName && route.api === 'ingress' && !(service && link.state === 'broken')) {
      const key = portNameKeyAt ? 'port.name' : 'servicePort';
      yield fieldOf(route, holder, path, { key, value: portName, takes: 'name' });
    }
  }
}

function* ofParents(graph: PortGraph): Generator<PortField> {
  const ports = new Map(
    graph.parents.flatMap((link) => (link.parentRef?.port ? [[link.parentRef.port, link] as const] : [])),
  );
  for (const [value, { route, from }] of ports)
    yield fieldOf(route, describe(route), from.field, { key: 'port', value });
}

function* ofListeners(owner: ListenerOwner): Generator<PortField> {
  // In a set, 0 asks for any port that is free.
  const range = owner.kind === 'Gateway' ? 'port' : 'port-or-zero';
  const [list, key] = isIstioGateway(owner) ? ['servers', 'port.number'] : ['listeners', 'port'];
  for (const { name, port } of owner.listeners) {
    const path = `spec.${list}[${name?.value ?? ''}]`;
    if (port) yield fieldOf(owner, describe(owner), path, { key: key!, value: port, range });
  }
}

/** The broken link that starts at a field, by its value. */
export function brokenLinks(graph: PortGraph): (value: Located<Scalar>) => Link | undefined {
  let links: Map<unknown, Link> | undefined;
  return (value) => {
    links ??= new Map(
      [
        ...graph.backends,
        ...graph.targetPorts,
        ...graph.probes,
        ...graph.policies,
        ...graph.webhooks,
      ].flatMap((link) =>
        link.state === 'broken' ? startsOf(link).map((start): [unknown, Link] => [start, link]) : [],
      ),
    );
    return links.get(value);
  };
}

function startsOf(
  link: PortGraph['backends' | 'targetPorts' | 'probes' | 'policies' | 'webhooks'][number],
): unknown[] {
  switch (link.kind) {
    case 'backend':
      return [link.backend.portNumber, link.backend.portName];
    case 'target-port':
      return [link.servicePort.targetPort ?? link.servicePort.port];
    case 'probe':
      return [link.probe.port];
    case 'webhook':
      return [link.reference.port];
    case 'policy':
      return [link.from.at];
  }
}
