import type { Location } from '../text/source.ts';
import type { Resource } from './model.ts';
import { type Backend, isRouteOf, type ParentRef, type Route, type RouteRule } from './route.ts';
import type { MatchedRequest } from './traefik-match.ts';

/**
 * IngressRoute, IngressRouteTCP, IngressRouteUDP; and what they hand traffic to, as it names Services in the same way:
 * TraefikService, and a Middleware that fetches error pages.
 */
export interface TraefikRoute extends Route {
  readonly api: 'traefik';
  readonly rules: readonly TraefikRule[];
  /** The section `tls`: then only TLS is served. */
  readonly tlsAt: Location | undefined;
  /** IngressRoutes that it is a part of (Traefik 3.6): it serves what they match and it does, at their entry points. */
  readonly parentRefs?: readonly ParentRef[];
}

export interface TraefikRule extends RouteRule {
  readonly backends: readonly TraefikBackend[];
  /** Undefined where the rule could not be read or the kind has none. */
  readonly requests: readonly MatchedRequest[] | undefined;
}

export interface TraefikBackend extends Backend {
  /** Traffic goes to the Service's cluster IP, not to its Pods (S-141). */
  readonly nativeLB: boolean;
}

export const isTraefikRoute = (resource: Resource): resource is TraefikRoute =>
  isRouteOf('traefik', resource);

/** Kinds that clients enter by. */
export const isEntered = ({ kind }: TraefikRoute): boolean => kind.startsWith('IngressRoute');
