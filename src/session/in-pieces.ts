import { atOnce, type Pieces } from '../text/pieces.ts';

/** What is done between two pieces of a run. */
export interface Pause {
  readonly wait: () => Promise<unknown>;
  /** How long nothing else is looked at, in milliseconds; much less than anybody notices when left out. */
  readonly everyMs?: number;
}

const USUAL_MS = 8;

/** Does some work, with a pause now and then; at once where nobody wants one. */
export async function inPieces<T>(work: Pieces<T>, pause: Pause | undefined): Promise<T> {
  if (!pause) return atOnce(work);
  const { wait, everyMs = USUAL_MS } = pause;
  let since = performance.now();
  let step = work.next();
  while (!step.done) {
    if (performance.now() - since >= everyMs) {
      await wait();
      since = performance.now();
    }
    step = work.next();
  }
  return step.value;
}
