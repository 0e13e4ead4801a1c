import type { BackendLink, ParentLink } from '../../links/route-links.ts';

/** What the routes of one API refer to: what they attach to, and where they send traffic. */
export interface RouteLinks {
  readonly parents: readonly ParentLink[];
  readonly backends: readonly BackendLink[];
}
