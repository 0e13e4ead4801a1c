import type { Observation } from '../../model/observation.ts';

/** What a step brought. */
export interface Outcome {
  readonly observations: readonly Observation[];
  /** Why it brought nothing, or less than it could. */
  readonly fault?: string | undefined;
}

export const failed = (fault: string): Outcome => ({ observations: [], fault });
