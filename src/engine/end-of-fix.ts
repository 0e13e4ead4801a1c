import type { Resource } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';
import type { FixEnd } from '../report/report.ts';
import type { Fix } from '../rules/rule.ts';
import { groupBy } from '../text/group-by.ts';
import { partitionPoint } from '../text/partition-point.ts';
import type { Location, SourceFile } from '../text/source.ts';

/** Which end of a chain a fix changes, and which object there. */
export interface ChangedEnd {
  readonly end: FixEnd;
  /** Undefined where it changes what belongs to no object. */
  readonly changes: Resource | undefined;
}

/** Answers what a fix changes: the object whose text its first edit is in. */
export function endsOfFixes(resources: Iterable<Resource>): (fix: Fix) => ChangedEnd {
  let bySource: ReadonlyMap<SourceFile, readonly Resource[]> | undefined;
  const sorted = new Map<SourceFile, readonly Resource[]>();
  const resourceAt = ({ source, start }: Location): Resource | undefined => {
    bySource ??= groupBy(resources, (one) => one.source);
    const there = sorted.get(source) ?? (bySource.get(source) ?? []).toSorted((a, b) => a.start - b.start);
    sorted.set(source, there);
    return there[partitionPoint(there, (one) => one.start <= start) - 1];
  };
  return ({ edits: [edit] }) => {
    const resource = edit && resourceAt(edit.at);
    return { end: resource ? endOf(resource.shape) : 'route', changes: resource };
  };
}

const ENDS: Partial<Record<Shape, FixEnd>> = {
  service: 'service',
  endpoints: 'service',
  workload: 'pod',
  rollout: 'pod',
  'config-map': 'pod',
  secret: 'pod',
};

const endOf = (shape: Shape): FixEnd => ENDS[shape] ?? 'route';
