import { defineConfig } from 'vitest/config';

/** They wait for a cluster, a browser or a watcher, and tell of time-outs if a neighbour takes the processor. */
const waiting = [
  'test/live/**/*.test.ts',
  'test/page/**/*.test.ts',
  'test/cluster.test.ts',
  'test/watch-check.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/build-once.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Nothing of portolan keeps state between tests: modules are read once for all files, in half the time.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'side-by-side',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: waiting,
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: waiting, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
