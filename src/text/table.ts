/** What is looked up by a name from the input. */
export type Table<T> = Readonly<Record<string, T | undefined>>;

/**
 * A table to look up what the input says. It has no prototype, so that `constructor`, `toString` and `__proto__` are
 * in it only where it says so.
 */
export const table = <T>(entries: Readonly<Record<string, T>>): Table<T> =>
  Object.assign(Object.create(null), entries);
