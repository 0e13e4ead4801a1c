import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import type { SourceFile } from '../text/source.ts';

/** What V8 is told while it runs, and what it is told again at the end. */
interface Measure {
  readonly space: 'new_space' | 'old_space';
  /** From here on. */
  readonly bytes: number;
  readonly flag: string;
  readonly usual: string;
  readonly isMeant: boolean;
}

const MEGABYTE = 1024 * 1024;
/** V8 itself grows it less from version 12 on (`bin/code-cache.cjs`). */
const GROWS_BY_PERCENT = Number(process.versions.v8.split('.')[0]) < 12;

/**
 * V8 doubles the room for new objects as long as many of them survive, and most of what is decoded does: a sixth of the
 * memory of a large run was such room, at hardly any gain. Its limit is taken when a process starts, but the factor that
 * it grows by is asked for each time, so that it stays as it is from here on: both halves of it count, as what survives
 * is copied from the one into the other.
 *
 * How far all else may grow before it is swept is asked for each time as well. A sweep more is worth it where a part of
 * the whole is hundreds of megabytes.
 */
const MEASURES: readonly Measure[] = [
  {
    space: 'new_space',
    bytes: 2 * 8 * MEGABYTE,
    flag: '--semi-space-growth-factor=1',
    usual: '--semi-space-growth-factor=2',
    isMeant: true,
  },
  {
    space: 'old_space',
    bytes: 192 * MEGABYTE,
    flag: '--heap-growing-percent=20',
    usual: '--heap-growing-percent=40',
    isMeant: GROWS_BY_PERCENT,
  },
];

/** Asking costs as much as a tenth of a small file. */
const EVERY = 16;

const left = new Set(MEASURES.filter(({ isMeant }) => isMeant));

/** Looks at the heap while sources are read. */
export function* withSteadyHeap(sources: Iterable<SourceFile>): Generator<SourceFile> {
  let count = 0;
  for (const source of sources) {
    if (left.size > 0 && count % EVERY === 0) takeMeasures();
    count += 1;
    yield source;
  }
}

function takeMeasures(): void {
  const sizes = new Map(getHeapSpaceStatistics().map((one) => [one.space_name, one.space_size] as const));
  for (const one of left) {
    if ((sizes.get(one.space) ?? 0) < one.bytes) continue;
    left.delete(one);
    setFlagsFromString(one.flag);
    // Before the compiled code is kept (`bin/code-cache.cjs`), which counts for the flags that it was compiled with.
    process.prependOnceListener('exit', () => setFlagsFromString(one.usual));
  }
}
