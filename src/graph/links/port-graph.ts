import type { Container, Service, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import type { Environment } from '../../process/environment/environment.ts';
import type { ContainerProcess } from '../../process/listeners/container-process.ts';
import type { LocatedFault } from '../../text/fault.ts';
import type { ClientLink, MonitorLink, PolicyLink, WebhookLink } from './caller-links.ts';
import type { Chain } from './chain.ts';
import type { Link } from './link.ts';
import type { HostPortLink, NodePortLink } from './node-links.ts';
import type { BindLink, ConfigLink, ProbeLink } from './pod-links.ts';
import type { BackendLink, ParentLink } from './route-links.ts';
import type { EndpointLink, SelectorLink, TargetPortLink } from './service-links.ts';
import type { Settings } from './settings.ts';

/** Everything that refers to something, already followed. Rules ask it and never scan resources to match them. */
export interface PortGraph {
  /** The resources of the set, by kind and by name. */
  readonly model: Model;
  readonly settings: Settings;
  readonly parents: readonly ParentLink[];
  readonly backends: readonly BackendLink[];
  readonly selectors: readonly SelectorLink[];
  readonly targetPorts: readonly TargetPortLink[];
  readonly endpointPorts: readonly EndpointLink[];
  readonly binds: readonly BindLink[];
  readonly probes: readonly ProbeLink[];
  readonly hostPorts: readonly HostPortLink[];
  readonly nodePorts: readonly NodePortLink[];
  readonly policies: readonly PolicyLink[];
  readonly clients: readonly ClientLink[];
  readonly monitors: readonly MonitorLink[];
  readonly webhooks: readonly WebhookLink[];
  readonly configs: readonly ConfigLink[];
  readonly chains: readonly Chain[];

  workloadsOf(service: Service): readonly Workload[];
  targetPortsOf(service: Service): readonly TargetPortLink[];
  /** What is known of the process of one container. */
  processOf(workload: Workload, container: Container): ContainerProcess;
  /** What threw in the processes that were asked for until now. */
  faults(): readonly LocatedFault[];
  /** The container's environment as the kubelet builds it (S-092..S-114). */
  environmentOf(workload: Workload, container: Container): Environment;
}

/** Every link of a graph, outside in. */
export const linksOf = (graph: PortGraph): Link[] => [
  ...graph.parents,
  ...graph.backends,
  ...graph.nodePorts,
  ...graph.selectors,
  ...graph.targetPorts,
  ...graph.endpointPorts,
  ...graph.hostPorts,
  ...graph.binds,
  ...graph.probes,
  ...graph.policies,
  ...graph.clients,
  ...graph.monitors,
  ...graph.webhooks,
  ...graph.configs,
];
