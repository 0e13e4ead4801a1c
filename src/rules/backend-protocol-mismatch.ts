import { keyOf } from '../graph/links/end.ts';
import { endsOf } from '../graph/links/ends.ts';
import type { PortGraph } from '../graph/links/port-graph.ts';
import type { BackendLink } from '../graph/links/route-links.ts';
import { describe } from '../model/describe.ts';
import type { Resource, Service } from '../model/model.ts';
import {
  BACKEND_PROTOCOL,
  type SpokenByLoadBalancer,
  spokenByLoadBalancers,
} from '../questions/nodes/ended-tls.ts';
import {
  askedPort,
  NGINX_PROTOCOL,
  portOf,
  spokenTo,
  understoodBy,
} from '../questions/routes/backend-protocols.ts';
import { carriesHttp, refusedAppProtocol } from '../questions/routes/gateway-speech.ts';
import { adviceToSpeak, TRAEFIK_SCHEME } from '../questions/routes/route-speech.ts';
import { type Speech, wordSpeech } from '../questions/routes/speech.ts';
import { withArticle } from '../text/article.ts';
import { groupBy } from '../text/group-by.ts';
import type { Located, Location } from '../text/source.ts';
import { table } from '../text/table.ts';
import { defineRule, type Report, type Rule } from './rule.ts';

const CONTROLLERS = {
  'ingress-nginx': 'ingress-nginx',
  traefik: 'Traefik',
  contour: 'Contour',
  openshift: 'the router',
} as const;

const backendProtocolMismatch: Rule = defineRule({
  id: 'backend-protocol-mismatch',
  severity: 'warning',
  summary:
    'An Ingress, another route or a load balancer speaks a protocol to its backend that the backend does not understand.',

  *check(graph) {
    for (const spoken of spokenByLoadBalancers(graph)) yield byLoadBalancer(spoken);
    if (graph.backends.length === 0) return;
    const misplaced = [...onIngress(graph), ...onService(graph)];
    yield* misplaced;
    const settled = new Set(misplaced.map(({ resources }) => resources[0]));
    const understood = understoodBy(graph);
    const told = new Set<string>();
    for (const link of graph.backends) {
      if (link.state === 'broken' || !link.service || !askedPort(link.backend)) continue;
      // An annotation on the wrong object is the reason, and says so by itself.
      if (settled.has(link.route) || settled.has(link.service)) continue;
      const refused = refusedAppProtocol(link);
      if (refused) {
        yield notServed(link, link.service, refused);
        continue;
      }
      const backend = understood(link);
      if (!backend) continue;
      const spoken = spokenTo(link);
      if (!isHttp(backend.protocol)) {
        if (carriesHttp(link)) yield notHttp(link, link.service, backend);
      } else if (spoken && disagree(spoken.protocol, backend.protocol)) {
        const report = mismatch(link, link.service, spoken, backend);
        // An annotation holds for all paths, and is wrong once.
        const cause = `${report.message}\0${report.labels[0].at.start}`;
        if (!told.has(cause)) yield report;
        told.add(cause);
      }
    }
  },
});

/** A load balancer that ends TLS before a port that wants it, or begins it anew before one that does not. */
const byLoadBalancer = ({
  service,
  servicePort,
  certificate,
  asked,
  plain,
  backend,
}: SpokenByLoadBalancer): Report => ({
  message: `the load balancer of ${describe(service)} ends TLS and speaks ${plain ? 'without it' : 'TLS again'} to the Pods, and its port ${servicePort.port?.value} is one for ${backend.protocol}`,
  resources: [service],
  field: `spec.ports[${keyOf(servicePort)}].targetPort`,
  stopsTraffic: true,
  labels: [
    { at: (servicePort.targetPort ?? servicePort.port ?? servicePort).at, message: 'sends traffic here' },
    { at: certificate.at, message: 'ends TLS at the load balancer' },
    ...(asked ? [{ at: asked.at, message: `speaks ${asked.value} to the Pods` }] : []),
    ...(backend.at ? [{ at: backend.at, message: `${backend.protocol}: ${wordSpeech(backend)}` }] : []),
  ],
  notes: [
    plain
      ? 'a port with TLS answers plain HTTP with 400, such as `The plain HTTP request was sent to HTTPS port`'
      : 'TLS to a port without TLS fails with `wrong version number`',
  ],
  help: [
    plain
      ? `send it to the port without TLS, or annotate ${describe(service)} with \`${BACKEND_PROTOCOL}: ssl\``
      : `take \`${BACKEND_PROTOCOL}\` out, or send it to the port with TLS`,
  ],
});

