/**
 * Optimal string alignment distance: how many single characters to insert, delete, replace, or swap with their
 * neighbour. Answers `bound + 1` for all that is further apart, and looks no further than that to either side.
 */
export function editDistance(a: string, b: string, bound: number = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  const reach = Math.min(bound, Math.max(a.length, b.length));
  const far = reach + 1;
  // Of each row, what lies around its diagonal: a place there is the column, less the row, and the reach.
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: 2 * reach + 1 }, (_, place) => (place < reach ? far : place - reach));
  for (let row = 1; row <= a.length; row++) {
    const current: number[] = [];
    let smallest = far;
    for (let place = 0; place <= 2 * reach; place++) {
      const column = row + place - reach;
      let distance = column === 0 ? row : far;
      if (column > 0 && column <= b.length) {
        const replaced = last[place]! + (a[row - 1] === b[column - 1] ? 0 : 1);
        distance = Math.min((last[place + 1] ?? far) + 1, (current[place - 1] ?? far) + 1, replaced);
        if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
          distance = Math.min(distance, beforeLast[place]! + 1);
        }
      }
      current.push(distance);
      smallest = Math.min(smallest, distance);
    }
    if (smallest > bound) return bound + 1;
    [beforeLast, last] = [last, current];
  }
  return Math.min(last[b.length - a.length + reach]!, bound + 1);
}

/** No name of Kubernetes is longer, and who writes one means no other. */
const LONGEST_NAME = 253;
/** More names than anybody chooses from: only those that begin and end most alike are compared letter by letter. */
const MOST_COMPARED = 200;

/**
 * The names that `wanted` may have meant, nearest first; names equally near keep their order.
 *
 * @param compared how many names are compared letter by letter; more for who asks only once
 */
export function nearest(
  wanted: string,
  names: Iterable<string>,
  limit: number = 4,
  compared: number = MOST_COMPARED,
): string[] {
  if (wanted.length > LONGEST_NAME) return [];
  const bound = Math.max(2, Math.floor(wanted.length / 3));
  const mayBe = [...new Set(names)].filter((name) => Math.abs(name.length - wanted.length) <= bound);
  return mostAlike(wanted, mayBe, compared)
    .map((name) => ({ name, distance: editDistance(wanted, name, bound) }))
    .filter(({ name, distance }) => distance <= bound && distance < Math.max(wanted.length, name.length))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

function mostAlike(wanted: string, names: readonly string[], most: number): readonly string[] {
  if (names.length <= most) return names;
  const byScore: string[][] = [];
  for (const name of names) {
    const score = sharedEnds(wanted, name);
    byScore[score] ??= [];
    byScore[score].push(name);
  }
  return byScore
    .reverse()
    .flatMap((alike) => alike ?? [])
    .slice(0, most);
}

/** How many letters two names share at their start and at their end. */
function sharedEnds(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}
