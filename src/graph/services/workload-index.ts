import type { Service, Workload } from '../../model/model.ts';
import { groupBy, type Model } from '../../model/resource-set.ts';
import { ROLLOUT_HASH } from '../../model/selector.ts';

/**
 * Finds the workloads that may match a selector by its rarest label, so that matching stays linear in the input.
 * Only labels that some selector asks for are indexed.
 */
export function workloadIndex<T extends Pick<Service, 'namespace' | 'selector'>>(
  model: Model,
  services: readonly T[],
): (service: T) => readonly Workload[] {
  const lists = new Map<string, Workload[]>();
  for (const { namespace, selector } of services) {
    for (const [key, { value }] of selector) lists.set(indexKey(namespace, key, value), []);
  }
  for (const workload of model.workloads) {
    for (const [key, { value }] of workload.template.labels) {
      lists.get(indexKey(workload.namespace, key, value))?.push(workload);
    }
  }
  const statefulSets = groupBy(
    model.workloads.filter(({ kind }) => kind === 'StatefulSet'),
    ({ namespace }) => namespace,
  );
  return ({ namespace, selector }) => {
    let rarest: readonly Workload[] | undefined;
    for (const [key, { value }] of selector) {
      if (key === ROLLOUT_HASH) continue;
      // Labels that the StatefulSet controller adds are in no template (S-058).
      const list = ORDINAL_LABELS.has(key)
        ? (statefulSets.get(namespace) ?? [])
        : lists.get(indexKey(namespace, key, value))!;
      if (!rarest || list.length < rarest.length) rarest = list;
    }
    return rarest ?? [];
  };
}

const ORDINAL_LABELS: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);

const indexKey = (namespace: string, key: string, value: string): string => `${namespace}\0${key}\0${value}`;