const isHttp = (protocol: string): boolean => ['HTTP', 'HTTPS', 'gRPC'].includes(protocol);

/** gRPC may come with TLS or without, and beside HTTP on one port; only the plain cases are told. */
const disagree = (spoken: string, understood: string): boolean =>
  (spoken === 'HTTP' && understood !== 'HTTP') || (spoken === 'HTTPS' && understood === 'HTTP');

function mismatch(link: BackendLink, service: Service, spoken: Speech, backend: Speech): Report {
  const { route, controller } = link;
  const name = CONTROLLERS[controller.name as keyof typeof CONTROLLERS];
  const asked = { at: askedPort(link.backend)!, message: `${name} speaks ${spoken.protocol} here` };
  const decided = spoken.at && { at: spoken.at, message: wordSpeech(spoken) };
  return {
    message: `${describe(route)} reaches ${describe(service)} by ${spoken.protocol}, and its port ${portOf(link)?.port?.value} is one for ${backend.protocol}`,
    resources: [route, service],
    field: endsOf(link).from.field,
    link,
    stopsTraffic: true,
    labels: [
      decided ?? asked,
      ...(backend.at ? [{ at: backend.at, message: `${backend.protocol}: ${wordSpeech(backend)}` }] : []),
    ],
    notes: [
      backend.protocol === 'HTTP'
        ? 'TLS to a port without TLS fails with `wrong version number`, and clients get 502'
        : backend.protocol === 'HTTPS'
          ? backend.redirects
            ? 'where the controller ends TLS, each redirect leads back to it: browsers say ERR_TOO_MANY_REDIRECTS'
            : 'a port with TLS answers plain HTTP with 400, such as `The plain HTTP request was sent to HTTPS port`'
          : 'gRPC needs HTTP/2 all the way, and fails with 502 where the controller speaks HTTP/1.1',
      ...(controller.certain || !name
        ? []
        : [`that ${name} serves this ${route.kind} is taken from the name of its class`]),
    ],
    help: [adviceFor(link, service, spoken, backend)],
  };
}

function adviceFor(link: BackendLink, service: Service, spoken: Speech, backend: Speech): string {
  const { controller, route } = link;
  if (route.kind === 'TLSRoute') return 'let the listener end TLS, or send it to a port that speaks TLS';
  if (controller.name === 'traefik' && route.api === 'gateway-api') {
    const word = table({ HTTP: 'http', HTTPS: 'https', gRPC: 'kubernetes.io/h2c' })[backend.protocol];
    return `write \`appProtocol: ${word}\` at the port of ${describe(service)}`;
  }
  const advice = adviceToSpeak(link, backend.protocol);
  if (advice) return advice;
  if (controller.name === 'traefik') {
    const scheme = table({ HTTP: 'http', HTTPS: 'https', gRPC: 'h2c' })[backend.protocol];
    return `annotate ${describe(service)} with \`${TRAEFIK_SCHEME}: ${scheme}\``;
  }
  if (backend.protocol === 'HTTP' && spoken.at) {
    return `take the annotation from ${describe(route)}; backends that need it belong into an Ingress of their own, as it holds for all of them`;
  }
  return `annotate ${describe(route)} with \`${NGINX_PROTOCOL}: ${backend.protocol.toUpperCase()}\`, which then holds for all its backends`;
}

