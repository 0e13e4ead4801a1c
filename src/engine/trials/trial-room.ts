/** What all trials of a run may cost together, whatever its sets share: each would try the same fixes again. */
export class TrialRoom {
  /** What lies near the fixes. */
  weight: number = MOST_FOLLOWED;
  /** In resources and links. */
  followed: number = MOST_FOLLOWED;
  /** What may be read again. */
  characters = 4_000_000;
}

/** What is read again before it is judged and forgotten: all that trials read at once is a hundred times as much as it says. */
export const READ_AT_ONCE = 250_000;

const MOST_FOLLOWED = 40_000;
