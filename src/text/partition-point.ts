/** Of a list in which all that pass come first, how many these are; asks a few of them only. */
export function partitionPoint<T>(sorted: readonly T[], passes: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