/** No controller speaks such a protocol for an Ingress, or for any other route of HTTP. */
const notHttp = (link: BackendLink, service: Service, backend: Speech): Report => ({
  message: `${describe(link.route)} reaches ${describe(service)} by HTTP, and its port ${portOf(link)?.port?.value} speaks ${backend.protocol}`,
  resources: [link.route, service],
  field: endsOf(link).from.field,
  link,
  stopsTraffic: true,
  labels: [
    { at: askedPort(link.backend)!, message: `${aRoute(link)} carries HTTP` },
    ...(backend.at ? [{ at: backend.at, message: wordSpeech(backend) }] : []),
  ],
  notes: [`${aRoute(link)} carries HTTP only, and the backend drops such a connection`],
  help: [
    'expose it by a Service of type LoadBalancer or NodePort, or by a TCP route of the controller, or reach it with `kubectl port-forward`',
  ],
});

const aRoute = ({ route: { kind } }: BackendLink): string => withArticle(kind);

/** Traefik takes no backend whose appProtocol it does not know (S-157). */
const notServed = (link: BackendLink, service: Service, said: Located<string>): Report => ({
  message: `${describe(link.route)} reaches ${describe(service)} at a port of appProtocol \`${said.value}\`, which Traefik does not speak`,
  resources: [link.route, service],
  field: endsOf(link).from.field,
  link,
  stopsTraffic: true,
  labels: [
    { at: said.at, message: 'Traefik refuses this word' },
    { at: askedPort(link.backend)!, message: 'sends traffic here' },
  ],
  notes: [
    'the status of the route says `UnsupportedProtocol`; Traefik knows http, https, kubernetes.io/h2c, kubernetes.io/ws and kubernetes.io/wss',
  ],
  help: ['take `appProtocol` out, or give one of these'],
});

/** Traefik reads the scheme from the Service, and does not look for it on an Ingress (S-138). */
function* onIngress({ backends }: PortGraph): Generator<Report> {
  for (const [route, links] of groupBy(backends, (link) => link.route)) {
    const annotation = route.annotations.get(TRAEFIK_SCHEME);
    const known = links[0]!.controller.name;
    // A route of Traefik's own kind says it beside the port.
    if (!annotation || route.api !== 'ingress' || (known !== 'traefik' && known !== 'unknown')) continue;
    const services = [...new Set(links.flatMap(({ service }) => service ?? []))];
    const without = services.filter(({ annotations }) => !annotations.has(TRAEFIK_SCHEME));
    if (services.length > 0 && without.length === 0) continue;
    yield misplacedOn(route, annotation.at, TRAEFIK_SCHEME, 'Traefik', without);
  }
}

/** ingress-nginx reads the protocol from the Ingress, and does not look for it on a Service (S-131). */
function* onService({ backends }: PortGraph): Generator<Report> {
  const served = backends.filter(({ controller }) => controller.name === 'ingress-nginx');
  for (const [service, links] of groupBy(served, (link) => link.service)) {
    const annotation = service?.annotations.get(NGINX_PROTOCOL);
    if (!service || !annotation) continue;
    const ingresses = [...new Set(links.map(({ route }) => route))];
    const without = ingresses.filter(({ annotations }) => !annotations.has(NGINX_PROTOCOL));
    if (without.length > 0)
      yield misplacedOn(service, annotation.at, NGINX_PROTOCOL, 'ingress-nginx', without);
  }
}

function misplacedOn(
  holder: BackendLink['route'] | Service,
  at: Location,
  annotation: string,
  controller: string,
  owners: readonly Resource[],
): Report {
  const right = holder.kind === 'Service' ? 'Ingress' : 'Service';
  const named = owners.slice(0, 4).map(describe).toSorted().join(', ');
  return {
    message: `${describe(holder)} has the annotation \`${annotation}\`, which ${controller} reads from the ${right} only`,
    resources: [holder, ...owners.slice(0, 1)],
    field: `metadata.annotations[${annotation}]`,
    labels: [
      { at, message: 'not read here' },
      ...owners.slice(0, 4).map(({ nameAt }) => ({ at: nameAt, message: 'it is missing here' })),
    ],
    notes: [`without it ${controller} speaks plain HTTP to most ports`],
    help: [`move the annotation to ${named || `the ${right}`}`],
  };
}

export default backendProtocolMismatch;
