import { KINDS } from '../model/decode.ts';
import type { KindDecoder, Kinds } from '../model/kind.ts';
import type { Observation } from '../model/observation.ts';
import type { Denied } from '../sources/denied.ts';
import type { InputError } from '../sources/input-error.ts';
import type { Bundle, SourceFile } from '../text/source.ts';
import { rulesFor } from './api/denials.ts';
import { discover, type Served } from './api/discover.ts';
import { collect, Lister } from './api/lister.ts';
import type { Cluster } from './cluster.ts';
import { clusterFault } from './cluster-fault.ts';
import { isObject, type JsonObject, textAt } from './json.ts';
import { References } from './objects/references.ts';
import { keptOfSecret } from './objects/secret-keys.ts';
import { toSource, type WrittenAt } from './objects/to-source.ts';
import { Owners, podSpecOf, subjectOf } from './pods/owners.ts';
import { type PodGroup, podSink } from './pods/pod-sink.ts';
import { conditionsOf } from './seen/conditions.ts';
import { endpointsOf, isMadeOfSelector } from './seen/endpoints.ts';
import { eventSink } from './seen/events.ts';
import { loadBalancerOf } from './seen/load-balancer.ts';

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

/** Kinds that are read in a way of their own, or told of by others: the slices hold what Endpoints do. */
const APART: ReadonlySet<string> = new Set([
  ...['Pod', 'ReplicaSet', 'Job', 'ConfigMap', 'Secret', 'EndpointSlice', 'Endpoints', 'Namespace', 'Event'],
]);
/** What is in no namespace and yet about each. */
const CLASSES: ReadonlySet<string> = new Set(['IngressClass', 'GatewayClass']);
/** Pods of `kubectl get` that hold no port: what everybody has, and what nobody mounts and is large. */
const EVERYWHERE = /^(?:kube-root-ca\.crt|openshift-service-ca\.crt)$/;
const LARGE = 32 * 1024;

/**
 * Reads what is followed of a cluster, one list for each kind, and judges nothing. Workloads come before their Pods, so
 * that these can be told of them while they stream.
 *
 * @throws ClusterError where the server does not even say what it has
 */
export const gather = (cluster: Cluster, options: GatherOptions): Promise<Gathered> =>
  new Gathering(cluster, options).run();

class Gathering {
  readonly #cluster: Cluster;
  readonly #options: GatherOptions;
  readonly #kinds: Kinds;
  readonly #lister: Lister;
  readonly #owners = new Owners();
  readonly #references = new References();
  readonly #sources: SourceFile[] = [];
  readonly #observations: Observation[] = [];
  readonly #now = new Date().toISOString().replace(/\.\d+/, '');
  readonly #bundle: Bundle;

