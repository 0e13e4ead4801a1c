import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { LabelSelector } from './label-selector.ts';
import type { Labels, OtherResource, Resource } from './model.ts';

export type Direction = 'ingress' | 'egress';

/** A NetworkPolicy, or one of Cilium's. Whatever one policy does not admit, another one may. */
export interface Policy extends Resource {
  readonly shape: 'policy';
  /** One; Cilium's `specs` are as many policies under one name. */
  readonly parts: readonly PolicyPart[];
}

export interface PolicyPart {
  readonly pods: LabelSelector;
  /** Namespaces of its Pods, where they are not those of the policy's own namespace. */
  readonly namespaces: LabelSelector | undefined;
  /** Directions in which its Pods take no traffic but what some policy admits (S-181). */
  readonly isolates: readonly Direction[];
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  readonly direction: Direction;
  /** `spec.ingress[0]`. */
  readonly field: string;
  /** Undefined: anyone. */
  readonly peers: readonly PolicyPeer[] | undefined;
  /** Undefined: every port of every protocol (S-178). */
  readonly ports: readonly PolicyPort[] | undefined;
}

/** Pods by their labels and their namespace's, or a block of addresses; `elsewhere` for names of hosts and the like. */
export type PolicyPeer = PodPeer | AddressBlock | 'elsewhere';

/** An `ipBlock`. */
export interface AddressBlock {
  readonly cidr: string;
  readonly except: readonly string[];
}

export interface PodPeer {
  /** Undefined: every Pod. */
  readonly pods: LabelSelector | undefined;
  /** Undefined: the policy's own namespace. */
  readonly namespaces: LabelSelector | undefined;
}

export const isPodPeer = (peer: PolicyPeer): peer is PodPeer => peer !== 'elsewhere' && !('cidr' in peer);

/** A port of the Pods that traffic arrives at (S-177). */
export interface PolicyPort {
  /** Undefined: every port of the protocol (S-178). */
  readonly port: Located<Scalar> | undefined;
  readonly endPort: Located<Scalar> | undefined;
  readonly protocol: Located<string> | undefined;
}

/** A Namespace, read for its labels alone. Everything may define it again, so it counts as not followed. */
export interface Namespace extends OtherResource {
  readonly shape: 'namespace';
  readonly labels: Labels;
}

export const isPolicy = (resource: Resource): resource is Policy => resource.shape === 'policy';

export const isNamespace = (resource: Resource): resource is Namespace => resource.shape === 'namespace';

export const POLICY_KINDS = [
  'NetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
] as const;

/** Cilium's policies compare protocols otherwise: one that is left out stands for any. */
export const isCilium = ({ kind }: Policy): boolean => kind !== 'NetworkPolicy';
