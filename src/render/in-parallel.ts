import { availableParallelism } from 'node:os';

interface Job<T> {
  readonly path: string;
  run(): Promise<T>;
}

/** As many jobs at once as the machine has cores; answers in the order of the jobs. */
export async function inParallel<T>(
  jobs: readonly Job<T>[],
  onJob: ((path: string, done: number, all: number) => void) | undefined,
): Promise<T[]> {
  const answers = new Array<T>(jobs.length);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at]!;
      onJob?.(job.path, done, jobs.length);
      answers[at] = await job.run();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  if (jobs.length > 0) onJob?.('', jobs.length, jobs.length);
  return answers;
}
