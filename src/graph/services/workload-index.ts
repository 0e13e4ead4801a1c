import type { Service, Workload } from '../../model/model.ts';
import type { Model } from '../../model/resource-set.ts';
import { ROLLOUT_HASH } from '../../model/selector.ts';
import { groupBy } from '../../text/group-by.ts';

/**
 * Finds the workloads that may match a selector by its rarest label, so that matching stays linear in the input.
 * Only labels that some selector asks for are indexed.
 */
export function workloadIndex<T extends Pick<Service, 'namespace' | 'selector'>>(
  model: Model,
  services: readonly T[],
): (service: T) => readonly Workload[] {
  // By namespace, key and value in turn: a key made of all three would be built for every label of the input.
  const lists = new Map<string, Map<string, Map<string, Workload[]>>>();
  for (const { namespace, selector } of services) {
    for (const [key, { value }] of selector) {
      const byKey = madeIn(lists, namespace, newMap<Map<string, Workload[]>>);
      madeIn(byKey, key, newMap<Workload[]>).set(value, []);
    }
  }
  for (const workload of model.workloads) {
    const byKey = lists.get(workload.namespace);
    if (!byKey) continue;
    for (const [key, { value }] of workload.template.labels) byKey.get(key)?.get(value)?.push(workload);
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
        : lists.get(namespace)!.get(key)!.get(value)!;
      if (!rarest || list.length < rarest.length) rarest = list;
    }
    return rarest ?? [];
  };
}

const ORDINAL_LABELS: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);

const newMap = <V>(): Map<string, V> => new Map();

function madeIn<V>(map: Map<string, V>, key: string, make: () => V): V {
  const there = map.get(key);
  if (there !== undefined) return there;
  const made = make();
  map.set(key, made);
  return made;
}
