import type { BackendLink } from '../../graph/links/route-links.ts';
import { isDestinationRule } from '../../model/istio.ts';
import { table } from '../../text/table.ts';

/** What messages say of a backend, as each API has it. */
export interface RouteWords {
  /** What the route does with a backend, before its name or port. */
  readonly does: string;
  /** What a fix is to do, before another name or port. */
  readonly change: string;
  /** What a backend's port is. */
  readonly port: string;
  /** What becomes of traffic to a backend that is not there. */
  readonly lost: string;
}

const SENDS = { does: 'sends traffic to', change: 'send it to' } as const;

const INGRESS: RouteWords = {
  ...SENDS,
  port: 'an Ingress names a port of the Service, never one of its Pods',
  lost: "the controller drops such a route, or answers it with 503 or with another route's page",
};

const OTHER: RouteWords = {
  ...SENDS,
  port: 'a backend names a port of the Service, never one of its Pods',
  lost: 'traffic for such a backend is answered with an error, or by another route',
};

const BY_API = table<Pick<RouteWords, 'port' | 'lost'>>({
  'ingress-nginx': {
    port: 'such a ConfigMap gives the number or the name of a Service port, never that of a Pod',
    lost: 'the controller says so in its log and opens no port',
  },
  traefik: {
    port: 'a service of a route names a port of the Service, by number or by name, never one of its Pods',
    lost: "Traefik drops such a route, and answers with 404 or with another route's page",
  },
  istio: {
    port: 'a destination gives the number of a Service port, never that of a Pod, nor a name',
    lost: 'Envoy has no cluster for it, and answers with 503',
  },
  openshift: {
    port: 'the targetPort of a Route is the name of a Service port, or the number of the port on the Pods',
    lost: 'the router finds no endpoint, and answers with 503',
  },
  rollouts: {
    port: 'a load balancer of AWS is given the number of a Service port, never that of a Pod',
    lost: 'Argo calls the Rollout invalid and rolls out nothing',
  },
  contour: {
    port: 'an HTTPProxy gives the number of a Service port, never that of a Pod',
    lost: 'Contour calls the route invalid and does not serve it',
  },
});

const DESTINATION_RULE: RouteWords = {
  does: 'is for traffic to',
  change: 'make it one for',
  port: 'settings for a port give the number of a Service port, never that of a Pod, nor a name',
  lost: 'traffic flows all the same, and these settings are never applied',
};

/** A backend that cannot be reached gets its share of the traffic all the same (S-155). */
const gatewayApi = (kind: string): RouteWords => ({
  ...SENDS,
  port: 'a backendRef gives the number of a Service port, never that of a Pod, nor a name',
  lost: /^(HTTP|GRPC)Route$/.test(kind)
    ? 'its share of the requests is answered with 500'
    : 'its share of the connections is refused',
});

export function wordsFor({ route }: Pick<BackendLink, 'route'>): RouteWords {
  if (route.api === 'ingress') return INGRESS;
  if (isDestinationRule(route)) return DESTINATION_RULE;
  return route.api === 'gateway-api' ? gatewayApi(route.kind) : { ...OTHER, ...BY_API[route.api] };
}

/** A copy, a share of nothing, or settings alone: what is wrong with such a backend, no client notices. */
export const isSpared = ({ route, backend }: Pick<BackendLink, 'route' | 'backend'>): boolean =>
  backend.role === 'mirror' || backend.weight?.value === 0 || isDestinationRule(route);
