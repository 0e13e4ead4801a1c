import type { Resource } from '../../model/model.ts';
import { identityOf } from '../../model/resource-set.ts';
import { bundleOf } from '../../text/bundle.ts';

/** Whether folders would define one object: then they are sets of their own, and which there are concerns everything. */
export function definesApart(
  all: readonly Resource[],
  before: ReadonlySet<Resource>,
  after: readonly Resource[],
): boolean {
  const names = new Set(after.map(({ name }) => name));
  const folders = new Map<string, string>();
  return [...all.filter((one) => names.has(one.name) && !before.has(one)), ...after].some((one) => {
    const identity = identityOf(one);
    if (identity === undefined) return false;
    const { path } = bundleOf(one);
    const known = folders.get(identity) ?? path;
    folders.set(identity, known);
    return known !== path;
  });
}
