import type {
  Container,
  ContainerPort,
  EndpointPort,
  EndpointSet,
  Service,
  ServicePort,
  Workload,
} from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { Stated } from './stated.ts';

/** Service → workload whose Pod template the selector matches; `workload` is undefined when it matches none. */
export type SelectorLink = Stated & {
  readonly kind: 'selector';
  readonly service: Service;
  readonly workload: Workload | undefined;
  /** When it matches none: the workload it was probably meant for, and why we think so. */
  readonly nearest: NearMiss | undefined;
};

export interface NearMiss {
  readonly workload: Workload;
  /** `label`: same key, another value, or the key is missing. `own-labels`: only the workload's own labels match. */
  readonly why: 'label' | 'own-labels' | 'namespace';
  /** The selector's key that differs, for `label`. */
  readonly key: string | undefined;
  /** The key of the Pods' label that was meant, where it is the key that is misspelt. */
  readonly meantKey?: string | undefined;
}

/** Service port → Pod port of one selected workload, as FindPort resolves it (S-026..S-033). */
export type TargetPortLink = Stated & {
  readonly kind: 'target-port';
  readonly through: 'selector';
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
};

/** Service port without selector → port of its Endpoints or EndpointSlice (S-049). */
export type EndpointLink = Stated & {
  readonly kind: 'target-port';
  readonly through: 'endpoints';
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** Undefined where the input has none. */
  readonly endpoints: EndpointSet | undefined;
  readonly endpointPort: EndpointPort | undefined;
};
