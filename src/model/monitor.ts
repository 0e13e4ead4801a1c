import type { Located } from '../text/source.ts';
import type { Scalar } from '../text/yaml-node.ts';
import type { LabelSelector } from './label-selector.ts';
import type { Resource } from './model.ts';

/** A ServiceMonitor or PodMonitor of the Prometheus Operator. */
export interface Monitor extends Resource {
  readonly shape: 'monitor';
  /** Of the Services' or the Pods' own labels (S-183). */
  readonly selector: LabelSelector;
  /** Where they are; `any` for every namespace. */
  readonly namespaces: 'any' | readonly string[];
  readonly endpoints: readonly MonitorEndpoint[];
}

export interface MonitorEndpoint {
  /** `spec.endpoints[0]`. */
  readonly field: string;
  readonly port: Located<string> | undefined;
  /** A PodMonitor's alone. */
  readonly portNumber: Located<Scalar> | undefined;
  readonly targetPort: Located<Scalar> | undefined;
}

/** A Probe of the Prometheus Operator: whom it asks to probe. */
export interface MonitorProbe extends Resource {
  readonly shape: 'monitor-probe';
  /** Host and port, in most cases without a scheme. */
  readonly proberUrl: Located<string> | undefined;
}

export const isMonitor = (resource: Resource): resource is Monitor => resource.shape === 'monitor';

export const isMonitorProbe = (resource: Resource): resource is MonitorProbe =>
  resource.shape === 'monitor-probe';
