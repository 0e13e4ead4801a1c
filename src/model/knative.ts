import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { Container, EnvVar, Resource, Workload } from './model.ts';

/** A Service of Knative: a workload that is its own way in. Kubernetes' Service of its name is Knative's doing. */
export interface KnativeService extends Workload {
  readonly shape: 'workload';
  readonly kind: 'Service';
  /** The container that requests are sent to. */
  readonly served: Container | undefined;
  /** The port that it must listen on, which Knative tells it by PORT: the declared one, else 8080 (S-175). */
  readonly servedPort: Located<Scalar> | undefined;
  /** The variable by which Knative tells it; the only one of this name that the manifest does not have. */
  readonly injected: EnvVar | undefined;
  /** `networking.knative.dev/visibility: cluster-local`. */
  readonly isLocal: boolean;
}

/** What Knative's admission asks of ports (S-175). */
export const KNATIVE_PORT_NAMES: readonly string[] = ['', 'http1', 'h2c'];

/** Ports that its own container takes in every Pod (S-175). */
export const KNATIVE_RESERVED: readonly number[] = [8008, 8012, 8013, 8022, 9090, 9091];

export const isKnativeService = (resource: Resource): resource is KnativeService =>
  resource.shape === 'workload' && resource.kind === 'Service';
