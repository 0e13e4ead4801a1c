import type { DestinationRule } from '../../model/istio.ts';
import type {
  ConfigMap,
  Container,
  ContainerPort,
  EndpointPort,
  EndpointSet,
  EnvSource,
  EnvVar,
  Ingress,
  Probe,
  Resource,
  Secret,
  Service,
  ServicePort,
  Workload,
} from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Backend, ParentRef, Route } from '../../model/route.ts';
import type { ServiceReference } from '../../model/service-client.ts';
import type { ContainerProcess, KnownListener } from '../../process/container-process.ts';
import type { End } from './end.ts';

/** `whole`: both ends agree. `broken`: proved not to meet. `unproved`: the input cannot tell; `reason` says what would. */
export type LinkState = 'whole' | 'broken' | 'unproved';

/** `declared` in a manifest < `inferred` from image facts, env, args, logs < `observed` as a socket or connection. */
export type Evidence = 'declared' | 'inferred' | 'observed';

interface Stated {
  readonly state: LinkState;
  readonly evidence: Evidence;
  /** One sentence without a full stop. */
  readonly reason: string;
}

/** A backend of an Ingress or of any other route → Service port. */
export interface BackendLink extends Stated {
  readonly kind: 'backend';
  readonly route: Ingress | Route;
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
}

/**
 * `no-service`: nothing has the name. `no-port`: the Service has no such port. `no-port-given`: the route must say a
 * port and does not. `unaddressable`: the port's name cannot be said there. `not-permitted`: another namespace does
 * not allow it. `protocol`: the port is there for another protocol. `scheme`: the controller does not know what it is
 * to speak. `headless`: traffic is to go to a cluster IP, and the Service has none. `kind`: the controller has no
 * backends of the kind that it names. `no-action`: the name is that of an action, and no annotation defines it.
 * `no-node-port`: traffic is to go to the nodes, and the Service has no port there. `no-subset`: the Service and its
 * port are there, and the choice of Pods that is named is not.
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
  | 'no-subset';

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
  readonly route?: Ingress | Route | undefined;
}

/** Which controller serves a route, and whether the input proves it (S-122). */
export interface RouteController {
  readonly name: ControllerName;
  readonly certain: boolean;
  /** The class by name, from the field, the annotation or the default IngressClass of the input. */
  readonly className: string | undefined;
}

export type ControllerName =
  | 'ingress-nginx'
  /** `nginx.org`, by F5. */
  | 'f5-nginx'
  | 'traefik'
  /** `haproxy.org`. */
  | 'haproxy'
  /** `haproxy-ingress.github.io`, another project. */
  | 'haproxy-ingress'
  | 'aws-alb'
  | 'gke'
  | 'contour'
  | 'istio'
  | 'openshift'
  | 'other'
  | 'unknown';

/** A link whose two ends were worked out when it was made. */
interface Ended extends Stated {
  readonly from: End;
  readonly to: End | undefined;
}

/** A route → the Gateway listener or entry point that it attaches to; one for each listener that a reference means. */
export interface ParentLink extends Ended {
  readonly kind: 'parent';
  readonly route: Ingress | Route;
  readonly parentRef: ParentRef | undefined;
  /** The Gateway, the workload that opens the entry point; undefined when nothing has the name. */
  readonly parent: Resource | undefined;
  /** The port that clients dial there, and the host names it takes; `*` for any. */
  readonly port: number | undefined;
  readonly hostname: string | undefined;
  /** The name that nothing has, the listener or port that the parent lacks, or what the listener does not let in. */
  readonly fault: 'no-parent' | 'no-listener' | 'not-allowed' | 'hostname' | 'protocol' | undefined;
}

/** A port of a NetworkPolicy → the Pod port that it is for; one for each workload that it concerns. */
export interface PolicyLink extends Ended {
  readonly kind: 'policy';
  readonly policy: Resource;
  readonly workload: Workload;
  readonly direction: 'ingress' | 'egress';
  /** `service-port`: it is a Service's port, and its Pods listen on another. `unresolved`: no Pod has the name. */
  readonly fault: 'service-port' | 'unresolved' | undefined;
  /** For `service-port`: the Service port that was taken for the Pod's. */
  readonly servicePort: { readonly service: Service; readonly port: ServicePort } | undefined;
}

/** An address in env, args or configuration → Service port. */
export interface ClientLink extends Ended {
  readonly kind: 'client';
  /** The workload, ConfigMap or other resource whose text holds the address. */
  readonly client: Resource;
  readonly container: Container | undefined;
  /** As written, without credentials: `http://api.shop:8080`. */
  readonly address: string;
  readonly service: Service | undefined;
  readonly servicePort: ServicePort | undefined;
  /** The port that is dialled; undefined where the address leaves it out and its scheme has no default. */
  readonly number: number | undefined;
  readonly fault: 'no-port' | 'protocol' | undefined;
}

/** ServiceMonitor, PodMonitor, Probe or scrape annotation → the port that is scraped. */
export interface MonitorLink extends Ended {
  readonly kind: 'monitor';
  readonly monitor: Resource;
  readonly service: Service | undefined;
  readonly servicePort: ServicePort | undefined;
  readonly workload: Workload | undefined;
  readonly fault: 'no-port' | 'undeclared' | 'number-as-name' | 'stale' | undefined;
}

/** Webhook, APIService or CRD conversion → Service port. */
export interface WebhookLink extends Ended {
  readonly kind: 'webhook';
  readonly webhook: Resource;
  readonly reference: ServiceReference;
  readonly service: Service | undefined;
  readonly servicePort: ServicePort | undefined;
  readonly fault: 'no-service' | 'no-port' | undefined;
}

