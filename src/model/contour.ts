import type { Located } from '../text/source.ts';
import type { Resource } from './model.ts';
import { type Backend, isRouteOf, type Route, type RouteMatch, type RouteRule } from './route.ts';

/** A HTTPProxy of Contour: a root with a virtual host, or a part that others include. */
export interface HttpProxy extends Route {
  readonly api: 'contour';
  readonly rules: readonly ProxyRule[];
  readonly virtualHost: VirtualHost | undefined;
  readonly includes: readonly Include[];
}

export interface ProxyRule extends RouteRule {
  /** All of its conditions, which must hold together; a `tcpproxy` has none. */
  readonly condition: RouteMatch | undefined;
}

export interface VirtualHost {
  readonly fqdn: Located<string> | undefined;
  readonly hasTls: boolean;
}

export interface Include {
  /** The included proxy, as a backend that is no Service. */
  readonly backend: Backend;
  /** Goes before the prefixes of the included routes; undefined for a `tcpproxy`. */
  readonly prefix: string | undefined;
}

export const isHttpProxy = (resource: Resource): resource is HttpProxy => isRouteOf('contour', resource);

/** Contour writes one condition behind the other, and takes several slashes for one. */
export const joinPaths = (before: string, path: string): string => `${before}${path}`.replace(/\/{2,}/g, '/');
