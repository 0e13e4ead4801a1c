import type { Json } from '../../cluster/json.ts';
import type { Service, Workload } from '../../model/model.ts';
import type { Subject } from '../../model/observation.ts';
import type { ReportResource } from '../../report/report.ts';
import type { Traced } from '../../report/trace/select.ts';
import type { Kubectl } from './kubectl.ts';
import type { ThroughAddress } from './through.ts';

export interface PlanContext {
  readonly kubectl: Kubectl;
  /** The workload that a report names. */
  readonly workloadOf: (resource: ReportResource) => Workload | undefined;
  /** The Service that a report names. */
  readonly serviceOf: (resource: ReportResource) => Service | undefined;
  /** The same as the API server has it now. */
  readonly liveService: (resource: ReportResource) => Promise<Json | undefined>;
  /** The Pods that bear its labels, as the API server lists them. */
  readonly podsOf: (workload: Workload) => Promise<readonly Json[]>;
  /** Addresses of the controller in front of a way in: those that were given, else those of a status. */
  readonly addressesOf: (traced: Traced) => Promise<readonly ThroughAddress[]>;
  /** Whether nodePorts, hostPorts and load balancers are dialled from here. */
  readonly outside: boolean;
  /** Where clients reach nodes; the node of the Pod that is looked at where none is given. */
  readonly nodes: readonly string[];
  /** Whether one Pod is run that looks from inside. */
  readonly fromInside: boolean;
  /** What that Pod runs. */
  readonly image: string;
}

export const wordResource = ({ kind, namespace, name }: ReportResource): string =>
  `${kind} ${namespace}/${name}`;

export const subjectOf = ({ apiVersion, kind, namespace, name }: ReportResource): Subject => ({
  kind,
  group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
  namespace,
  name,
});

/** A report has a resource's words at each link anew. */
export const isSame = (one: ReportResource, other: ReportResource): boolean =>
  one.kind === other.kind && one.namespace === other.namespace && one.name === other.name;
