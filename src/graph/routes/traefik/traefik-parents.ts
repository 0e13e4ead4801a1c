import type { Service } from '../../../model/model.ts';
import { isPlaceholder, portNumber, wantedPort } from '../../../model/ports.ts';
import { type Protocol, protocolOf } from '../../../model/protocol.ts';
import type { Model } from '../../../model/resource-set.ts';
import type { ParentRef } from '../../../model/route.ts';
import { selects } from '../../../model/selector.ts';
import type { TraefikRoute } from '../../../model/traefik.ts';
import { end, endPort } from '../../links/end.ts';
import { unproved } from '../../links/lacks/lacking.ts';
import { broken, whole } from '../../links/proofs/proving.ts';
import type { ParentLink } from '../../links/route-links.ts';
import { findPort } from '../../services/target-ports.ts';
import { type EntryPointPort, type EntryPoints, entryPointsOf } from './entry-points.ts';

/** The entry points of the Traefik that the input shows, and where its clients find them. */
export interface Traefik {
  readonly entryPoints: EntryPoints;
  /** The Services that select it. */
  readonly services: readonly Service[];
}

export function traefikOf(model: Model): Traefik | undefined {
  const entryPoints = entryPointsOf(model);
  if (!entryPoints) return undefined;
  const { workload } = entryPoints;
  const services = model.servicesIn(workload.namespace).filter(({ selector }) => selects(selector, workload));
  return { entryPoints, services };
}

/**
 * Each entry point of a route, followed to the flag that opens it. Entry points are part of Traefik's configuration
 * (S-148): without a Traefik in the input there is nothing to follow.
 */
export function entryPointLinks(route: TraefikRoute, traefik: Traefik | undefined): ParentLink[] {
  return traefik ? route.parents.map((parent) => linkTo(route, parent, traefik)) : [];
}

function linkTo(route: TraefikRoute, { name }: ParentRef, traefik: Traefik): ParentLink {
  const { workload, container, flags, ports } = traefik.entryPoints;
  const link = {
    kind: 'parent',
    evidence: 'declared',
    route,
    // No object has the name, so nothing is referred to.
    parentRef: undefined,
    parent: workload,
    hostname: undefined,
    from: end(route, `spec.entryPoints[${name.value}]`, name, {
      port: endPort(name.value, undefined, undefined),
    }),
    to: end(workload, 'entryPoints', workload.nameAt),
    port: clientPort(route, name.value, traefik),
    fault: undefined,
  } as const;
  if (isPlaceholder(name)) return { ...link, to: undefined, ...unproved('filled-in') };
  const key = name.value.toLowerCase();
  const flag = flags.get(key);
  if (!flag) {
    // Traefik makes this one by itself when its dashboard or ping needs it.
    if (key === 'traefik') return { ...link, ...whole('own-entry-point') };
    const missed = broken('no-entry-point', { name: name.value, names: [...flags.keys()] });
    return { ...link, ...missed, fault: 'no-listener' };
  }
  const port = ports.find((one) => one.name.toLowerCase() === key);
  const to = end(workload, `entryPoints[${name.value}]`, port?.at ?? flag, {
    container: container.name,
    port: endPort(name.value, port?.number, port?.protocol),
  });
  const wanted: Protocol = route.kind === 'IngressRouteUDP' ? 'UDP' : 'TCP';
  if (port && port.protocol !== wanted) {
    const apart = { name: name.value, protocol: port.protocol, kind: route.kind, carries: wanted };
    return { ...link, to, ...broken('protocol-of-entry-point', apart), fault: 'protocol' };
  }
  return { ...link, to, ...whole('entry-point') };
}

const USUAL_PORTS: ReadonlyMap<string, number> = new Map([
  ['web', 80],
  ['websecure', 443],
]);

/**
 * The port that clients dial: the one behind which a Service of Traefik, or a node, has the entry point. Where that
 * is not known, `web` and `websecure` are what the chart and k3s make of them; and no number is known to carry TCP.
 */
export function clientPort(
  route: TraefikRoute,
  entryPoint: string | undefined,
  traefik: Traefik | undefined,
): number | undefined {
  const key = entryPoint?.toLowerCase();
  const opened = traefik?.entryPoints.ports.find(({ name }) => name.toLowerCase() === key);
  const exposed = traefik && opened && exposedPort(traefik, opened);
  if (exposed !== undefined) return exposed;
  const usual = USUAL_PORTS.get(key ?? '');
  if (usual !== undefined) return usual;
  if (route.kind !== 'IngressRoute') return undefined;
  return route.tlsAt ? 443 : 80;
}

function exposedPort({ entryPoints, services }: Traefik, opened: EntryPointPort): number | undefined {
  const { workload, container } = entryPoints;
  const { number, protocol } = opened;
  for (const service of services) {
    const port = service.ports.find((one) => {
      const wanted = wantedPort(one)?.value;
      if (protocolOf(one.protocol) !== protocol) return false;
      if (typeof wanted !== 'string') return wanted === number;
      const named = findPort(workload, protocol, ({ name }) => name?.value === wanted);
      return portNumber(named?.port.number) === number;
    });
    if (port) return portNumber(port.port);
  }
  const own = container.ports.find((one) => portNumber(one.number) === number);
  return portNumber(own?.hostPort) ?? (workload.template.hostNetwork ? number : undefined);
}
