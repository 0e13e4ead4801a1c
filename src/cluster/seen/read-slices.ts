import type { Served } from '../api/discover.ts';
import { collect } from '../api/lister.ts';
import type { Reading } from '../reading.ts';
import { endpointsOf, isMadeOfSelector } from './endpoints.ts';

/** Every slice is seen; one that somebody wrote is followed as well. */
export async function readSlices(reading: Reading, served: Served | undefined): Promise<void> {
  if (!served) return;
  const found = await reading.lister.list(
    served,
    collect((slice) => [
      {
        seen: endpointsOf(slice, reading.now),
        source: isMadeOfSelector(slice) ? undefined : reading.sourceOf(slice, served),
      },
    ]),
  );
  for (const { seen, source } of found ?? []) reading.take(source ? [source] : [], seen);
}