/** Service → workload whose Pod template the selector matches; `workload` is undefined when it matches none. */
export interface SelectorLink extends Stated {
  readonly kind: 'selector';
  readonly service: Service;
  readonly workload: Workload | undefined;
  /** When it matches none: the workload it was probably meant for, and why we think so. */
  readonly nearest: NearMiss | undefined;
}

export interface NearMiss {
  readonly workload: Workload;
  /** `label`: same key, another value, or the key is missing. `own-labels`: only the workload's own labels match. */
  readonly why: 'label' | 'own-labels' | 'namespace';
  /** The selector's key that differs, for `label`. */
  readonly key: string | undefined;
}

/** Service port → Pod port of one selected workload, as FindPort resolves it (S-026..S-033). */
export interface TargetPortLink extends Stated {
  readonly kind: 'target-port';
  readonly service: Service;
  readonly servicePort: ServicePort;
  readonly workload: Workload;
  readonly protocol: Protocol;
  /** The Pod port; undefined when a name finds nothing or the Service port is no port. */
  readonly number: number | undefined;
  /** The declaration found by name, or the first that has the number and protocol. */
  readonly declared: ContainerPort | undefined;
  readonly container: Container | undefined;
  /** The Service selects a workload of its own folder, and this one lies elsewhere: they may never be applied together. */
  readonly distant: boolean;
}

/** Service port without selector → port of its Endpoints or EndpointSlice (S-049). */
export interface EndpointLink extends Stated {
  readonly kind: 'target-port';
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** Undefined where the input has none. */
  readonly endpoints: EndpointSet | undefined;
  readonly endpointPort: EndpointPort | undefined;
}

/** Pod port that a Service, a hostPort or Knative sends traffic to → port that a process listens on. One per workload, number and protocol. */
export interface BindLink extends Stated {
  readonly kind: 'bind';
  readonly workload: Workload;
  readonly number: number;
  readonly protocol: Protocol;
  /** The container that declares the port, or the only one there is. */
  readonly container: Container | undefined;
  readonly declared: ContainerPort | undefined;
  /** What is known of that container's process, or of the first that is known. */
  readonly process: ContainerProcess | undefined;
  /** The listener that answers when whole; the one that is there instead when broken, if there is one. */
  readonly listener: KnownListener | undefined;
  /** The Service ports that send traffic here; none where only a hostPort or Knative does. */
  readonly from: readonly TargetPortLink[];
}

/** Probe or lifecycle hook → Pod port. Broken when its name is not in its own container, or the process is elsewhere. */
export interface ProbeLink extends Stated {
  readonly kind: 'probe';
  readonly workload: Workload;
  readonly container: Container;
  readonly probe: Probe;
  readonly number: number | undefined;
  readonly declared: ContainerPort | undefined;
  /** `unresolved`: no such name in this container. `unbound`: the process is known not to listen there. */
  readonly fault: 'unresolved' | 'unbound' | undefined;
  readonly process: ContainerProcess | undefined;
  readonly listener: KnownListener | undefined;
}

/** hostPort → Pod port; one that hostNetwork takes without saying so has a link only where it conflicts (S-065). */
export interface HostPortLink extends Stated {
  readonly kind: 'host';
  readonly workload: Workload;
  readonly container: Container;
  readonly containerPort: ContainerPort;
  /** `mismatch`: hostNetwork wants both numbers equal (S-064). `conflict`: another Pod that lands on the same node has it. */
  readonly fault: 'mismatch' | 'conflict' | undefined;
  /** The other end of a conflict. */
  readonly rival: { readonly workload: Workload; readonly containerPort: ContainerPort } | undefined;
}

/** nodePort → Service port. */
export interface NodePortLink extends Stated {
  readonly kind: 'host';
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** `range`: outside 30000-32767 (S-082). `conflict`: another Service port asks for it (S-083). `type`: the Service is a ClusterIP (S-018). */
  readonly fault: 'range' | 'conflict' | 'type' | undefined;
  /** The other end of a conflict; without a port it is the Service's healthCheckNodePort (S-088). */
  readonly rival: { readonly service: Service; readonly servicePort: ServicePort | undefined } | undefined;
}

/** A variable that feeds a port → the ConfigMap or Secret key it is read from. */
export interface ConfigLink extends Stated {
  readonly kind: 'config';
  readonly workload: Workload;
  readonly container: Container;
  /** The entry that refers: `env[].valueFrom` or `envFrom[]`. */
  readonly reference: EnvVar | EnvSource;
  /** The object's kind, name and key as the reference says them; `key` undefined for a whole envFrom source. */
  readonly objectKind: 'ConfigMap' | 'Secret';
  readonly objectName: string;
  readonly key: string | undefined;
  readonly object: ConfigMap | Secret | undefined;
  /** For a broken link: the name that was probably meant, of the object or of the key. */
  readonly nearest: string | undefined;
}

export type HostLink = HostPortLink | NodePortLink;

export type Link =
  | ParentLink
  | BackendLink
  | SelectorLink
  | TargetPortLink
  | EndpointLink
  | BindLink
  | ProbeLink
  | HostLink
  | PolicyLink
  | ClientLink
  | MonitorLink
  | WebhookLink
  | ConfigLink;

export type LinkKind = Link['kind'];

export type EntryKind = 'ingress' | 'gateway' | 'load-balancer' | 'node-port' | 'host-port' | 'cluster';

/** One way in, followed to the process. */
export interface Chain {
  readonly entry: Entry;
  /** Outside in. */
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
  readonly resource: Ingress | Route | Service | Workload;
}
