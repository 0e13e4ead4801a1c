import { at, type Json, listAt, numberAt, textAt } from '../../cluster/json.ts';
import type { Workload } from '../../model/model.ts';
import type { Chosen } from '../step/step.ts';

/** What of a Pod decides whether and how it is looked at. */
export interface PodState extends Chosen {
  readonly address: string | undefined;
  /** Of the node that it runs on. */
  readonly nodeAddress: string | undefined;
  /** Containers that have a log. */
  readonly logging: readonly string[];
  /** Containers whose run before this one ended: their log tells why. */
  readonly crashed: readonly string[];
  /** Declared, TCP. */
  readonly ports: readonly number[];
}

/**
 * The Pod that is looked at for all that a workload made: of its newest template one that is ready, else one that
 * runs, else any, as a Pod that never ran has a log that says why.
 */
export function choosePod(workload: Workload, pods: readonly Json[]): PodState | undefined {
  const own = pods.filter(
    (pod) => isOf(pod, workload) && textAt(pod, 'metadata', 'deletionTimestamp') === undefined,
  );
  const newest = own.toSorted((a, b) => created(b).localeCompare(created(a)))[0];
  const [best] = own
    .filter((pod) => templateOf(pod) === templateOf(newest))
    .toSorted((a, b) => rank(b) - rank(a) || nameOf(a).localeCompare(nameOf(b)));
  return best === undefined ? undefined : stateOf(best);
}

const nameOf = (pod: Json | undefined): string => textAt(pod, 'metadata', 'name') ?? '';
const created = (pod: Json): string => textAt(pod, 'metadata', 'creationTimestamp') ?? '';

/** What each controller writes on the Pods of one template. */
const templateOf = (pod: Json | undefined): string | undefined =>
  textAt(pod, 'metadata', 'labels', 'pod-template-hash') ??
  textAt(pod, 'metadata', 'labels', 'controller-revision-hash');

/** A Deployment owns its Pods by way of a ReplicaSet, a CronJob by way of a Job, whose names begin with its own. */
function isOf(pod: Json, { kind, name }: Workload): boolean {
  if (kind === 'Pod') return nameOf(pod) === name;
  const owner = listAt(pod, 'metadata', 'ownerReferences').find((one) => at(one, 'controller') === true);
  const owned = textAt(owner, 'name');
  if (owned === undefined) return false;
  return owned === name || (textAt(owner, 'kind') !== kind && owned.startsWith(`${name}-`));
}

/** An init container that did what it had to. */
const isDone = (status: Json): boolean => numberAt(status, 'state', 'terminated', 'exitCode') === 0;

const rank = (pod: Json): number =>
  listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  )
    ? 2
    : textAt(pod, 'status', 'phase') === 'Running'
      ? 1
      : 0;

function stateOf(pod: Json): PodState {
  const statuses = ['containerStatuses', 'initContainerStatuses'].flatMap((list) =>
    listAt(pod, 'status', list),
  );
  const declaring = listAt(pod, 'spec', 'containers').filter((one) => listAt(one, 'ports').length > 0);
  const isFirst = (name: string): number => (declaring.some((one) => textAt(one, 'name') === name) ? 0 : 1);
  const named = (list: readonly Json[]): string[] => list.flatMap((one) => textAt(one, 'name') ?? []);
  return {
    namespace: textAt(pod, 'metadata', 'namespace') ?? '',
    name: nameOf(pod),
    address: textAt(pod, 'status', 'podIP'),
    nodeAddress: textAt(pod, 'status', 'hostIP'),
    running: named(statuses.filter((one) => at(one, 'state', 'running') !== undefined)).toSorted(
      (a, b) => isFirst(a) - isFirst(b),
    ),
    logging: named(
      statuses.filter(
        (one) =>
          at(one, 'state', 'running') !== undefined ||
          (at(one, 'state', 'terminated') !== undefined && !isDone(one)),
      ),
    ),
    crashed: named(statuses.filter((one) => at(one, 'lastState', 'terminated') !== undefined)),
    ports: listAt(pod, 'spec', 'containers')
      .flatMap((one) => listAt(one, 'ports'))
      .filter((port) => (textAt(port, 'protocol') ?? 'TCP') === 'TCP')
      .flatMap((port) => numberAt(port, 'containerPort') ?? []),
  };
}
