import type { Located, Location } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { Labels, Resource } from './model.ts';

/** Which API a route is written for; each has its own way of comparing a backend with a Service's ports. */
export type RouteApi =
  | 'ingress'
  /** A ConfigMap that opens TCP or UDP ports on the controller (S-135). */
  | 'ingress-nginx'
  | 'gateway-api'
  | 'traefik'
  | 'istio'
  | 'openshift'
  | 'contour'
  | 'rollouts'
  | 'custom';

/** Whatever brings traffic to Services : Ingress, HTTPRoute, IngressRoute, VirtualService, Route, HTTPProxy… */
export interface Route extends Resource {
  readonly shape: 'route' | 'rollout';
  readonly api: RouteApi;
  readonly annotations: Labels;
  /** What it attaches to: Gateways, entry points. */
  readonly parents: readonly ParentRef[];
  readonly rules: readonly RouteRule[];
  readonly rulesAt: Location;
  /** When a cluster took it, where that is known: of two routes that cannot both be served, the older one is. */
  readonly created?: string | undefined;
}

export const isRoute = (resource: Resource): resource is Route =>
  resource.shape === 'route' || resource.shape === 'rollout';

export const isRouteOf = (api: RouteApi, resource: Resource): resource is Route =>
  isRoute(resource) && resource.api === api;

export interface RouteRule {
  /** Host names it is for; none: any. */
  readonly hosts: readonly Located<string>[];
  /** What else it asks of a request; none: everything. */
  readonly matches: readonly RouteMatch[];
  readonly backends: readonly Backend[];
  readonly protocol: 'HTTP' | 'TCP' | 'UDP' | 'TLS';
}

export interface RouteMatch {
  readonly path: Located<string> | undefined;
  /** `Exact`, `Prefix`, `RegularExpression`; of an Ingress as written, else `ImplementationSpecific` (S-123). */
  readonly pathType: string;
  /** Whether it asks for more than a path, so that a request may pass it by: headers, a method, a query. */
  readonly asksMore?: boolean | undefined;
}

/** What becomes of requests that a rule of a route hands to no backend. */
export type Answer =
  /** The proxy answers by itself, as the rule says. */
  | { readonly by: 'redirect' }
  | { readonly by: 'response' | 'abort'; readonly status: Located<unknown> | undefined }
  /** A filter of the implementation's own, which may answer. */
  | { readonly by: 'filter'; readonly kind: string }
  /** Nobody does: there is no backend, or none that has a share. */
  | { readonly by: 'nobody'; readonly why: 'no-backend' | 'no-share' };

/** A place of a route that says where traffic goes. */
export interface Backend {
  /** The Service's name, or its host name where the API takes one; undefined for another kind or none at all. */
  readonly service: Located<string> | undefined;
  /** Where the API lets a backend lie in another namespace, and it says one. */
  readonly namespace?: Located<string> | undefined;
  /** The port as a number: `port.number`, `port: 80`, an integer `servicePort` (S-116, S-123). */
  readonly portNumber: Located<Scalar> | undefined;
  /** The port as a name: `port.name`, `port: web`, a string `servicePort`. */
  readonly portName: Located<string> | undefined;
  /** The key `name` of an Ingress's `port.name`; undefined where the value alone says what it is. */
  readonly portNameKeyAt: Location | undefined;
  /** Kind and name of a backend that is no Service. */
  readonly resource: Located<string> | undefined;
  /** Kind of `resource`, where one is said. */
  readonly resourceKind?: string | undefined;
  /** API group of `resource`, where the API lets one be said. */
  readonly resourceGroup?: string | undefined;
  /** What the route says it speaks to this backend: Traefik's `scheme`, Contour's `protocol`. */
  readonly scheme?: Located<string> | undefined;
  /** Istio: which of the Service's Pods, by a name that a DestinationRule defines. */
  readonly subset?: Located<string> | undefined;
  /** Its share of the traffic; with 0 it gets none, whatever is wrong with it. */
  readonly weight?: Located<Scalar> | undefined;
  /** `mirror`: gets copies of requests, no answers. `fallback`: serves what others fail to. */
  readonly role?: 'traffic' | 'mirror' | 'fallback' | undefined;
  /** Where it is none: what becomes of the requests of a rule without backends. */
  readonly answer?: Answer | undefined;
  /** Path of the backend in its resource, by name where there is one: `spec.rules[0].backendRefs[web]`. */
  readonly field?: string | undefined;
  readonly at: Location;
}

export interface ParentRef {
  readonly group: string;
  readonly kind: string;
  /** Where the kind is said, if it is. */
  readonly kindAt?: Location | undefined;
  readonly namespace: Located<string> | undefined;
  readonly name: Located<string>;
  readonly sectionName: Located<string> | undefined;
  readonly port: Located<Scalar> | undefined;
  readonly at: Location;
}
