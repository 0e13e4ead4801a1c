import type { DestinationRule } from '../../model/istio.ts';
import type { Resource, Service, ServicePort } from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Backend, ParentRef, Route } from '../../model/route.ts';
import type { RouteController } from './controller.ts';
import type { Ended, Stated } from './stated.ts';

/** A backend of an Ingress or of any other route → Service port. */
export type BackendLink = Stated & {
  readonly kind: 'backend';
  readonly route: Route;
  /** The resource whose text names the Service: the route, or what it hands over to, such as a TraefikService. */
  readonly holder: Resource;
  readonly backend: Backend;
  /** Where the backend stands in `holder`, by name: `spec.rules[shop.example.com].paths[/].backend`. */
  readonly field: string;
  /** The namespace in which the Service is looked up. */
  readonly namespace: string;
  /** Where the backend is no Service: the object that is handed the traffic, such as a TraefikService. */
  readonly delegate?: Resource | undefined;
  /** Hosts and paths that lead here; none for a copy of traffic or a fallback, which no client asks for. */
  readonly ways: readonly Way[];
  /** The Service that the name finds; undefined when there is none in the namespace. */
  readonly service: Service | undefined;
  readonly servicePort: ServicePort | undefined;
  /**
   * The Service port that only ingress-nginx and haproxy-ingress find, by its targetPort or by a name that spells the
   * number (S-125); when that one is found before the port that was asked for, it is used in its place (S-126).
   */
  readonly byTargetPort: ServicePort | undefined;
  readonly controller: RouteController;
  /** Why it is broken; undefined where it is not, or where the reason alone says it. */
  readonly fault: BackendFault | undefined;
  /** For `no-subset`: the DestinationRules for this host, of which none defines it. */
  readonly destinationRules?: readonly DestinationRule[] | undefined;
};

/**
 * `no-service`: nothing has the name. `no-port`: the Service has no such port. `no-port-given`: the route must say a
 * port and does not. `unaddressable`: the port's name cannot be said there. `not-permitted`: another namespace does
 * not allow it. `protocol`: the port is there for another protocol. `scheme`: the controller does not know what it is
 * to speak. `headless`: traffic is to go to a cluster IP, and the Service has none. `kind`: the controller has no
 * backends of the kind that it names. `no-action`: the name is that of an action, and no annotation defines it.
 * `no-node-port`: traffic is to go to the nodes, and the Service has no port there. `no-subset`: the Service and its
 * port are there, and the choice of Pods that is named is not. `no-backend`: the rule hands requests to nobody.
 */
export type BackendFault =
  | 'no-service'
  | 'no-port'
  | 'no-port-given'
  | 'unaddressable'
  | 'not-permitted'
  | 'protocol'
  | 'scheme'
  | 'headless'
  | 'kind'
  | 'no-action'
  | 'no-node-port'
  | 'no-subset'
  | 'no-backend';

/** What a client asks for to take this way. */
export interface Way {
  /** Host name as written; `*` for any, undefined where a host means nothing. */
  readonly host: string | undefined;
  /** Undefined where a path means nothing. */
  readonly path: string | undefined;
  /** `Exact`, `Prefix`, `ImplementationSpecific`, `RegularExpression`; undefined for a default backend. */
  readonly pathType: string | undefined;
  readonly port: number | undefined;
  readonly protocol: Protocol;
  /** What the traffic passes before the route, outside in. */
  readonly parents: readonly ParentLink[];
  /** Backends that hand it over, outside in, up to the object that the link's own backend is in. */
  readonly via?: readonly BackendLink[] | undefined;
  /** The route that clients enter by, where that is not the link's own. */
  readonly route?: Route | undefined;
}

/** A route → the Gateway listener or entry point that it attaches to; one for each listener that a reference means. */
export type ParentLink = Ended & {
  readonly kind: 'parent';
  readonly route: Route;
  readonly parentRef: ParentRef | undefined;
  /** The Gateway, the workload that opens the entry point; undefined when nothing has the name. */
  readonly parent: Resource | undefined;
  /** The port that clients dial there, and the host names it takes; `*` for any. */
  readonly port: number | undefined;
  readonly hostname: string | undefined;
  /**
   * The name that nothing has, the kind that has no listeners, the listener or port that the parent lacks, or what the
   * listener does not let in.
   */
  readonly fault:
    | 'no-parent'
    | 'kind'
    | 'no-listener'
    | 'not-allowed'
    | 'hostname'
    | 'protocol'
    | 'refused'
    | undefined;
};
