import { NONE } from '../text/compact.ts';
import { groupOf } from './kind.ts';
import type { Owner, Workload } from './model.ts';

export interface Joined {
  /** Without what others of them made. */
  readonly workloads: readonly Workload[];
  /** What each made, in the order of the input. */
  readonly madeBy: ReadonlyMap<Workload, readonly Workload[]>;
}

/**
 * A Deployment of a cluster, its ReplicaSets and its Pods are one workload, with the shape of the Deployment's own
 * template: the next Pod has it. Where an owner is not in the input, the newest of its equals stands for all of them.
 */
export function joinOwned(all: readonly Workload[]): Joined {
  if (!all.some(({ live }) => live?.owner)) return { workloads: all, madeBy: new Map() };
  const ownerOf = ownersAmong(all);
  const newest = newestOfEquals(all, ownerOf);
  const madeBy = new Map<Workload, Workload[]>();
  const workloads = all.filter((workload) => {
    const root = rootOf(workload, ownerOf, newest);
    if (root === workload) return true;
    const made = madeBy.get(root) ?? [];
    made.push(workload);
    madeBy.set(root, made);
    return false;
  });
  return { workloads, madeBy };
}

type Find = (workload: Workload) => Workload | undefined;

/** Owners may name each other in a circle where somebody wrote them by hand: each workload is passed once. */
function rootOf(workload: Workload, ownerOf: Find, newest: Find): Workload {
  const passed = new Set([workload]);
  for (let one = workload; ; ) {
    const next = ownerOf(one) ?? newest(one);
    if (!next || next === one) return one;
    if (passed.has(next)) return workload;
    passed.add(next);
    one = next;
  }
}

function ownersAmong(all: readonly Workload[]): Find {
  const named = new Map(all.map((one) => [nameOf(one.kind, one.apiVersion, one.namespace, one.name), one]));
  return ({ namespace, live }) => {
    const owner = live?.owner;
    if (!owner) return undefined;
    const there = named.get(nameOf(owner.kind, owner.apiVersion, namespace, owner.name));
    if (there) return isOwner(there, owner) ? there : undefined;
    // The owner's own owner made its name, and stands for it where `kubectl get` was not asked for what lies between.
    const [kind, group, name] = makerOf(owner) ?? [];
    return kind === undefined
      ? undefined
      : (named.get(nameOf(kind, `${group}/`, namespace, name ?? '')) ??
          (kind === 'Deployment'
            ? named.get(nameOf('Rollout', 'argoproj.io/', namespace, name ?? ''))
            : undefined));
  };
}

/** An object that was deleted and made again has another uid. */
const isOwner = ({ live }: Workload, { uid }: Owner): boolean =>
  uid === undefined || live?.uid === undefined || live.uid === uid;

const nameOf = (kind: string, apiVersion: string, namespace: string, name: string): string =>
  [kind, groupOf(apiVersion), namespace, name].join('\0');

/**
 * A ReplicaSet is called after its Deployment and the hash of its template (pkg/controller/deployment/sync.go), a Job
 * after its CronJob and the minute of its start (pkg/controller/cronjob/utils.go).
 */
function makerOf({ kind, name }: Owner): readonly [kind: string, group: string, name: string] | undefined {
  const cut = name.lastIndexOf('-');
  if (cut <= 0) return undefined;
  const [prefix, suffix] = [name.slice(0, cut), name.slice(cut + 1)];
  if (kind === 'ReplicaSet' && /^[a-z0-9]{1,10}$/.test(suffix)) return ['Deployment', 'apps', prefix];
  return kind === 'Job' && /^\d+$/.test(suffix) ? ['CronJob', 'batch', prefix] : undefined;
}

/** Only what one owner made and what is of one shape is alike: an operator may make several things of several kinds. */
function newestOfEquals(all: readonly Workload[], ownerOf: Find): Find {
  const newest = new Map<string, Workload>();
  const keyOf = (workload: Workload): string | undefined => {
    const owner = workload.live?.owner;
    // Each static Pod of a node has the Node for its owner.
    if (!owner || owner.kind === 'Node' || ownerOf(workload)) return undefined;
    const name = nameOf(owner.kind, owner.apiVersion, workload.namespace, owner.uid ?? owner.name);
    return [name, workload.kind, shapeOf(workload)].join('\0');
  };
  for (const one of all) {
    const key = keyOf(one);
    if (key === undefined) continue;
    const known = newest.get(key);
    if (!known || (known.live?.created ?? '') < (one.live?.created ?? '')) newest.set(key, one);
  }
  return (workload) => {
    const key = keyOf(workload);
    return key === undefined ? undefined : newest.get(key);
  };
}

/** What of a Pod decides over its ports, as text; containers that an admission webhook adds are left out. */
function shapeOf({ template }: Workload, only?: ReadonlySet<string>): string {
  return JSON.stringify(
    template.containers
      .filter(({ name }) => !only || only.has(name))
      .map(({ name, image, command, args, env, ports }) => [
        name,
        image?.value,
        command?.map(({ value }) => value),
        args?.map(({ value }) => value),
        env.map((one) => [one.name.value, one.value?.value]),
        ports.map((port) => [port.name?.value, port.number?.value, port.protocol?.value ?? 'TCP']),
      ]),
  );
}

/** Pods that run, and were made of another template than the one that the next will be made of. */
export function olderPods(workload: Workload, made: readonly Workload[]): readonly Workload[] {
  if (made.length === 0) return NONE;
  const names = new Set(workload.template.containers.map(({ name }) => name));
  const shape = shapeOf(workload, names);
  return made.filter((one) => one.kind === 'Pod' && shapeOf(one, names) !== shape);
}
