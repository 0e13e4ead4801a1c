/** The repository alone does not say which Applications there are. The message says why, in one phrase. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}
