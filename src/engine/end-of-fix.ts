import type { Resource } from '../model/model.ts';
import { groupBy } from '../model/resource-set.ts';
import type { Shape } from '../model/shape.ts';
import type { FixEnd } from '../report/report.ts';
import type { Fix } from '../rules/rule.ts';
import type { Location, SourceFile } from '../text/source.ts';

/** Answers which end of a chain a fix changes: that of the object whose text its first edit is in. */
export function endsOfFixes(resources: Iterable<Resource>): (fix: Fix) => FixEnd {
  let sorted: ReadonlyMap<SourceFile, readonly Resource[]> | undefined;
  const resourceAt = ({ source, start }: Location): Resource | undefined => {
    sorted ??= groupBy([...resources], (one) => one.source);
    return sorted.get(source)?.findLast((one) => one.start <= start);
  };
  return ({ edits: [edit] }) => {
    const resource = edit && resourceAt(edit.at);
    return resource ? endOf(resource.shape) : 'route';
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
