import type { BackendLink } from '../../graph/links/route-links.ts';
import { describe } from '../../model/describe.ts';
import type { ServicePort } from '../../model/model.ts';
import { portNumber } from '../../model/ports.ts';
import type { Backend, Route } from '../../model/route.ts';
import type { Located, Location } from '../../text/source.ts';
import { table } from '../../text/table.ts';
import type { Speech } from './speech.ts';

/** Traefik reads it from Services, and for Ingresses alone (S-138). */
export const TRAEFIK_SCHEME = 'traefik.ingress.kubernetes.io/service.serversscheme';

/** What the routes of Traefik, Contour and OpenShift make their controllers speak to a backend. */
export function spokenByRoute(link: BackendLink, port: ServicePort): Speech | undefined {
  const { route, backend } = link;
  if (route.api === 'ingress') return undefined;
  const rule = ruleOf(route, backend);
  if (rule?.protocol === 'TCP' || rule?.protocol === 'UDP') return undefined;
  switch (route.api) {
    case 'traefik':
      return spokenByTraefikRoute(link, port);
    case 'contour':
      return spokenByContour(link, port);
    case 'openshift':
      return spokenByOpenShift(link);
    default:
      return undefined;
  }
}

/** Kept for each route: all its backends are asked for. */
const rulesByBackend = new WeakMap<Route, ReadonlyMap<Backend, Route['rules'][number]>>();

function ruleOf(route: Route, backend: Backend): Route['rules'][number] | undefined {
  const rules =
    rulesByBackend.get(route) ??
    new Map(route.rules.toReversed().flatMap((rule) => rule.backends.map((one) => [one, rule] as const)));
  rulesByBackend.set(route, rules);
  return rules.get(backend);
}

const said = (protocol: string, who: string, at: Location | undefined): Speech => ({
  protocol,
  ground: { is: at ? 'asked' : 'usual', of: who },
  at,
});

const SCHEMES = table<string>({ http: 'HTTP', https: 'HTTPS', h2c: 'gRPC' });

/** The scheme, else what the port looks like; no annotation is read (S-145). */
function spokenByTraefikRoute({ backend: { scheme } }: BackendLink, port: ServicePort): Speech {
  const protocol = scheme && SCHEMES[scheme.value];
  if (protocol) return said(protocol, 'Traefik', scheme);
  return inferredByTraefik(port);
}

/** HTTPS for port 443 and for names that begin with https, and HTTP for all others (S-138, S-145). */
export function inferredByTraefik({ port, name }: ServicePort): Speech {
  const secure = portNumber(port) === 443 ? port : name?.value.startsWith('https') ? name : undefined;
  return said(secure ? 'HTTPS' : 'HTTP', 'Traefik', secure);
}

const CONTOUR_WORDS = table<string>({ h2: 'gRPC over TLS', h2c: 'gRPC', tls: 'HTTPS' });
const CONTOUR_APP_PROTOCOLS = table<string>({
  https: 'HTTPS',
  'kubernetes.io/h2c': 'gRPC',
  'kubernetes.io/wss': 'HTTPS',
});
const CONTOUR_PROTOCOL = 'projectcontour.io/upstream-protocol';

/** The route's word, else the port's appProtocol, which any word of its own settles, else the Service's annotations (S-173). */
function spokenByContour(
  { backend, service }: BackendLink,
  { port, name, appProtocol }: ServicePort,
): Speech {
  const own = backend.scheme;
  if (own) return said(CONTOUR_WORDS[own.value] ?? 'HTTP', 'Contour', own);
  if (appProtocol) return said(CONTOUR_APP_PROTOCOLS[appProtocol.value] ?? 'HTTP', 'Contour', appProtocol);
  for (const [word, protocol] of Object.entries(CONTOUR_WORDS)) {
    const listed: Located<string> | undefined = service?.annotations.get(`${CONTOUR_PROTOCOL}.${word}`);
    const ports = listed?.value.split(',').map((one) => one.trim()) ?? [];
    if (protocol && ports.some((one) => one === name?.value || one === String(port?.value))) {
      return said(protocol, 'Contour', listed);
    }
  }
  return said('HTTP', 'Contour', undefined);
}

/** TLS ends at the router, begins anew behind it, or passes through (S-171). */
function spokenByOpenShift({ backend: { scheme } }: BackendLink): Speech {
  switch (scheme?.value) {
    case 'passthrough':
      return { protocol: 'HTTPS', ground: { is: 'passthrough' }, at: scheme };
    case 'reencrypt':
      return said('HTTPS', 'the router', scheme);
    default:
      return said('HTTP', 'the router', scheme);
  }
}

const TERMINATIONS = table<string>({
  HTTP: '`termination: edge`, or no `tls`',
  HTTPS: '`termination: reencrypt`, or `passthrough`',
  gRPC: '`termination: passthrough` and TLS at the backend, as the router speaks HTTP/1.1',
});

/** How the controller is made to speak what the backend understands; undefined for other APIs. */
export function adviceToSpeak(
  { route, holder, backend, service }: BackendLink,
  protocol: string,
): string | undefined {
  if (route.api === 'ingress') return undefined;
  const where = `for Service \`${backend.service?.value ?? ''}\` of ${describe(holder)}`;
  switch (route.api) {
    case 'traefik': {
      const scheme = table({ HTTP: 'http', HTTPS: 'https', gRPC: 'h2c' })[protocol];
      const unread = service?.annotations.has(TRAEFIK_SCHEME)
        ? `; the annotation \`${TRAEFIK_SCHEME}\` is read for Ingresses alone`
        : '';
      return `write \`scheme: ${scheme}\` ${where}${unread}`;
    }
    case 'contour':
      return protocol === 'HTTP'
        ? `take the protocol out ${where}`
        : `write \`protocol: ${protocol === 'gRPC' ? 'h2c' : 'tls'}\` ${where}`;
    case 'openshift':
      return `use ${TERMINATIONS[protocol]} in ${describe(route)}`;
    default:
      return undefined;
  }
}
