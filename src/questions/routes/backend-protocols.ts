import type { BindLink } from '../../graph/links/pod-links.ts';
import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { BackendLink } from '../../graph/links/route-links.ts';
import type { TargetPortLink } from '../../graph/links/service-links.ts';
import type { Service, ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { Backend } from '../../model/route.ts';
import type { Located, Location } from '../../text/source.ts';
import { table } from '../../text/table.ts';
import { spokenByProcess } from '../processes/process-speech.ts';
import { spokenByGateway } from './gateway-speech.ts';
import { inferredByTraefik, spokenByRoute, TRAEFIK_SCHEME } from './route-speech.ts';
import type { Speech } from './speech.ts';

export const NGINX_PROTOCOL = 'nginx.ingress.kubernetes.io/backend-protocol';
const NGINX_PASSTHROUGH = 'nginx.ingress.kubernetes.io/ssl-passthrough';

const NGINX_WORDS = table<string | undefined>({
  HTTPS: 'HTTPS',
  GRPC: 'gRPC',
  GRPCS: 'gRPC over TLS',
  FCGI: 'FastCGI',
  AUTO_HTTP: undefined,
});

/** What the controller speaks to this backend; undefined where the controller or its choice is not known. */
export function spokenTo(link: BackendLink): Speech | undefined {
  const port = portOf(link);
  if (!link.service || !port) return undefined;
  if (link.route.api !== 'ingress') {
    return link.route.api === 'gateway-api' ? spokenByGateway(link, port) : spokenByRoute(link, port);
  }
  switch (link.controller.name) {
    case 'ingress-nginx':
    case 'f5-nginx':
      return spokenByF5(link, link.service) ?? spokenByNginx(link);
    case 'traefik':
      return spokenByTraefik(link.service, port);
    default:
      return undefined;
  }
}

/** Port numbers, port names and appProtocol count for nothing; a word it does not know is HTTP (S-131). */
function spokenByNginx({ route: { annotations } }: BackendLink): Speech | undefined {
  if (annotations.get(NGINX_PASSTHROUGH)?.value === 'true') return undefined;
  const asked = annotations.get(NGINX_PROTOCOL);
  const word = asked?.value.trim().toUpperCase() ?? 'HTTP';
  const protocol = word in NGINX_WORDS ? NGINX_WORDS[word] : 'HTTP';
  return protocol === undefined
    ? undefined
    : { protocol, ground: { is: 'asked', of: 'ingress-nginx' }, at: asked };
}

/** Services of which each list says what the controller of F5 speaks to them. */
const F5_LISTS = { 'nginx.org/ssl-services': 'HTTPS', 'nginx.org/grpc-services': 'gRPC' } as const;

/** A class called `nginx` may be either's; whoever writes such a list tells whose it is. */
function spokenByF5(
  { route: { annotations }, controller }: BackendLink,
  service: Service,
): Speech | undefined {
  const said = Object.entries(F5_LISTS).flatMap(([name, protocol]) => {
    const list = annotations.get(name);
    return list ? [{ protocol, list }] : [];
  });
  const listed = said.find(({ list }) => list.value.split(',').some((one) => one.trim() === service.name));
  if (listed) {
    const { protocol, list } = listed;
    return { protocol, ground: { is: 'asked', of: 'NGINX' }, at: list };
  }
  if (controller.name !== 'f5-nginx' && said.length === 0) return undefined;
  return { protocol: 'HTTP', ground: { is: 'unlisted' }, at: said[0]?.list };
}

/** The Service's annotation, else what the port looks like (S-138). */
function spokenByTraefik({ annotations }: Service, port: ServicePort): Speech {
  const asked = annotations.get(TRAEFIK_SCHEME);
  if (!asked) return inferredByTraefik(port);
  const protocol = table({ https: 'HTTPS', h2c: 'gRPC', http: 'HTTP' })[asked.value] ?? asked.value;
  return { protocol, ground: { is: 'asked', of: 'Traefik' }, at: asked };
}

/** The Service port that a backend reaches. */
export const portOf = ({ servicePort, byTargetPort }: BackendLink): ServicePort | undefined =>
  servicePort ?? byTargetPort;

export const askedPort = ({ portNumber: number, portName }: Backend): Location | undefined =>
  number ?? portName;

/**
 * What the backend understands. Facts about its process go before names, the Pod's name for the port before the
 * Service's, and numbers count only where nothing else speaks: 8443 is often HTTP without TLS.
 */
export function understoodBy(graph: PortGraph): (link: BackendLink) => Speech | undefined {
  const understood = understoodAt(graph);
  return (link) => {
    const port = portOf(link);
    return link.service && port && understood(link.service, port);
  };
}

/** The same of a port of a Service. */
export function understoodAt(graph: PortGraph): (service: Service, port: ServicePort) => Speech | undefined {
  const bindsByTarget = new Map(graph.binds.flatMap((bind) => bind.from.map((target) => [target, bind])));
  return (service, port) => {
    const targets = graph.targetPortsOf(service).filter(({ servicePort }) => servicePort === port);
    for (const target of targets) {
      const bind = bindsByTarget.get(target);
      const fact = bind && byFact(target, bind);
      if (fact) return fact;
    }
    return byDeclaration(port, targets);
  };
}

function byDeclaration(port: ServicePort, targets: readonly TargetPortLink[]): Speech | undefined {
  const podName =
    targets.find(({ declared }) => declared?.name)?.declared?.name ??
    (typeof port.targetPort?.value === 'string' ? (port.targetPort as Located<string>) : undefined);
  if (podName) return byName(podName, 'pod-port-name');
  const said = port.appProtocol && byAppProtocol(port.appProtocol);
  if (said) return said;

  const number = targets[0]?.number ?? portNumber(port.targetPort) ?? portNumber(port.port);
  const secure = number === 443 || number === 8443;
  const named = port.name && byName(port.name, 'service-port-name');
  // A Service port may be called for what stands before it, and end at another kind of port of the Pod.
  if (named) return (named.protocol === 'HTTPS') === secure ? named : undefined;
  if (portNumber(port.port) !== 443 || !secure) return undefined;
  return { protocol: 'HTTPS', ground: { is: 'https-port' }, at: (port.targetPort ?? port.port)!.at };
}

function byFact(target: TargetPortLink, bind: BindLink): Speech | undefined {
  if (bind.listener?.speaks === 'HTTPS with redirect' && bind.state === 'whole') {
    const at = target.container?.image ?? target.workload.nameAt;
    return {
      protocol: 'HTTPS',
      ground: { is: 'redirects', port: bind.listener.port },
      at,
      redirects: true,
    };
  }
  const protocol = spokenByProcess(bind);
  if (protocol === undefined) return undefined;
  const configured = bind.listener?.speaks ? bind.listener.at : undefined;
  const at = configured ?? target.container?.image ?? bind.container?.image ?? target.workload.nameAt;
  return { protocol, ground: { is: 'speaks', port: bind.listener?.port }, at };
}

function byName(name: Located<string>, is: 'pod-port-name' | 'service-port-name'): Speech | undefined {
  const protocol = /^https(-|$)/.test(name.value)
    ? 'HTTPS'
    : /^grpc(-|$)(?!web)/.test(name.value)
      ? 'gRPC'
      : /^http(-|$)/.test(name.value)
        ? 'HTTP'
        : undefined;
  return protocol && { protocol, ground: { is }, at: name.at };
}

const APP_PROTOCOLS = table<string>({
  http: 'HTTP',
  https: 'HTTPS',
  grpc: 'gRPC',
  'kubernetes.io/h2c': 'gRPC',
  'kubernetes.io/ws': 'HTTP',
  'kubernetes.io/wss': 'HTTPS',
});

function byAppProtocol(said: Located<string>): Speech | undefined {
  const protocol = APP_PROTOCOLS[said.value.toLowerCase()];
  return protocol === undefined ? undefined : { protocol, ground: { is: 'app-protocol' }, at: said };
}
