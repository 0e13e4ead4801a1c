import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { BackendLink } from '../../graph/links/route-links.ts';
import type { ContainerPort, ServicePort, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { nearest } from '../../text/suggest.ts';

/** What a port that the Service does not have may stand for. */
export type BackendClue =
  /** It is what this Service port forwards to, as its targetPort says it. */
  | { readonly kind: 'target-port'; readonly meant: ServicePort }
  /** It is the containerPort, or its name, that this Service port ends at. */
  | {
      readonly kind: 'forwarded';
      readonly meant: ServicePort;
      readonly workload: Workload;
      readonly containerPort: ContainerPort;
    }
  /** A selected workload declares it, and no port of the Service forwards to it. */
  | {
      readonly kind: 'container-port';
      readonly meant: undefined;
      readonly workload: Workload;
      readonly containerPort: ContainerPort;
    }
  /** It is the Service's own port, where the API compares with endpoints (S-168). */
  | { readonly kind: 'service-port'; readonly meant: ServicePort }
  /** A number where a name is expected. */
  | { readonly kind: 'number-as-name'; readonly meant: ServicePort }
  | { readonly kind: 'similar-name'; readonly meant: ServicePort };

/** Looks from a backend port that the Service lacks along the chain, and then for a similar name. */
export function clueOf({ backend, service, route }: BackendLink, graph: PortGraph): BackendClue | undefined {
  if (!service || !graph.model.budget.allows(service.ports.length, route)) return undefined;
  const name = backend.portName?.value;
  const number = portNumber(backend.portNumber) ?? (name && /^\d+$/.test(name) ? Number(name) : undefined);
  const isIt = (port: ContainerPort): boolean =>
    number === undefined ? port.name?.value === name : portNumber(port.number) === number;

  if (route.api === 'openshift') {
    const own = service.ports.find(({ port }) => number !== undefined && portNumber(port) === number);
    if (own) return { kind: 'service-port', meant: own };
  }
  const byNumber = name && service.ports.find(({ port }) => number && portNumber(port) === number);
  if (byNumber) return { kind: 'number-as-name', meant: byNumber };
  const behind = service.ports.find(({ targetPort }) => targetPort && targetPort.value === (number ?? name));
  if (behind) return { kind: 'target-port', meant: behind };
  const forwarding = graph.targetPortsOf(service).find(({ declared }) => declared && isIt(declared));
  if (forwarding?.declared) {
    const { servicePort: meant, workload, declared } = forwarding;
    return { kind: 'forwarded', meant, workload, containerPort: declared };
  }
  for (const workload of graph.workloadsOf(service)) {
    const containerPort = workload.template.containers
      .filter(({ role }) => role !== 'init')
      .flatMap(({ ports }) => ports)
      .find(isIt);
    if (containerPort) return { kind: 'container-port', meant: undefined, workload, containerPort };
  }
  const [similar] = nearest(
    name ?? '',
    service.ports.flatMap((port) => port.name?.value ?? []),
  );
  const meant = similar && service.ports.find((port) => port.name?.value === similar);
  return meant ? { kind: 'similar-name', meant } : undefined;
}
