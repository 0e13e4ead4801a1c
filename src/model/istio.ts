import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { Listener, ListenerOwner } from './gateway-api.ts';
import type { Labels, Resource } from './model.ts';
import { type Backend, isRouteOf, type Route, type RouteMatch, type RouteRule } from './route.ts';

export const ISTIO_GROUP = 'networking.istio.io';

/** A Gateway of Istio: which ports the proxies that it selects listen on. */
export interface IstioGateway extends ListenerOwner {
  readonly shape: 'istio-gateway';
  readonly kind: 'Gateway';
  /** Labels of the Pods of the proxies, in any namespace. */
  readonly selector: Labels;
  readonly listeners: readonly IstioServer[];
}

/** An entry of `servers`. */
export interface IstioServer extends Listener {
  /** Host names as written: `shop.example.com`, `*`, with the namespaces of their routes `harbour/*.example.com`. */
  readonly hosts: readonly Located<string>[];
  /** The one address that it listens on; none: all of the proxy's. */
  readonly bind?: Located<string> | undefined;
}

/** A VirtualService; one without hosts is a part that others delegate to. */
export interface VirtualService extends Route {
  readonly kind: 'VirtualService';
  readonly api: 'istio';
  readonly hosts: readonly Located<string>[];
  /** Whether it is for the sidecars of the mesh: it says `mesh`, or no Gateway at all. */
  readonly inMesh: boolean;
  /** The namespaces whose proxies know it: `.`, `*`, names; none: what the mesh has by default. */
  readonly exportTo: readonly Located<string>[];
  readonly rules: readonly IstioRule[];
}

export interface IstioRule extends RouteRule {
  readonly matches: readonly IstioMatch[];
  /** The VirtualService that goes on with the request. */
  readonly delegate: Backend | undefined;
}

export interface IstioMatch extends RouteMatch {
  /** The port that the client dialled. */
  readonly port: Located<Scalar> | undefined;
  /** `mesh`, and Gateways as `namespace/name`; none: all of the route's. */
  readonly gateways: readonly string[];
  /** What a rule for TLS asks of SNI; none: the route's hosts. */
  readonly sniHosts: readonly Located<string>[];
}

/** A DestinationRule: how the clients of the mesh reach a host once they are sent there. Nobody enters by it. */
export interface DestinationRule extends Route {
  readonly kind: 'DestinationRule';
  readonly api: 'istio';
  /** Undefined in a piece that is to be merged into a whole one. */
  readonly host: Located<string> | undefined;
  /** Names by which destinations choose some of the host's Pods. */
  readonly subsets: readonly Located<string>[];
  /** The labels of the Pods of a subset, by its name. */
  readonly subsetLabels: ReadonlyMap<string, Labels>;
}

/** A ServiceEntry: what else than Services the mesh knows. */
export interface ServiceEntry extends Resource {
  readonly shape: 'service-entry';
  readonly kind: 'ServiceEntry';
  readonly hosts: readonly Located<string>[];
  readonly ports: readonly Located<Scalar>[];
  /** The namespaces whose proxies know its hosts: `.`, `*`, names; none: what the mesh has by default. */
  readonly exportTo: readonly Located<string>[];
}

/** A Sidecar, as far as it says where the proxy of a Pod hands on what comes in. */
export interface Sidecar extends Resource {
  readonly shape: 'sidecar';
  readonly kind: 'Sidecar';
  /** Labels of its Pods, in its own namespace; none: all that no other Sidecar selects. */
  readonly selector: Labels;
  readonly ingress: readonly SidecarListener[];
}

/** An entry of `ingress`. */
export interface SidecarListener {
  /** The Pod's port, as Services have it. */
  readonly port: Located<Scalar> | undefined;
  /** `127.0.0.1:8080`, `[::1]:8080`; `0.0.0.0:8080`, `[::]:8080` for the Pod's address; `unix:///run/quay.sock`. */
  readonly endpoint: Located<string> | undefined;
}

export const isIstioGateway = (one: Resource): one is IstioGateway => one.shape === 'istio-gateway';

export const isVirtualService = (one: Resource): one is VirtualService =>
  isRouteOf('istio', one) && one.kind === 'VirtualService';

export const isDestinationRule = (one: Resource): one is DestinationRule =>
  isRouteOf('istio', one) && one.kind === 'DestinationRule';

export const isSidecar = (one: Resource): one is Sidecar => one.shape === 'sidecar';

export const isServiceEntry = (one: Resource): one is ServiceEntry => one.shape === 'service-entry';
