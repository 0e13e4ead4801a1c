import type { Json } from '../../cluster/json.ts';
import type { Workload } from '../../model/model.ts';
import type { Subject } from '../../model/observation.ts';
import type { ReportResource } from '../../report/report.ts';
import type { Traced } from '../../report/trace/select.ts';
import type { Kubectl } from './kubectl.ts';
import type { ThroughAddress } from './through.ts';

export interface PlanContext {
  readonly kubectl: Kubectl;
  /** The workload that a report names. */
  readonly workloadOf: (resource: ReportResource) => Workload | undefined;
  /** The Pods that bear its labels, as the API server lists them. */
  readonly podsOf: (workload: Workload) => Promise<readonly Json[]>;
  /** Addresses of the controller in front of a way in: those that were given, else those of a status. */
  readonly addressesOf: (traced: Traced) => Promise<readonly ThroughAddress[]>;
  /** Whether one Pod is run that looks from inside. */
  readonly fromInside: boolean;
  /** What that Pod runs. */
  readonly image: string;
}

export const subjectOf = ({ apiVersion, kind, namespace, name }: ReportResource): Subject => ({
  kind,
  group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
  namespace,
  name,
});
