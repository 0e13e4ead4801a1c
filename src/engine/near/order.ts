import type { Resource } from '../../model/model.ts';
import type { SourceFile } from '../../text/source.ts';
import type { ChangedSource } from './change.ts';

/** The sources as a run reads them, with each changed one in its place. */
export function orderWith(
  sources: readonly SourceFile[],
  changed: readonly ChangedSource[],
): readonly SourceFile[] {
  const placed = new Map(changed.map(({ before, after }) => [before, after]));
  const order = sources.flatMap((one) => (placed.has(one) ? (placed.get(one) ?? []) : one));
  for (const { before, after } of changed) {
    if (before || !after) continue;
    const next = order.findIndex(({ path }) => comesAfter(path, after.path));
    order.splice(next < 0 ? order.length : next, 0, after);
  }
  return order;
}

/** Folder by folder: `a/b.yaml` comes before `a-b.yaml`, whose name is greater than that of the folder. */
function comesAfter(path: string, other: string): boolean {
  const [some, others] = [path.split('/'), other.split('/')];
  for (const [at, name] of some.entries()) {
    const against = others[at];
    if (against === undefined) return true;
    if (name !== against) return name > against;
  }
  return false;
}

/** Objects of one source stay as they are among themselves. */
export function inOrderOf(order: readonly SourceFile[], resources: readonly Resource[]): readonly Resource[] {
  const places = new Map(order.map((source, place) => [source, place]));
  const placeOf = ({ source }: Resource): number => places.get(source) ?? order.length;
  return resources.toSorted((a, b) => placeOf(a) - placeOf(b));
}
