/**
 * Work that is done piece by piece. Between two of them whoever does it may turn to something else, and go on later or
 * never: what is half done is nobody else's to see.
 */
export type Pieces<T> = Generator<undefined, T, undefined>;

/** For who has nothing else to do. */
export function atOnce<T>(work: Pieces<T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
