import type { KindDecoder } from '../../model/kind.ts';
import type { Served } from '../api/discover.ts';
import { collect } from '../api/lister.ts';
import { clusterFault } from '../cluster-fault.ts';
import { isObject } from '../json.ts';
import { podSpecOf, subjectOf } from '../pods/owners.ts';
import type { Reading } from '../reading.ts';
import { conditionsOf } from '../seen/conditions.ts';
import { loadBalancerOf } from '../seen/load-balancer.ts';

/** Kinds that are read in a way of their own, or told of by others: the slices hold what Endpoints do. */
const APART: ReadonlySet<string> = new Set([
  ...['Pod', 'ReplicaSet', 'Job', 'ConfigMap', 'Secret', 'EndpointSlice', 'Endpoints', 'Namespace', 'Event'],
]);
/** What is in no namespace and yet about each. */
const CLASSES: ReadonlySet<string> = new Set(['IngressClass', 'GatewayClass']);

/** A kind of which every object is followed. One that several groups serve is listed once: each has the same objects. */
export async function readKind(
  reading: Reading,
  { kind, groups, needs }: KindDecoder,
  served: readonly Served[],
  namespace: string | undefined,
): Promise<void> {
  if (APART.has(kind)) return;
  const [one] = groups
    .flatMap((group) => served.find((other) => other.kind === kind && other.group === group) ?? [])
    .filter(({ verbs }) => verbs.includes('list'));
  if (one && (one.isNamespaced || namespace === undefined || CLASSES.has(kind)))
    await readAll(reading, one, needs);
}

async function readAll(reading: Reading, served: Served, needs?: string): Promise<void> {
  const found = await reading.lister.selected(
    served,
    collect((object) => {
      const source = reading.sourceOf(object, served);
      if (needs !== undefined && !source.text.includes(needs)) return [];
      // Both are known by what they are of, so that a list which begins anew adds nothing.
      reading.owners.add(object, served);
      reading.references.add(object);
      const subject = subjectOf(object, served);
      const isWorkload = podSpecOf(object) !== undefined;
      const seen = isWorkload
        ? []
        : [...conditionsOf(object, subject), ...loadBalancerOf(object, subject, reading.now)];
      return [{ source, seen }];
    }),
  );
  for (const { source, seen } of found ?? []) reading.take([source], seen);
}

/** One that is asked for by name alone needs no more than the rights of its own namespace. */
export async function readNamespaces(
  reading: Reading,
  served: Served | undefined,
  namespace: string | undefined,
): Promise<void> {
  if (!served) return;
  if (namespace === undefined) return readAll(reading, served);
  const { lister } = reading;
  const object = await lister.get(served, namespace, namespace);
  if (isObject(object)) reading.sources.push(reading.sourceOf(object, served));
  else if (object === undefined)
    lister.errors.push(clusterFault(`the cluster has no namespace ${namespace}`));
}
