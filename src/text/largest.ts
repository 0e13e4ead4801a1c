/** The largest number of many, which `Math.max(...numbers)` cannot take: each would lie on the stack. */
export function largest(numbers: Iterable<number>, least: number = Number.NEGATIVE_INFINITY): number {
  let most = least;
  for (const number of numbers) if (number > most) most = number;
  return most;
}

/** The smallest of them. */
export function smallest(numbers: Iterable<number>, most: number = Number.POSITIVE_INFINITY): number {
  let least = most;
  for (const number of numbers) if (number < least) least = number;
  return least;
}
