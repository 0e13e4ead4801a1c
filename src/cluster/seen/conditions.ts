import type { Observation, SeenCondition, Subject } from '../../model/observation.ts';
import { at, type Json, type JsonObject, listAt, textAt } from '../json.ts';

export type ConditionStatus = SeenCondition['status'];

export function statusOf(condition: Json): ConditionStatus | undefined {
  const status = textAt(condition, 'status');
  return status === 'True' || status === 'False' || status === 'Unknown' ? status : undefined;
}

/**
 * What controllers say of a route, a Gateway or the like: of the object itself, and for each of its parents. What was
 * said of an older generation of the object says nothing of this one.
 */
export function conditionsOf(object: JsonObject, subject: Subject): Observation[] {
  const generation = at(object, 'metadata', 'generation');
  const isNew = (condition: Json): boolean => {
    const seen = at(condition, 'observedGeneration');
    return typeof seen !== 'number' || typeof generation !== 'number' || seen >= generation;
  };
  const said = (conditions: readonly Json[], parent?: SeenCondition['parent']): Observation[] =>
    conditions.filter(isNew).flatMap((one) => {
      const status = statusOf(one);
      const [type, reason, message] = ['type', 'reason', 'message'].map((key) => textAt(one, key));
      if (status === undefined || type === undefined) return [];
      return {
        subject,
        at: textAt(one, 'lastTransitionTime'),
        what: { kind: 'condition', type, status, reason, message, ...(parent ? { parent } : {}) },
      };
    });
  return [
    ...said(listAt(object, 'status', 'conditions')),
    ...listAt(object, 'status', 'parents').flatMap((one) =>
      said(listAt(one, 'conditions'), parentOf(at(one, 'parentRef'), subject)),
    ),
  ];
}

/** A parent is a Gateway of the route's own namespace where it says nothing else (GEP-724). */
const parentOf = (reference: Json | undefined, { namespace }: Subject): SeenCondition['parent'] => ({
  subject: {
    kind: textAt(reference, 'kind') ?? 'Gateway',
    group: textAt(reference, 'group') ?? 'gateway.networking.k8s.io',
    namespace: textAt(reference, 'namespace') ?? namespace,
    name: textAt(reference, 'name'),
  },
  sectionName: textAt(reference, 'sectionName'),
});
