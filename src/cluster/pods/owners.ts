import type { Subject } from '../../model/observation.ts';
import type { Served } from '../api/discover.ts';
import { at, type Json, type JsonObject, textAt } from '../json.ts';
import { controllerOf, namesIn, shapeOf } from './shape.ts';

/** What makes Pods, and the shape of the next that it makes. */
export interface Owner {
  readonly subject: Subject;
  readonly names: ReadonlySet<string>;
  readonly shape: string;
}

/** Where a workload has the specification of its Pods. */
export const podSpecOf = (object: JsonObject): Json | undefined =>
  at(object, 'spec', 'template', 'spec') ??
  at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec') ??
  (Array.isArray(at(object, 'spec', 'containers')) ? object.spec : undefined);

/** Workloads by the uid that their Pods, or what lies between, name as their owner. */
export class Owners {
  readonly #byUid = new Map<string, Owner>();

  add(object: JsonObject, served: Served): void {
    const uid = textAt(object, 'metadata', 'uid');
    const spec = podSpecOf(object);
    if (uid === undefined || spec === undefined) return;
    this.#byUid.set(uid, { subject: subjectOf(object, served), names: namesIn(spec), shape: shapeOf(spec) });
  }

  /** A ReplicaSet of a Deployment, a Job of a CronJob: whether what made it is known and stands for it. */
  isMade(object: JsonObject): boolean {
    const uid = textAt(object, 'metadata', 'uid');
    const owner = this.of(object);
    if (!owner || uid === undefined) return false;
    this.#byUid.set(uid, owner);
    return true;
  }

  of(object: JsonObject): Owner | undefined {
    return this.#byUid.get(textAt(controllerOf(object), 'uid') ?? '');
  }
}

export const subjectOf = (object: JsonObject, { kind, group }: Served): Subject => ({
  kind,
  group,
  namespace: textAt(object, 'metadata', 'namespace') ?? '',
  name: textAt(object, 'metadata', 'name') ?? '',
});
