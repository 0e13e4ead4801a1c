import { availableParallelism } from 'node:os';

interface Job<T> {
  readonly path: string;
  run(): Promise<T>;
}

/** As many runs at once as the machine has cores; answers in the order of the runs. */
export async function inParallel<T>(runs: readonly (() => Promise<T>)[]): Promise<T[]> {
  const answers = new Array<T>(runs.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < runs.length; at = next++) answers[at] = await runs[at]!();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), runs.length) }, work));
  return answers;
}

/** The same of jobs each of which is told when it begins, and their end. */
export async function toldInParallel<T>(
  jobs: readonly Job<T>[],
  onJob: ((path: string, done: number, all: number) => void) | undefined,
): Promise<T[]> {
  let done = 0;
  const answers = await inParallel(
    jobs.map(({ path, run }) => async () => {
      onJob?.(path, done, jobs.length);
      const answer = await run();
      done += 1;
      return answer;
    }),
  );
  if (jobs.length > 0) onJob?.('', jobs.length, jobs.length);
  return answers;
}
