import type { Labels, Workload } from './model.ts';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';
/** Argo Rollouts adds it to Pods, and to the selectors of the Services that a Rollout switches (S-176). */
export const ROLLOUT_HASH = 'rollouts-pod-template-hash';

/**
 * Whether a Service's selector matches the Pods of a workload: every pair must be among the Pod template's labels
 * (S-020, S-056); an empty selector matches nothing (S-021).
 */
export function selects(selector: Labels, workload: Workload): boolean {
  if (selector.size === 0) return false;
  for (const [key, { value }] of selector) {
    if (workload.template.labels.get(key)?.value === value) continue;
    // Which of a Rollout's Pods are meant, nobody can tell from manifests: all of them may be.
    if (key === ROLLOUT_HASH && ROLLED_OUT.has(workload.kind)) continue;
    if (!isOrdinalOf(workload, key, value)) return false;
  }
  return true;
}

/** A Rollout may take its Pods from a Deployment. */
const ROLLED_OUT: ReadonlySet<string> = new Set(['Rollout', 'Deployment']);

/** A StatefulSet labels each Pod with its name and ordinal (S-058). */
function isOrdinalOf(workload: Workload, key: string, value: string): boolean {
  if (workload.kind !== 'StatefulSet' || (key !== POD_NAME && key !== POD_INDEX)) return false;
  const prefix = key === POD_NAME ? `${workload.name}-` : '';
  const ordinal = value.slice(prefix.length);
  const replicas = typeof workload.replicas?.value === 'number' ? workload.replicas.value : 1;
  return value.startsWith(prefix) && /^(0|[1-9]\d*)$/.test(ordinal) && Number(ordinal) < replicas;
}
