import type { Resource } from '../../model/model.ts';
import type { Location } from '../../text/source.ts';

/** One lies in the folder of the other, or below it: what is written there is likely to be applied together. */
export function areNear(one: Location | Resource, other: Location | Resource): boolean {
  const [a, b] = [folderOf(one), folderOf(other)];
  return a.startsWith(b) || b.startsWith(a);
}

/** They lie in one folder, so they are applied together. */
export const areNeighbours = (a: Resource, b: Resource): boolean => folderOf(a) === folderOf(b);

const folderOf = ({ source: { path } }: Location | Resource): string =>
  path.slice(0, path.lastIndexOf('/') + 1);
