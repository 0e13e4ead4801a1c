import type { Container, Resource, Service, ServicePort, Workload } from '../../model/model.ts';
import type { ServiceReference } from '../../model/service-client.ts';
import type { Ended } from './stated.ts';

/** A port of a NetworkPolicy → the Pod port that it is for; one for each workload that it concerns. */
export type PolicyLink = Ended & {
  readonly kind: 'policy';
  readonly policy: Resource;
  readonly workload: Workload;
  readonly direction: 'ingress' | 'egress';
  /** `service-port`: it is a Service's port, and its Pods listen on another. `unresolved`: no Pod has the name. */
  readonly fault: 'service-port' | 'unresolved' | undefined;
  /** For `service-port`: the Service port that was taken for the Pod's. */
  readonly servicePort: { readonly service: Service; readonly port: ServicePort } | undefined;
};

/** An address in env, args or configuration → Service port. */
export type ClientLink = Ended & {
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
};

/** ServiceMonitor, PodMonitor, Probe or scrape annotation → the port that is scraped. */
export type MonitorLink = Ended & {
  readonly kind: 'monitor';
  readonly monitor: Resource;
  readonly service: Service | undefined;
  readonly servicePort: ServicePort | undefined;
  readonly workload: Workload | undefined;
  readonly fault: 'no-port' | 'undeclared' | 'number-as-name' | 'stale' | 'named' | undefined;
};

/** Webhook, APIService or CRD conversion → Service port. */
export type WebhookLink = Ended & {
  readonly kind: 'webhook';
  readonly webhook: Resource;
  readonly reference: ServiceReference;
  readonly service: Service | undefined;
  readonly servicePort: ServicePort | undefined;
  readonly fault: 'no-service' | 'no-port' | undefined;
};
