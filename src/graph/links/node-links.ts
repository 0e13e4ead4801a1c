import type { Container, ContainerPort, Service, ServicePort, Workload } from '../../model/model.ts';
import type { Stated } from './stated.ts';

/** hostPort → Pod port; one that hostNetwork takes without saying so has a link only where it conflicts (S-065). */
export type HostPortLink = Stated & {
  readonly kind: 'host';
  readonly field: 'hostPort';
  readonly workload: Workload;
  readonly container: Container;
  readonly containerPort: ContainerPort;
  /** `mismatch`: hostNetwork wants both numbers equal (S-064). `conflict`: another Pod that lands on the same node has it. */
  readonly fault: 'mismatch' | 'conflict' | undefined;
  /** The other end of a conflict. */
  readonly rival: { readonly workload: Workload; readonly containerPort: ContainerPort } | undefined;
};

/** nodePort → Service port. */
export type NodePortLink = Stated & {
  readonly kind: 'host';
  readonly field: 'nodePort';
  readonly service: Service;
  readonly servicePort: ServicePort;
  /** `range`: outside 30000-32767 (S-082). `conflict`: another Service port asks for it (S-083). `type`: the Service is a ClusterIP (S-018). */
  readonly fault: 'range' | 'conflict' | 'type' | undefined;
  /** The other end of a conflict; without a port it is the Service's healthCheckNodePort (S-088). */
  readonly rival: { readonly service: Service; readonly servicePort: ServicePort | undefined } | undefined;
};

export type HostLink = HostPortLink | NodePortLink;
