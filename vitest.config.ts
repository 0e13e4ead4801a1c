import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    testTimeout: 60_000,
    // Nothing of portolan keeps state between tests: modules are read once for all files, in half the time.
    isolate: false,
  },
});
