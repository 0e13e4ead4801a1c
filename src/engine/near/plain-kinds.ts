import type { Resource } from '../../model/model.ts';
import { isOther } from '../../model/resource-set.ts';

/** Of what is not followed, what concerns nobody but those who name it. */
const PLAIN: ReadonlySet<string> = new Set([
  ...['ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  ...['PersistentVolumeClaim', 'PersistentVolume', 'StorageClass'],
  ...['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'LimitRange', 'ResourceQuota', 'PriorityClass'],
]);

/**
 * Whether it may say something of everything, wherever it lies: a policy of a kind that nobody knows, or what makes
 * Pods that no manifest shows.
 */
export const concernsAll = (one: Resource): boolean =>
  isOther(one) && one.shape !== 'namespace' && !PLAIN.has(one.kind);

/** Whether there is a kind now that concerns all and that nothing was of before, or is none any more. */
export function turnsForAll(
  all: readonly Resource[],
  before: ReadonlySet<Resource>,
  after: readonly Resource[],
): boolean {
  const kindsOf = (some: Iterable<Resource>): Set<string> =>
    new Set(
      Array.from(some)
        .filter(concernsAll)
        .map(({ apiVersion, kind }) => `${apiVersion} ${kind}`),
    );
  const [was, is] = [kindsOf(before), kindsOf(after)];
  const turned = [...was, ...is].filter((kind) => !was.has(kind) || !is.has(kind));
  if (turned.length === 0) return false;
  const stay = kindsOf(all.filter((one) => !before.has(one)));
  return turned.some((kind) => !stay.has(kind));
}
