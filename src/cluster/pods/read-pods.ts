import type { Served } from '../api/discover.ts';
import { collect } from '../api/lister.ts';
import type { Reading } from '../reading.ts';
import type { Events } from '../seen/events.ts';
import { type PodGroup, podSink } from './pod-sink.ts';

/** What lies between a workload and its Pods is told of the workload; what nothing made is followed. */
export async function readBetween(reading: Reading, served: Served | undefined): Promise<void> {
  if (!served) return;
  const found = await reading.lister.selected(
    served,
    collect((object) => (reading.owners.isMade(object) ? [] : [object])),
  );
  for (const object of found ?? []) reading.add(object, served);
}

/** Pods after all that makes them. */
export async function readPods(
  reading: Reading,
  served: Served | undefined,
  events: Events | undefined,
): Promise<readonly PodGroup[]> {
  if (!served) return [];
  const pods = await reading.lister.selected(served, () => podSink(served, reading.owners, events));
  for (const { object } of pods?.groups ?? []) if (object) reading.add(object, served);
  reading.take([], pods?.observations ?? []);
  return pods?.groups ?? [];
}
