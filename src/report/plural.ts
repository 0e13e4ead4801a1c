/** `1 chain`, `2 chains`; for words that take an s. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
