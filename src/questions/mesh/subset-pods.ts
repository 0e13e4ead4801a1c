import type { PortGraph } from '../../graph/links/port-graph.ts';
import type { Labels, Service, Workload } from '../../model/model.ts';
import { isPlaceholder } from '../../model/ports.ts';
import { groupBy } from '../../text/group-by.ts';

/** The workloads behind one Service. */
export interface SubsetPods {
  readonly workloads: readonly Workload[];
  /** Whether what their labels will be is known. */
  readonly isSettled: boolean;
  /** Whether one of them has such labels, or may have. */
  mayHave(labels: readonly (readonly [key: string, { readonly value: string }])[]): boolean;
}

/** As many routes may ask for subsets of a Service as it has Pods: those of each label are looked for once. */
export function subsetPods({
  workloadsOf,
}: Pick<PortGraph, 'workloadsOf'>): (service: Service) => SubsetPods {
  const known = new Map<Service, SubsetPods>();
  return (service) => {
    const there = known.get(service) ?? podsAmong(workloadsOf(service));
    known.set(service, there);
    return there;
  };
}

function podsAmong(workloads: readonly Workload[]): SubsetPods {
  const byLabel = new Map<string, ReadonlyMap<string | undefined, readonly Workload[]>>();
  const having = (key: string, value: string): readonly Workload[] => {
    const byValue = byLabel.get(key) ?? groupBy(workloads, ({ template }) => settled(template.labels, key));
    byLabel.set(key, byValue);
    return [...(byValue.get(value) ?? []), ...(byValue.get(undefined) ?? [])];
  };
  return {
    workloads,
    isSettled: !workloads.some(({ unsettled }) => unsettled?.labels),
    mayHave: ([first, ...more]) =>
      first === undefined ||
      having(first[0], first[1].value).some(({ template: { labels } }) =>
        more.every(([key, { value }]) => isPlaceholder(labels.get(key)) || labels.get(key)?.value === value),
      ),
  };
}

/** Undefined for a value that is still to be filled in; none is a value as well. */
const settled = (labels: Labels, key: string): string | undefined => {
  const label = labels.get(key);
  return isPlaceholder(label) ? undefined : (label?.value ?? '\0');
};
