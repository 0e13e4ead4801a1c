import type { PortGraph } from '../../graph/links/port-graph.ts';
import { gatewayController } from '../../graph/routes/gateway/gateway-controller.ts';
import { gatewayIndex } from '../../graph/routes/gateway/gateway-index.ts';
import { type EntryPointPort, entryPointsOf, isTraefik } from '../../graph/routes/traefik/entry-points.ts';
import { type Gateway, isGateway, type Listener } from '../../model/gateway-api.ts';
import { portNumber } from '../../model/ports.ts';
import { type Protocol, protocolOf } from '../../model/protocol.ts';
import type { UnexposedListener } from './unexposed-listener.ts';
import { unexposedServers } from './unexposed-servers.ts';
import { unexposedStreams } from './unexposed-streams.ts';

type Find = (graph: PortGraph) => UnexposedListener[];

/** Every API whose listeners are ports of a data plane adds its own way of finding out. */
const FINDERS: readonly Find[] = [ofGatewayApi, unexposedServers, unexposedStreams];

export const unexposedListeners: Find = (graph) => FINDERS.flatMap((find) => find(graph));

/** What the chart of Traefik opens, where nobody says otherwise: by the port that its Service has for it. */
const TRAEFIK_DEFAULTS: ReadonlyMap<number, number> = new Map([
  [80, 8000],
  [443, 8443],
]);

function ofGatewayApi(graph: PortGraph): UnexposedListener[] {
  const gateways = graph.model.ofKind('Gateway').filter(isGateway);
  if (gateways.length === 0) return [];
  const index = gatewayIndex(graph.model);
  const behind = traefikOf(graph);
  return gateways.flatMap((gateway) => {
    const controller = gatewayController(gateway, index, graph.settings);
    return gateway.listeners.flatMap((listener) => {
      const number = portNumber(listener.port);
      if (number === undefined) return [];
      const found =
        controller.name === 'traefik'
          ? behind(number, transportOf(listener))
          : controller.name === 'istio'
            ? behindService(gateway, number, graph)
            : undefined;
      if (!found) return [];
      const field = `spec.listeners[${listener.name?.value ?? ''}].port`;
      return [{ owner: gateway, field, port: listener.port!, number, controller, ...found }];
    });
  });
}

const transportOf = ({ protocol }: Listener): Protocol => (protocol?.value === 'UDP' ? 'UDP' : 'TCP');

type Lack = Pick<UnexposedListener, 'lacks' | 'by' | 'opened' | 'meant'>;

/** Traefik takes a listener for the entry point of the same port, as the process opens it, and for no other. */
function traefikOf(graph: PortGraph): (number: number, protocol: Protocol) => Lack | undefined {
  const entryPoints = entryPointsOf(graph.model);
  if (!entryPoints) {
    const isThere = graph.model.workloads.some(({ template }) => template.containers.some(isTraefik));
    return (number) => {
      const meant = TRAEFIK_DEFAULTS.get(number);
      return isThere || meant === undefined
        ? undefined
        : { lacks: 'entry-point', by: undefined, opened: [], meant };
    };
  }
  const { workload, ports } = entryPoints;
  const forwarded = graph.targetPorts.filter((link) => link.workload === workload);
  const hostPorts = graph.hostPorts.filter((link) => link.workload === workload);
  return (number, protocol) => {
    const serving = ports.filter((one) => one.protocol === protocol);
    if (ports.length === 0) return undefined;
    if (!serving.some((one) => one.number === number)) {
      const target = forwarded.find((link) => portNumber(link.servicePort.port) === number)?.number;
      const meant = serving.some((one) => one.number === target) ? target : undefined;
      return { lacks: 'entry-point', by: workload, opened: serving, meant };
    }
    const isCarried =
      forwarded.length === 0 ||
      forwarded.some((link) => link.number === number && link.protocol === protocol) ||
      hostPorts.some(({ containerPort }) => portNumber(containerPort.number) === number) ||
      workload.template.hostNetwork;
    if (isCarried) return undefined;
    const { service } = forwarded[0]!;
    return {
      lacks: 'service-port',
      by: service,
      opened: serving.filter(isForwarded(forwarded)),
      meant: undefined,
    };
  };
}

const isForwarded =
  (links: PortGraph['targetPorts']) =>
  ({ number }: EntryPointPort): boolean =>
    links.some((link) => link.number === number);

/** A Gateway of Istio that names a Service as its address listens on that Service's ports alone (S-163). */
function behindService(gateway: Gateway, number: number, { model }: PortGraph): Lack | undefined {
  const services = gateway.addresses.flatMap(({ value }) => {
    const [name = '', namespace = gateway.namespace] = value.split('.');
    return model.servicesNamed(namespace, name);
  });
  const [by] = services;
  if (!by || services.some(({ ports }) => ports.some(({ port }) => portNumber(port) === number)))
    return undefined;
  const opened = by.ports.flatMap(({ port, name, protocol }) => {
    const own = portNumber(port);
    return own === undefined
      ? []
      : [{ number: own, name: name?.value ?? protocolOf(protocol), at: port!.at }];
  });
  const target = by.ports.find(({ targetPort }) => portNumber(targetPort) === number);
  return { lacks: 'service-port', by, opened, meant: portNumber(target?.port) };
}
