import type { Observation, Subject } from '../../model/observation.ts';
import type { Served } from '../api/discover.ts';
import type { Sink } from '../http/read-list.ts';
import { type JsonObject, listAt, textAt } from '../json.ts';
import type { Events } from '../seen/events.ts';
import { PodStates } from '../seen/pod-states.ts';
import { type Owner, type Owners, subjectOf } from './owners.ts';
import { controllerOf, shapeOf } from './shape.ts';

/** Pods of one shape that one owner made: one of them stands for all. */
export interface PodGroup {
  /** What the Pods are told of: the workload that made them, or the one that stands for them. */
  readonly subject: Subject;
  /** One that serves, where one does. */
  readonly pod: Subject;
  readonly count: number;
  /** The one itself, where no workload of the cluster has its shape, so that it is followed. */
  readonly object: JsonObject | undefined;
}

export interface Pods {
  readonly groups: readonly PodGroup[];
  readonly observations: readonly Observation[];
}

interface Group {
  readonly owner: Owner | undefined;
  readonly states: PodStates;
  count: number;
  best: Candidate;
}

interface Candidate {
  readonly pod: Subject;
  readonly isReady: boolean;
  readonly created: string;
  readonly object: JsonObject | undefined;
}

/** Collapses Pods to the shapes of their owners while they stream, so that 50,000 weigh as much as their owners. */
export function podSink(served: Served, owners: Owners, events: Events | undefined): Sink<Pods> {
  const groups = new Map<string, Group>();
  return {
    take(object) {
      if (isOver(object)) return;
      const owner = owners.of(object);
      const isNext = owner !== undefined && shapeOf(object.spec, owner.names) === owner.shape;
      const pod = subjectOf(object, served);
      const one: Candidate = {
        pod,
        isReady: isReady(object),
        created: textAt(object, 'metadata', 'creationTimestamp') ?? '',
        object: isNext ? undefined : object,
      };
      const key = isNext ? keyOf(owner.subject) : ownKey(object);
      const known = groups.get(key);
      const group = known ?? {
        owner: isNext ? owner : undefined,
        states: new PodStates(),
        count: 0,
        best: one,
      };
      group.states.take(object, events?.about(pod) ?? []);
      group.count += 1;
      if (isBetter(one, group.best)) group.best = one;
      groups.set(key, group);
    },
    end() {
      const found = [...groups.values()].map(({ owner, states, count, best: { pod, object } }) => ({
        states,
        group: { subject: owner?.subject ?? pod, pod, count, object },
      }));
      return {
        groups: found.map(({ group }) => group),
        observations: found.flatMap(({ states, group }) => states.about(group.subject)),
      };
    },
  };
}

/** Pods that end, and what is left of Jobs and evictions, serve nothing. */
const isOver = (pod: JsonObject): boolean =>
  textAt(pod, 'metadata', 'deletionTimestamp') !== undefined ||
  (controllerOf(pod) !== undefined && /^(?:Succeeded|Failed)$/.test(textAt(pod, 'status', 'phase') ?? ''));

const keyOf = ({ kind, group, namespace, name }: Subject): string => [kind, group, namespace, name].join('/');

/** Each static Pod of a node has the Node for its owner, and is alone. */
function ownKey(pod: JsonObject): string {
  const owner = controllerOf(pod);
  const uid = textAt(owner, 'kind') === 'Node' ? undefined : textAt(owner, 'uid');
  return uid === undefined
    ? `${textAt(pod, 'metadata', 'namespace')}/${textAt(pod, 'metadata', 'name')}`
    : `${uid}/${shapeOf(pod.spec)}`;
}

const isReady = (pod: JsonObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  );

/** The one that serves; of several that do, the newest. */
const isBetter = (one: Candidate, than: Candidate): boolean =>
  one.isReady === than.isReady ? one.created > than.created : one.isReady;
