import type { Service, Workload } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Route } from '../../model/route.ts';
import type { Link } from './link.ts';
import type { LinkState } from './stated.ts';

/** A link of a chain, and what follows it further in: one hop for each branch. */
export interface Hop {
  readonly link: Link;
  readonly next: readonly Hop[];
}

/** One way in, followed to the process. */
export interface Chain {
  readonly entry: Entry;
  /** Which link follows which: two workloads behind one Service are two branches. Each link is in it once. */
  readonly tree: readonly Hop[];
  /** Those of the tree, outside in. */
  readonly links: readonly Link[];
  readonly state: LinkState;
}

export interface Entry {
  readonly kind: EntryKind;
  /** Host name as written, `*` for any; undefined where a host means nothing. */
  readonly host: string | undefined;
  readonly path: string | undefined;
  /** Of a route's path; undefined for a default backend and for other entries. */
  readonly pathType: string | undefined;
  /** The port a client dials, when the manifest says it or the kind implies it (Ingress: 80, or 443 with TLS). */
  readonly port: number | undefined;
  readonly protocol: Protocol;
  readonly resource: Route | Service | Workload;
}

export type EntryKind = 'ingress' | 'gateway' | 'load-balancer' | 'node-port' | 'host-port' | 'cluster';
