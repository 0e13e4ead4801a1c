import type { Located, Location } from '../text/source.ts';
import type { Resource } from './model.ts';
import { type Backend, isRouteOf, type Route, type RouteRule } from './route.ts';

export interface Ingress extends Route {
  readonly kind: 'Ingress';
  readonly api: 'ingress';
  /** `extensions/v1beta1`, `networking.k8s.io/v1beta1`: served until 1.21 (S-123). */
  readonly removedApi: boolean;
  readonly apiVersionAt: Location;
  readonly className: Located<string> | undefined;
  readonly tls: boolean;
  readonly tlsHosts: readonly Located<string>[];
  readonly defaultBackend: Backend | undefined;
  /** One for each path; one without backends where a host has no paths. */
  readonly rules: readonly RouteRule[];
}

export interface IngressClass extends Resource {
  readonly shape: 'ingress-class';
  readonly kind: 'IngressClass';
  readonly controller: Located<string> | undefined;
  readonly isDefault: boolean;
}

export const isIngress = (resource: Resource): resource is Ingress => isRouteOf('ingress', resource);
