import type { Resource } from '../model/model.ts';
import type { Location } from '../text/source.ts';

/** One lies in the folder of the other, or below it: what is written there is likely to be applied together. */
export function areNear(one: Location | Resource, other: Location | Resource): boolean {
  const [a, b] = [one, other].map(({ source: { path } }) => path.slice(0, path.lastIndexOf('/') + 1));
  return a!.startsWith(b!) || b!.startsWith(a!);
}
