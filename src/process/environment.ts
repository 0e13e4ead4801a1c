import type { Location } from '../text/source.ts';

/** One variable of a container, with where its value was written. */
export interface Variable {
  readonly name: string;
  /** Undefined when the input cannot tell: a Secret or ConfigMap that is not there, a field known only at run time. */
  readonly value: string | undefined;
  /** The characters of the value, in the env entry or in the ConfigMap or Secret; the reference when unknown. */
  readonly at: Location;
  /** For people: `env`, `ConfigMap media/abs-config`, `Secret media/abs`. */
  readonly from: string;
  readonly secret: boolean;
}

/** A container's environment as the kubelet builds it (S-092). */
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  /** False when an envFrom source is not in the input, so that any variable might be set. */
  readonly complete: boolean;
}
