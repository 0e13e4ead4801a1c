import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { Resource } from './model.ts';

/** What GKE's load balancers ask of the Pods behind a Service: a BackendConfig, or a HealthCheckPolicy at a Gateway. */
export interface HealthCheck extends Resource {
  readonly shape: 'health-check';
  readonly kind: 'BackendConfig' | 'HealthCheckPolicy';
  /** A number; none: the port that is served. */
  readonly port: Located<Scalar> | undefined;
  /** Where it stands: `spec.healthCheck.port`. */
  readonly field: string;
  /** The Service that a policy is for; Services name their BackendConfigs themselves. */
  readonly target: Located<string> | undefined;
}

export const isHealthCheck = (one: Resource): one is HealthCheck => one.shape === 'health-check';
