import { KINDS } from '../model/decode.ts';
import type { Kinds } from '../model/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { Denied } from '../sources/denied.ts';
import type { InputError } from '../sources/input-error.ts';
import type { SourceFile } from '../text/source.ts';
import { rulesFor } from './api/denials.ts';
import { discover, type Served } from './api/discover.ts';
import { Lister } from './api/lister.ts';
import type { Cluster } from './cluster.ts';
import { clusterFault } from './cluster-fault.ts';
import { readConfigMaps, readSecrets } from './objects/read-config.ts';
import { readKind, readNamespaces } from './objects/read-kinds.ts';
import type { WrittenAt } from './objects/to-source.ts';
import type { PodGroup } from './pods/pod-sink.ts';
import { readBetween, readPods } from './pods/read-pods.ts';
import { Reading } from './reading.ts';
import { eventSink } from './seen/events.ts';
import { readSlices } from './seen/read-slices.ts';

/** What is asked of a cluster. */
export interface GatherOptions {
  /** Undefined for all. */
  readonly namespace: string | undefined;
  /** Only Services, routes and workloads with these labels, as kubectl's `-l` has it. */
  readonly selector?: string | undefined;
  /** Whether Secrets may be asked for; they are otherwise where a key may hold a port. */
  readonly secrets?: boolean | undefined;
  /** The kinds that are followed; those that portolan knows when left out. */
  readonly kinds?: Kinds | undefined;
  readonly writtenAt: WrittenAt;
}

/** What a cluster has and what was seen of it. */
export interface Gathered {
  readonly sources: readonly SourceFile[];
  readonly observations: readonly Observation[];
  readonly pods: readonly PodGroup[];
  readonly denied: readonly Denied[];
  readonly errors: readonly InputError[];
  /** Undefined where all are meant. */
  readonly namespace?: string | undefined;
}

/**
 * Reads what is followed of a cluster, one list for each kind, and judges nothing. Workloads come before their Pods, so
 * that these can be told of them while they stream.
 *
 * @throws ClusterError where the server does not even say what it has
 */
export async function gather(cluster: Cluster, options: GatherOptions): Promise<Gathered> {
  const { namespace, selector, secrets = true, kinds = KINDS, writtenAt } = options;
  const lister = new Lister(cluster, { namespace, selector });
  const reading = new Reading(cluster.name, lister, kinds, writtenAt);
  const decoders = [...kinds.values()].flat();
  const served = await discover(cluster, new Set(['', ...decoders.flatMap(({ groups }) => groups)]));
  const find = (kind: string, group = ''): Served | undefined =>
    served.find((one) => one.kind === kind && one.group === group);

  const events = find('Event');
  const [seen] = await Promise.all([
    events && lister.list(events, eventSink, { fieldSelector: 'type=Warning' }),
    ...decoders.map((decoder) => readKind(reading, decoder, served, namespace)),
    readNamespaces(reading, find('Namespace'), namespace),
  ]);
  await Promise.all([
    readBetween(reading, find('ReplicaSet', 'apps')),
    readBetween(reading, find('Job', 'batch')),
  ]);
  const [pods] = await Promise.all([
    readPods(reading, find('Pod'), seen),
    readSlices(reading, find('EndpointSlice', 'discovery.k8s.io')),
  ]);
  await Promise.all([
    readConfigMaps(reading, find('ConfigMap')),
    secrets ? readSecrets(reading, find('Secret')) : undefined,
  ]);
  return {
    // Lists are answered in any order.
    sources: reading.sources.sort((a, b) => (a.path < b.path ? -1 : 1)),
    observations: bySubject([...reading.observations, ...(seen?.all() ?? [])]),
    pods,
    denied: rulesFor(lister.denied),
    errors: errorsOf(reading, cluster.name, namespace),
  };
}

function errorsOf(
  { lister: { denied, errors }, sources }: Reading,
  context: string,
  namespace: string | undefined,
): readonly InputError[] {
  if (sources.length > 0 || denied.length === 0 || errors.length > 0) return errors;
  const where = namespace === undefined ? '' : `, namespace ${namespace}`;
  return [clusterFault(`the user of context ${context} may see nothing there${where}`)];
}

function bySubject(observations: readonly Observation[]): Observation[] {
  const keyed = observations.map((one) => ({ one, key: keyOf(one) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}

const keyOf = ({ subject: { kind, namespace, name, container }, what }: Observation): string =>
  [namespace, kind, name, container, what.kind].join('\0');
