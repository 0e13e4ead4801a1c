import type { Located, Location } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { LabelSelector } from './label-selector.ts';
import type { Resource } from './model.ts';
import type { ParentRef } from './route.ts';

/** The group of GatewayClass, Gateway, ListenerSet, every route and ReferenceGrant. */
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';
/** The group of kinds on trial, such as XListenerSet. */
export const GATEWAY_TRIAL_GROUP = 'gateway.networking.x-k8s.io';

export interface GatewayClass extends Resource {
  readonly shape: 'gateway-class';
  readonly kind: 'GatewayClass';
  readonly controllerName: Located<string> | undefined;
}

/** Whatever has listeners that routes attach to: a Gateway, or a ListenerSet, which adds some to a Gateway. */
export interface ListenerOwner extends Resource {
  readonly shape: 'gateway' | 'listener-set' | 'istio-gateway';
  readonly listeners: readonly Listener[];
  readonly listenersAt: Location;
}

export interface Gateway extends ListenerOwner {
  readonly shape: 'gateway';
  readonly kind: 'Gateway';
  readonly className: Located<string> | undefined;
  /** Host names among `spec.addresses`: Istio takes such a Service for its data plane (S-163). */
  readonly addresses: readonly Located<string>[];
  /** Which namespaces may add ListenerSets; none by default. */
  readonly allowedListeners: AllowedNamespaces;
}

export interface ListenerSet extends ListenerOwner {
  readonly shape: 'listener-set';
  readonly kind: 'ListenerSet' | 'XListenerSet';
  readonly parentRef: ParentRef | undefined;
}

export interface Listener {
  readonly name: Located<string> | undefined;
  readonly protocol: Located<string> | undefined;
  /** The port that clients dial (S-158). */
  readonly port: Located<Scalar> | undefined;
  readonly hostname: Located<string> | undefined;
  readonly tlsMode: Located<string> | undefined;
  /** The key `tls`, where there is one. */
  readonly tlsAt?: Location | undefined;
  /** `tls.options` of an implementation may take the place of certificates. */
  readonly hasTlsOptions?: boolean;
  readonly certificates?: readonly CertificateRef[];
  readonly allowedNamespaces: AllowedNamespaces;
  /** None: the kinds that fit its protocol. */
  readonly allowedKinds: readonly { readonly group: string; readonly kind: Located<string> }[];
  readonly at: Location;
}

/** An entry of `certificateRefs`: a Secret unless it says otherwise. */
export interface CertificateRef {
  readonly group: string;
  readonly kind: string;
  readonly name: Located<string> | undefined;
  readonly namespace: Located<string> | undefined;
}

export interface AllowedNamespaces {
  /** `All`, `Same`, `Selector`, `None`; undefined where the manifest leaves it out. */
  readonly from: Located<string> | undefined;
  readonly selector: LabelSelector;
  /** An empty selector takes every namespace, and a missing one none. */
  readonly hasSelector?: boolean;
}

export interface ReferenceGrant extends Resource {
  readonly shape: 'reference-grant';
  readonly kind: 'ReferenceGrant';
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly {
    readonly group: string;
    readonly kind: string;
    /** None: every object of the kind. */
    readonly name: string | undefined;
  }[];
}

/** Kinds of the objects that listeners belong to; a Gateway may be Istio's own. */
export const LISTENER_KINDS: readonly string[] = ['Gateway', 'ListenerSet', 'XListenerSet'];

export const isListenerOwner = (one: Resource): one is ListenerOwner =>
  one.shape === 'gateway' || one.shape === 'listener-set' || one.shape === 'istio-gateway';

export const isGateway = (one: Resource): one is Gateway => one.shape === 'gateway';

export const isListenerSet = (one: Resource): one is ListenerSet => one.shape === 'listener-set';

export const isGatewayClass = (one: Resource): one is GatewayClass => one.shape === 'gateway-class';

export const isReferenceGrant = (one: Resource): one is ReferenceGrant => one.shape === 'reference-grant';
