import type { BackendLink } from './link.ts';

/** What messages say of a backend, as each API has it. */
export interface RouteWords {
  /** What a backend's port is. */
  readonly port: string;
  /** What becomes of traffic to a backend that is not there. */
  readonly lost: string;
}

const INGRESS: RouteWords = {
  port: 'an Ingress names a port of the Service, never one of its Pods',
  lost: "the controller drops such a route, or answers it with 503 or with another route's page",
};

const OTHER: RouteWords = {
  port: 'a backend names a port of the Service, never one of its Pods',
  lost: 'traffic for such a backend is answered with an error, or by another route',
};

const BY_API: Readonly<Record<string, RouteWords>> = {
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
};

/** A backend that cannot be reached gets its share of the traffic all the same (S-155). */
const gatewayApi = (kind: string): RouteWords => ({
  port: 'a backendRef gives the number of a Service port, never that of a Pod, nor a name',
  lost: /^(HTTP|GRPC)Route$/.test(kind)
    ? 'its share of the requests is answered with 500'
    : 'its share of the connections is refused',
});

export function wordsFor({ route }: Pick<BackendLink, 'route'>): RouteWords {
  if (!('api' in route)) return INGRESS;
  return route.api === 'gateway-api' ? gatewayApi(route.kind) : (BY_API[route.api] ?? OTHER);
}

/** A copy or a share of nothing: what is wrong with such a backend, no client notices. */
export const isSpared = ({ backend }: Pick<BackendLink, 'backend'>): boolean =>
  backend.role === 'mirror' || backend.weight?.value === 0;
