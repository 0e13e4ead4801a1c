import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import type { SourceFile } from '../text/source.ts';

/** Both halves of it: what survives is copied from the one into the other. */
const LARGE_ENOUGH = 2 * 8 * 1024 * 1024;
/** Asking costs as much as a tenth of a small file. */
const EVERY = 16;

let isSteady = false;

/**
 * V8 doubles the room for new objects as long as many of them survive, and most of what is decoded does: a sixth of the
 * memory of a large run was such room, at hardly any gain. Its limit is taken when a process starts, but the factor that
 * it grows by is asked for each time, so that it stays as it is from here on.
 */
export function* withSteadyYoungGeneration(sources: Iterable<SourceFile>): Generator<SourceFile> {
  let count = 0;
  for (const source of sources) {
    if (!isSteady && count % EVERY === 0 && isLargeEnough()) keepSize();
    count += 1;
    yield source;
  }
}

const isLargeEnough = (): boolean =>
  getHeapSpaceStatistics().some(
    ({ space_name: name, space_size: size }) => name === 'new_space' && size >= LARGE_ENOUGH,
  );

function keepSize(): void {
  isSteady = true;
  setFlagsFromString('--semi-space-growth-factor=1');
  // Before the compiled code is kept (`bin/code-cache.cjs`), which counts for the flags that it was compiled with.
  process.prependOnceListener('exit', () => setFlagsFromString('--semi-space-growth-factor=2'));
}
