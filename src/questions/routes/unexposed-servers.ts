import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import { type IstioGateway, isIstioGateway } from '../../model/istio.ts';
import { portNumber } from '../../model/ports.ts';
import { protocolOf } from '../../model/protocol.ts';
import { selects } from '../../model/selector.ts';
import type { UnexposedListener } from './unexposed-listener.ts';

/**
 * Servers of Istio's Gateways that no Service of their proxies carries. The number is that of a Service port, behind
 * which the proxy then listens; where no Service has it, the proxy listens on the number itself (S-162).
 */
export function unexposedServers(graph: PortGraph): UnexposedListener[] {
  return graph.model
    .ofKind('Gateway')
    .filter(isIstioGateway)
    .flatMap((gateway) => {
      const links = before(gateway, graph);
      if (links.length === 0) return [];
      return gateway.listeners.flatMap(({ name, port }): UnexposedListener[] => {
        const number = portNumber(port);
        if (!port || number === undefined || links.some((link) => carries(link, number))) return [];
        return [
          {
            owner: gateway,
            field: `spec.servers[${name?.value ?? ''}].port.number`,
            port,
            number,
            lacks: 'service-port',
            by: links[0]!.service,
            opened: openedBy(links),
            meant: undefined,
            controller: { name: 'istio', certain: true, className: undefined },
          },
        ];
      });
    });
}

/** How traffic gets to the proxies; none where a port of their nodes may lead there too. */
function before({ selector }: IstioGateway, { model, targetPorts, hostPorts }: PortGraph): TargetPortLink[] {
  const proxies = new Set(model.workloads.filter((workload) => selects(selector, workload)));
  const isOnNode =
    [...proxies].some(({ template }) => template.hostNetwork) ||
    hostPorts.some(({ workload }) => proxies.has(workload));
  return isOnNode
    ? []
    : targetPorts
        .filter(({ workload }) => proxies.has(workload))
        .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const nameOf = ({ service, servicePort }: TargetPortLink): string =>
  `${service.namespace}/${service.name}/${servicePort.index}`;

/** A label of the Service makes its own numbers count for nothing. */
const carries = ({ service, servicePort, number: target, state }: TargetPortLink, number: number): boolean =>
  target === number ||
  (portNumber(servicePort.port) === number &&
    !service.labels.has('experimental.istio.io/disable-gateway-port-translation')) ||
  state === 'unproved';

const openedBy = (links: readonly TargetPortLink[]): UnexposedListener['opened'] =>
  links.flatMap(({ servicePort: { port, name, protocol } }) => {
    const number = portNumber(port);
    return number === undefined ? [] : [{ number, name: name?.value ?? protocolOf(protocol), at: port!.at }];
  });