  constructor(cluster: Cluster, options: GatherOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#kinds = options.kinds ?? KINDS;
    this.#bundle = {
      kind: 'cluster',
      path: cluster.name,
      holdsAll: (group, kind, namespace) => this.#lister.hasAll(group, kind, namespace),
    };
    this.#lister = new Lister(cluster, { namespace: options.namespace, selector: options.selector });
  }

  async run(): Promise<Gathered> {
    const decoders = [...this.#kinds.values()].flat();
    const served = await discover(this.#cluster, new Set(['', ...decoders.flatMap(({ groups }) => groups)]));
    const find = (kind: string, group = ''): Served | undefined =>
      served.find((one) => one.kind === kind && one.group === group);

    const events = find('Event');
    const [seen] = await Promise.all([
      events && this.#lister.list(events, eventSink, { fieldSelector: 'type=Warning' }),
      ...decoders.flatMap((decoder) => this.#plainly(decoder, served)),
      this.#namespaces(find('Namespace')),
    ]);
    await Promise.all([this.#between(find('ReplicaSet', 'apps')), this.#between(find('Job', 'batch'))]);
    const [pods] = await Promise.all([
      this.#pods(find('Pod'), seen),
      this.#slices(find('EndpointSlice', 'discovery.k8s.io')),
    ]);
    await Promise.all([this.#configMaps(find('ConfigMap')), this.#secrets(find('Secret'))]);
    return {
      sources: this.#sources.sort((a, b) => (a.path < b.path ? -1 : 1)),
      observations: [...this.#observations, ...(seen?.all() ?? [])].sort(bySubject),
      pods,
      denied: rulesFor(this.#lister.denied),
      errors: this.#errors(),
    };
  }

  /** A kind that several groups serve is listed once: each has the same objects. */
  #plainly(decoder: KindDecoder, served: readonly Served[]): Promise<void>[] {
    if (APART.has(decoder.kind)) return [];
    const groups = decoder.groups.flatMap(
      (group) => served.find((one) => one.kind === decoder.kind && one.group === group) ?? [],
    );
    const [one] = groups.filter(({ verbs }) => verbs.includes('list'));
    if (!one || (!one.isNamespaced && this.#options.namespace !== undefined && !CLASSES.has(one.kind)))
      return [];
    return [this.#list(one, decoder.needs)];
  }

  async #list(served: Served, needs?: string): Promise<void> {
    const found = await this.#lister.selected(
      served,
      collect((object) => {
        const source = this.#sourceOf(object, served);
        if (needs !== undefined && !source.text.includes(needs)) return [];
        const subject = subjectOf(object, served);
        // Known by their uid, so that a list which begins anew adds nothing.
        this.#owners.add(object, served);
        this.#references.add(object);
        return [
          {
            source,
            seen: podSpecOf(object)
              ? []
              : [...conditionsOf(object, subject), ...loadBalancerOf(object, subject, this.#now)],
          },
        ];
      }),
    );
    for (const { source, seen } of found ?? []) {
      this.#sources.push(source);
      this.#observations.push(...seen);
    }
  }

  /** One that is asked for by name alone needs no more than the rights of its own namespace. */
  async #namespaces(served: Served | undefined): Promise<void> {
    const { namespace } = this.#options;
    if (!served) return;
    if (namespace === undefined) return this.#list(served);
    const object = await this.#lister.get(served, namespace, namespace);
    if (isObject(object)) this.#sources.push(this.#sourceOf(object, served));
  }

  /** What lies between a workload and its Pods is told of the workload. */
  async #between(served: Served | undefined): Promise<void> {
    if (!served) return;
    const found = await this.#lister.selected(
      served,
      collect((object) => (this.#owners.isMade(object) ? [] : [object])),
    );
    for (const object of found ?? []) {
      this.#owners.add(object, served);
      this.#references.add(object);
      this.#sources.push(this.#sourceOf(object, served));
    }
  }

  async #pods(
    served: Served | undefined,
    events: ReturnType<ReturnType<typeof eventSink>['end']> | undefined,
  ): Promise<readonly PodGroup[]> {
    if (!served) return [];
    const pods = await this.#lister.selected(served, () => podSink(served, this.#owners, events));
    for (const { object } of pods?.groups ?? []) {
      if (!object) continue;
      this.#references.add(object);
      this.#sources.push(this.#sourceOf(object, served));
    }
    this.#observations.push(...(pods?.observations ?? []));
    return pods?.groups ?? [];
  }

  async #slices(served: Served | undefined): Promise<void> {
    if (!served) return;
    const found = await this.#lister.list(
      served,
      collect((slice) => [
        {
          seen: endpointsOf(slice, this.#now),
          source: isMadeOfSelector(slice) ? undefined : this.#sourceOf(slice, served),
        },
      ]),
    );
    for (const { seen, source } of found ?? []) {
      this.#observations.push(...seen);
      if (source) this.#sources.push(source);
    }
  }

  async #configMaps(served: Served | undefined): Promise<void> {
    if (!served) return;
    const found = await this.#lister.list(
      served,
      collect((object) => {
        const [namespace, name = ''] = ['namespace', 'name'].map((key) => textAt(object, 'metadata', key));
        if (EVERYWHERE.test(name)) return [];
        const source = this.#sourceOf(object, served);
        return source.text.length <= LARGE || this.#references.configMaps.has(`${namespace}/${name}`)
          ? [source]
          : [];
      }),
    );
    this.#sources.push(...(found ?? []));
  }

  async #secrets(served: Served | undefined): Promise<void> {
    if (!served || this.#options.secrets === false) return;
    const uses = [...this.#references.secrets.values()];
    const kept = await Promise.all(
      uses.map(async (use) => {
        const secret = await this.#lister.get(served, use.namespace, use.name);
        return secret === undefined ? undefined : keptOfSecret(secret, use);
      }),
    );
    for (const object of kept) if (object) this.#sources.push(this.#sourceOf(object, served));
  }

  #errors(): readonly InputError[] {
    const { denied, errors } = this.#lister;
    if (this.#sources.length > 0 || denied.length === 0 || errors.length > 0) return errors;
    const where = this.#options.namespace === undefined ? '' : `, namespace ${this.#options.namespace}`;
    return [clusterFault(`the user of context ${this.#cluster.name} may see nothing there${where}`)];
  }

  #sourceOf(object: JsonObject, served: Served): SourceFile {
    return toSource(object, served, {
      bundle: this.#bundle,
      kinds: this.#kinds,
      writtenAt: this.#options.writtenAt,
    });
  }
}

/** Lists are answered in any order. */
const bySubject = (a: Observation, b: Observation): number =>
  keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0;

const keyOf = ({ subject: { kind, namespace, name, container }, what }: Observation): string =>
  [namespace, kind, name, container, what.kind].join('\0');
