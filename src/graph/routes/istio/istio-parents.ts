import {
  ISTIO_GROUP,
  type IstioGateway,
  type IstioServer,
  type VirtualService,
} from '../../../model/istio.ts';
import type { Service, ServicePort } from '../../../model/model.ts';
import { isPlaceholder, portNumber } from '../../../model/ports.ts';
import { protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { ParentRef, RouteRule } from '../../../model/route.ts';
import type { Located } from '../../../text/source.ts';
import { definitionsNamed } from '../../links/definitions.ts';
import { end, endPort, servicePortEnd } from '../../links/end.ts';
import { type Unproved, unproved, type Verdict } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { ParentLink } from '../../links/route-links.ts';
import { routedAs } from '../../mesh/mesh-protocol.ts';
import { findService } from '../../services/find-service.ts';
import { meshHostOf } from './istio-hosts.ts';
import type { IstioIndex } from './istio-index.ts';
import { admissionTo, carriedBy, servedHosts } from './istio-servers.ts';

/** One place where traffic comes to a route. */
export interface Entrance {
  readonly link: ParentLink;
  /** The Gateway as `namespace/name`, or `mesh`. */
  readonly gateway: string;
  readonly hosts: readonly string[];
  /** The rules that are asked there; undefined where any may be. */
  readonly runs: RouteRule['protocol'] | undefined;
}

export const entrancesOf = (route: VirtualService, index: IstioIndex): Entrance[] => [
  ...route.parents.flatMap((ref) => toGateway(route, ref, index)),
  ...(route.inMesh ? route.hosts.flatMap((host) => fromMesh(route, host, index)) : []),
];

type Asked = Omit<ParentLink, keyof Verdict>;

const askedBy = (route: VirtualService, parentRef: ParentRef, field: string): Asked => ({
  kind: 'parent',
  evidence: 'declared',
  route,
  parentRef,
  from: end(route, field, parentRef.at, {
    port: endPort(parentRef.name.value, undefined, undefined),
  }),
  to: undefined,
  parent: undefined,
  port: undefined,
  hostname: undefined,
  fault: undefined,
});

function toGateway(route: VirtualService, ref: ParentRef, { gatewaysNamed, model }: IstioIndex): Entrance[] {
  const namespace = ref.namespace?.value ?? route.namespace;
  const gateway = `${namespace}/${ref.name.value}`;
  const asked = askedBy(route, ref, `spec.gateways[${gateway}]`);
  const written = route.hosts.map(({ value }) => value);
  const unknown = (lack: Unproved, fault?: 'no-parent'): Entrance => ({
    link: { ...asked, ...lack, fault },
    gateway,
    hosts: written,
    runs: undefined,
  });
  if (isPlaceholder(ref.name) || isPlaceholder(ref.namespace)) return [unknown(unproved('filled-in'))];
  const gateways = definitionsNamed(model.budget, route, gatewaysNamed(namespace, ref.name.value));
  if (gateways.length === 0) {
    const object = { kind: 'Gateway', namespace, name: ref.name.value };
    return [unknown(unproved('parent', { object }), 'no-parent')];
  }
  return gateways.flatMap((parent) => {
    if (parent.listeners.length === 0) {
      const to = end(parent, 'spec.servers', parent.listenersAt);
      const verdict = broken('no-servers', { gateway: parent.name });
      const link: ParentLink = { ...asked, ...verdict, fault: 'no-listener', parent, to };
      return [{ link, gateway, hosts: written, runs: undefined }];
    }
    return toServers(route, parent, asked, model).map(({ link, server }): Entrance => {
      const served = servedHosts(route, server, parent);
      // A server that serves none of the route's hosts is still the way that its author meant.
      return { link, gateway, hosts: served.length > 0 ? served : written, runs: carriedBy(server) };
    });
  });
}

interface ToServer {
  readonly link: ParentLink;
  readonly server: IstioServer;
}

/** A Gateway's servers that refuse a route are not meant, unless all of them do. */
function toServers(
  route: VirtualService,
  gateway: IstioGateway,
  asked: Asked,
  { budget }: Model,
): ToServer[] {
  const servers = budget.first(gateway.listeners, route);
  const isCut = servers.length < gateway.listeners.length;
  const all = servers.map((server) => {
    const { passed, ...admission } = budget.allows(server.hosts.length * route.hosts.length, route)
      ? admissionTo(route, server, gateway)
      : TOO_MANY;
    const { name, port, protocol, at, hosts } = server;
    const number = portNumber(port);
    const link: ParentLink = {
      ...asked,
      ...admission,
      parent: gateway,
      port: number,
      hostname: hosts.map(({ value }) => value).join(', '),
      to: end(gateway, `spec.servers[${name?.value ?? ''}]`, (port ?? name ?? { at }).at, {
        port: endPort(name?.value, number, protocol?.value),
      }),
    };
    return { link, server, passed };
  });
  const taking = all.filter(({ link }) => link.state !== 'broken');
  if (taking.length > 0) return taking;
  if (isCut) return all.slice(0, 1).map((one) => ({ ...one, link: { ...one.link, ...TOO_MANY } }));
  return [all.reduce((best, one) => (one.passed > best.passed ? one : best))];
}

const TOO_MANY = { ...unproved('too-many', { of: 'servers' }), fault: undefined, passed: 0 } as const;

/** In the mesh, clients dial the host of the route, which is a Service or what a ServiceEntry tells of. */
function fromMesh(route: VirtualService, host: Located<string>, index: IstioIndex): Entrance[] {
  const { fqdn, service } = meshHostOf(host, route.namespace);
  const ref: ParentRef = {
    group: service ? '' : ISTIO_GROUP,
    kind: service ? 'Service' : 'ServiceEntry',
    namespace: service?.namespace,
    name: service?.name ?? host,
    sectionName: undefined,
    port: undefined,
    at: host.at,
  };
  const asked = askedBy(route, ref, `spec.hosts[${host.value}]`);
  const entrance = (link: ParentLink, runs?: RouteRule['protocol']): Entrance => ({
    link,
    gateway: 'mesh',
    hosts: [host.value],
    runs,
  });
  if (isPlaceholder(host)) return [entrance({ ...asked, ...unproved('filled-in') })];
  const found =
    service && findService(index.model, route, service.namespace?.value ?? route.namespace, service.name);
  if (found?.services) {
    return found.services.flatMap((one) =>
      one.ports
        .filter(({ protocol }) => protocolOf(protocol) === 'TCP')
        .map((port) => entrance(toServicePort(asked, one, port), routedAs(port))),
    );
  }
  const entries = index.entriesFor(fqdn);
  if (entries.length > 0) {
    return entries.flatMap((entry) =>
      entry.ports.map((port) => {
        const number = portNumber(port);
        const to = end(entry, `spec.ports[${port.value}]`, port, {
          port: endPort(undefined, number, undefined),
        });
        return entrance({ ...asked, ...whole('entry-in-mesh'), parent: entry, port: number, to });
      }),
    );
  }
  const namespace = ref.namespace?.value ?? route.namespace;
  const lack = found
    ? unproved('mesh-host', {
        object: { kind: 'Service', namespace, name: ref.name.value },
        found: found.verdict,
      })
    : unproved('mesh-entry', {
        object: { kind: 'ServiceEntries', namespace, name: undefined },
        host: host.value,
      });
  return [entrance({ ...asked, ...lack, fault: found ? 'no-parent' : undefined })];
}

const toServicePort = (asked: Asked, service: Service, port: ServicePort): ParentLink => ({
  ...asked,
  ...whole('dialled-in-mesh'),
  parent: service,
  port: portNumber(port.port),
  to: servicePortEnd(service, port),
});
