import type {
  ConfigMap,
  Container,
  ContainerPort,
  EnvSource,
  EnvVar,
  Probe,
  Secret,
  Workload,
} from '../../model/model.ts';
import type { Protocol } from '../../model/protocol.ts';
import type { ContainerProcess, KnownListener } from '../../process/listeners/container-process.ts';
import type { TargetPortLink } from './service-links.ts';
import type { Stated } from './stated.ts';

/** Pod port that a Service, a hostPort or Knative sends traffic to → port that a process listens on. One per workload, number and protocol. */
export type BindLink = Stated & {
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
  /** Pods of the workload that run another template than its newest, until they are replaced. */
  readonly olderPods: readonly Workload[];
};

/** Probe or lifecycle hook → Pod port. Broken when its name is not in its own container, or the process is elsewhere. */
export type ProbeLink = Stated & {
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
};

/** A variable that feeds a port → the ConfigMap or Secret key it is read from. */
export type ConfigLink = Stated & {
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
};
