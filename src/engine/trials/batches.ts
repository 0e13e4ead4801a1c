import type { Resource } from '../../model/model.ts';
import type { Finding } from '../../rules/rule.ts';

/** What is near a finding, before and after one of its fixes. */
export interface Trial {
  readonly finding: Finding;
  readonly near: readonly Resource[];
  readonly after: readonly Resource[];
}

/**
 * Trials that can be followed in one graph: no two of a batch share a namespace, so that whatever is looked up by
 * name, by label or by likeness finds what it finds alone. Objects without a namespace count as one.
 */
export function batchesOf(trials: readonly Trial[]): readonly (readonly Trial[])[] {
  const batches: Trial[][] = [];
  /** The first batch that has nothing of a namespace. */
  const free = new Map<string, number>();
  for (const trial of trials) {
    const namespaces = new Set([...trial.near, ...trial.after].map(({ namespace }) => namespace));
    let at = 0;
    for (const namespace of namespaces) at = Math.max(at, free.get(namespace) ?? 0);
    for (const namespace of namespaces) free.set(namespace, at + 1);
    const batch = batches[at];
    if (batch) batch.push(trial);
    else batches.push([trial]);
  }
  return batches;
}
