import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../cluster.ts';

const MOST_TRIES = 5;
const LONGEST_WAIT_S = 30;

/** Told to wait (429), it waits as long as it is told, and asks again; after five times the answer is what it is. */
export async function withBackOff(ask: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (answer.status !== 429 || tries === MOST_TRIES) return answer;
    await wait(1000 * secondsOf(answer, tries), undefined, signal ? { signal } : {});
  }
}

/** Without a number in `Retry-After`, twice as long each time. */
function secondsOf({ headers }: Answer, tries: number): number {
  const told = headers['retry-after'];
  const seconds = typeof told === 'string' && /^\d{1,5}$/.test(told) ? Number(told) : 2 ** (tries - 1);
  return Math.min(seconds, LONGEST_WAIT_S);
}
