/** The one list that holds nothing: of those that stay there would be hundreds of thousands. */
export const NONE: readonly never[] = [];

/**
 * The same list without the room that it had to grow, which V8 makes for 17 entries as soon as there is one; all
 * empty ones are one. Of what stays, millions are kept.
 */
export const compact = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? NONE : list.slice());
