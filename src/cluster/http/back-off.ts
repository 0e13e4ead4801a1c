import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '../cluster.ts';

const MOST_TRIES = 5;
const LONGEST_WAIT_S = 30;

/**
 * Told to wait (429), it waits as long as it is told, and asks again; after five times the answer is what it is.
 *
 * @param isTold whether an answer says so; an answer may be missing
 */
export async function withBackOff<A extends Answer | undefined>(
  ask: () => Promise<A>,
  signal?: AbortSignal,
  isTold: (answer: Answer) => boolean = ({ status }) => status === 429,
): Promise<A> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (answer === undefined || !isTold(answer) || tries === MOST_TRIES) return answer;
    await wait(1000 * secondsOf(answer, tries), undefined, signal ? { signal } : {});
  }
}

/** Without a number in `Retry-After`, twice as long each time. */
function secondsOf({ headers }: Answer, tries: number): number {
  const told = headers['retry-after'];
  const seconds = typeof told === 'string' && /^\d{1,5}$/.test(told) ? Number(told) : 2 ** (tries - 1);
  return Math.min(seconds, LONGEST_WAIT_S);
}

/**
 * Whether the API server itself takes no more requests, and not somebody whom it proxies (k8s.io/apiserver
 * pkg/server/filters/maxinflight.go, `tooManyRequests`, which priority and fairness uses as well).
 */
export const isServerBusy = ({ status, body }: Answer): boolean =>
  status === 429 && body.toString('utf8').startsWith('Too many requests, please try again later.');
