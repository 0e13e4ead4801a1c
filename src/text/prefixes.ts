/** Beginnings of texts, each with what it stands for; all that one text begins with are found at once. */
export class Prefixes<T> {
  readonly #meanings = new Map<string, T>();
  readonly #lengths = new Set<number>();

  set(prefix: string, meaning: T): void {
    this.#meanings.set(prefix, meaning);
    this.#lengths.add(prefix.length);
  }

  /** In no order. */
  of(text: string): T[] {
    const found: T[] = [];
    for (const length of this.#lengths) {
      if (length > text.length) continue;
      const meaning = this.#meanings.get(text.slice(0, length));
      if (meaning !== undefined) found.push(meaning);
    }
    return found;
  }
}

/** The greatest of the numbers that the beginnings of a text stand for; -1 where there are none. */
export const greatestOf = (prefixes: Prefixes<number>, text: string): number =>
  prefixes.of(text).reduce((greatest, one) => Math.max(greatest, one), -1);
