import { groupBy } from '../text/group-by.ts';
import type { Resource, Workload } from './model.ts';
import { isOf, type Observation } from './observation.ts';
import { olderPods } from './owners.ts';
import type { Model } from './resource-set.ts';

/** The observations of a run, found by whose they are. */
export interface Observed {
  readonly isEmpty: boolean;
  about(resource: Resource): readonly Observation[];
  /**
   * Also what was seen of the Pods and the like that the workload made, but for those of an older template, which tell
   * nothing of the next.
   */
  aboutWorkload(workload: Workload): readonly Observation[];
}

const NONE: readonly Observation[] = [];

export function observedIn(model: Model, observations: readonly Observation[]): Observed {
  if (observations.length === 0) return { isEmpty: true, about: () => NONE, aboutWorkload: () => NONE };
  const byName = groupBy(observations, ({ subject }) => subject.name);
  const about = (resource: Resource): readonly Observation[] =>
    [byName.get(resource.name) ?? NONE, byName.get(undefined) ?? NONE].flatMap((found) =>
      found.filter(({ subject }) => isOf(subject, resource)),
    );
  return {
    isEmpty: false,
    about,
    aboutWorkload: (workload) => {
      const made = model.madeBy(workload);
      const older = new Set(olderPods(workload, made));
      return [...new Set([workload, ...made].flatMap((one) => (older.has(one) ? [] : about(one))))];
    },
  };
}
