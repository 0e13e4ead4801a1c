import { Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { afterAll, expect, test } from 'vitest';
import { SHAPES } from './growth-shapes.ts';

// V8 counts each block of what is compiled from here on, so that nothing of portolan is imported before.
// Calls of what is optimised, thrown away to save memory, or called a few times only are not counted otherwise.
for (const flag of ['--no-opt', '--no-flush-bytecode', '--no-lazy-feedback-allocation'])
  setFlagsFromString(flag);
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
afterAll(() => session.disconnect());

const { pass } = await import('./growth-pass.ts');

type Counts = ReadonlyMap<string, number>;

/** How often each block of `src/` is run. */
function blocksOf(run: () => void): Counts {
  const counts = new Map<string, number>();
  session.post('Profiler.takePreciseCoverage');
  run();
  session.post('Profiler.takePreciseCoverage', (_, { result }) => {
    for (const { url, functions } of result.filter((one) => one.url.includes('/src/')))
      for (const { functionName, ranges } of functions)
        for (const { startOffset, count } of ranges)
          counts.set(`${url.slice(url.indexOf('/src/'))} ${functionName}@${startOffset}`, count);
  });
  return counts;
}

/** Four times the input runs a block four times as often; with the square it is sixteen times. What hardly counts is left out. */
function steepIn(make: (n: number) => string): string[] {
  const [few, many] = [50, 200].map((n) => blocksOf(() => pass(make(n))));
  return [...many!].flatMap(([block, count]) =>
    count > 10_000 && count > 8 * (few!.get(block) ?? 0) ? block : [],
  );
}

/** What grows with the square up to a limit, which these are far below. */
const LIMITED: ReadonlySet<string> = new Set([
  // Each fix is tried on its document, until 4 MB have been read again for all of them (`trial-room.ts`).
  'findings in one line of JSON',
  // Each route may come in by each listener: as many ways as a budget has (`model/budget.ts`).
  'listeners of a Gateway, and routes that ask for all of them',
  // Of the ways that lead to a route, 50 are followed.
  'HTTPProxies that include one of many routes',
]);

// Sums hide what is small beside all else, and lists' methods are not all that goes round.
test.each(Object.entries(SHAPES).filter(([name]) => !LIMITED.has(name)))(
  'no block is run with the square of the input: %s',
  (_, make) => {
    pass(make(4));
    const steep = steepIn(make);
    // What is made once for all runs may fall into the second one: what is steep is so each time.
    const again = new Set(steep.length > 0 ? steepIn(make) : []);
    expect(steep.filter((block) => again.has(block))).toEqual([]);
  },
);
