import type { Observation, SeenContainer, Subject } from '../../model/observation.ts';
import { at, type Json, type JsonObject, listAt, objectAt, textAt } from '../json.ts';
import { type ConditionStatus, statusOf } from './conditions.ts';

type Said = Omit<Observation, 'subject'> & { readonly container?: string | undefined };

/**
 * What many Pods of one shape do, said once for each way of doing it: of 500 Pods that run, one tells enough. Of those
 * that fail alike, the one that was started again most often is kept.
 */
export class PodStates {
  readonly #said = new Map<string, Said>();

  take(pod: JsonObject, events: readonly Said[]): void {
    for (const one of [...conditionsOf(pod), ...containersOf(pod), ...events]) {
      const key = keyOf(one);
      const known = this.#said.get(key);
      if (!known || weightOf(known) < weightOf(one)) this.#said.set(key, one);
    }
  }

  about(subject: Subject): Observation[] {
    return [...this.#said.values()].map(({ container, ...one }) => ({
      ...one,
      subject: container === undefined ? subject : { ...subject, container },
    }));
  }
}

const keyOf = ({ what, container }: Said): string => {
  if (what.kind === 'container')
    return [what.kind, container, what.state, what.reason, what.ready, what.restarts > 0].join('\0');
  if (what.kind === 'condition') return [what.kind, what.type, what.status, what.reason].join('\0');
  return what.kind === 'event' ? [what.kind, container, what.reason].join('\0') : what.kind;
};

const weightOf = ({ what }: Said): number =>
  what.kind === 'container' ? what.restarts : what.kind === 'event' ? (what.count ?? 1) : 0;

const TELLING: ReadonlyMap<string, ConditionStatus> = new Map([
  ['Ready', 'True'],
  ['PodScheduled', 'True'],
]);

/** What is as it should be says nothing. */
const conditionsOf = (pod: JsonObject): Said[] =>
  listAt(pod, 'status', 'conditions').flatMap((one) => {
    const type = textAt(one, 'type') ?? '';
    const status = statusOf(one);
    if (status === undefined || !TELLING.has(type) || TELLING.get(type) === status) return [];
    return {
      at: textAt(one, 'lastTransitionTime'),
      what: {
        kind: 'condition',
        type,
        status,
        reason: textAt(one, 'reason'),
        message: textAt(one, 'message'),
      },
    };
  });

const containersOf = (pod: JsonObject): Said[] =>
  [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')].flatMap(
    (one): Said[] => {
      const [state, detail] = stateOf(at(one, 'state')) ?? [];
      if (state === undefined) return [];
      const [, ended] = stateOf(at(one, 'lastState')) ?? [];
      const restarts = objectAt(one).restartCount;
      const what: SeenContainer = {
        kind: 'container',
        state,
        reason: textAt(detail, 'reason'),
        message: textAt(detail, 'message'),
        ready: objectAt(one).ready === true,
        restarts: typeof restarts === 'number' ? restarts : 0,
        ...(ended === undefined ? {} : { last: endOf(ended) }),
      };
      const time = textAt(detail, 'startedAt') ?? textAt(detail, 'finishedAt') ?? textAt(ended, 'finishedAt');
      return [{ at: time, container: textAt(one, 'name'), what }];
    },
  );

function stateOf(state: Json | undefined): readonly [SeenContainer['state'], JsonObject] | undefined {
  for (const name of ['running', 'waiting', 'terminated'] as const) {
    const detail = at(state, name);
    if (detail !== undefined && detail !== null) return [name, objectAt(detail)];
  }
  return undefined;
}

const endOf = (ended: JsonObject): SeenContainer['last'] => ({
  reason: textAt(ended, 'reason'),
  message: textAt(ended, 'message'),
  ...(typeof ended.exitCode === 'number' ? { exitCode: ended.exitCode } : {}),
});
