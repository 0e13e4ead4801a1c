import type { Cluster } from '../../cluster/cluster.ts';

/** What every step is done with. */
export interface Asking {
  readonly cluster: Cluster;
  /** The same, which goes on when all else is stopped. */
  readonly keeper: Cluster;
  /** Of each step. */
  readonly timeoutMs: number;
  /** Ends what is in flight. */
  readonly signal: AbortSignal;
  /** Now, as RFC 3339. */
  readonly now: () => string;
  /** Start a container beside others where none has `cat`. */
  readonly ephemeral: boolean;
  /** Of that container, and of the Pod that looks from inside. */
  readonly image: string;
}

/** What comes in time; `late` otherwise, and whatever comes then is dropped. */
export async function inTime<T, L>(work: Promise<T>, timeoutMs: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late), timeoutMs);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
