import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import { isIstioGateway } from '../../model/istio.ts';
import type { Service, Workload } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { gatewayPods } from './gateway-pods.ts';
import type { UnexposedListener } from './unexposed-listener.ts';

/**
 * Servers of Istio's Gateways that no Service of their proxies carries. The number is that of a Service port, behind
 * which the proxy then listens; where no Service has it, the proxy listens on the number itself (S-162).
 */
export function unexposedServers(graph: PortGraph): UnexposedListener[] {
  const podsOf = gatewayPods(graph.model);
  const known = new Map<readonly Workload[], Carried | undefined>();
  const carriedTo = (pods: readonly Workload[]): Carried | undefined => {
    if (!known.has(pods)) known.set(pods, carried(pods, graph));
    return known.get(pods);
  };
  return graph.model
    .ofKind('Gateway')
    .filter(isIstioGateway)
    .flatMap((gateway) => {
      const there = carriedTo(podsOf(gateway) ?? []);
      if (!there) return [];
      return gateway.listeners.flatMap(({ name, port }): UnexposedListener[] => {
        const number = portNumber(port);
        if (!port || number === undefined || there.numbers.has(number)) return [];
        return [
          {
            owner: gateway,
            field: `spec.servers[${name?.value ?? ''}].port.number`,
            port,
            number,
            lacks: 'service-port',
            by: there.by,
            opened: there.opened,
            meant: undefined,
            controller: { name: 'istio', certain: true, className: undefined },
          },
        ];
      });
    });
}

/** What the Services of some proxies bring to them. */
interface Carried {
  readonly by: Service;
  readonly numbers: ReadonlySet<number>;
  readonly opened: UnexposedListener['opened'];
}

/** Undefined where nothing is sure: a port of their nodes may lead there too, or a Service's port leads anywhere. */
function carried(pods: readonly Workload[], { targetPorts, hostPorts }: PortGraph): Carried | undefined {
  const proxies = new Set(pods);
  const isOnNode =
    pods.some(({ template }) => template.hostNetwork) ||
    hostPorts.some(({ workload }) => proxies.has(workload));
  const links = targetPorts
    .filter(({ workload }) => proxies.has(workload))
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const [first] = links;
  if (isOnNode || !first || links.some(({ state }) => state === 'unproved')) return undefined;
  return { by: first.service, numbers: new Set(links.flatMap(numbersOf)), opened: openedBy(links) };
}

const nameOf = ({ service, servicePort }: TargetPortLink): string =>
  `${service.namespace}/${service.name}/${servicePort.index}`;

/** A label of the Service makes its own numbers count for nothing. */
function numbersOf({ service, servicePort, number }: TargetPortLink): number[] {
  const own = service.labels.has('experimental.istio.io/disable-gateway-port-translation')
    ? undefined
    : portNumber(servicePort.port);
  return [number, own].flatMap((one) => one ?? []);
}

const openedBy = (links: readonly TargetPortLink[]): UnexposedListener['opened'] =>
  links.flatMap(({ servicePort: { port, name, protocol } }) => {
    const number = portNumber(port);
    return number === undefined ? [] : [{ number, name: name?.value ?? protocolOf(protocol), at: port!.at }];
  });
