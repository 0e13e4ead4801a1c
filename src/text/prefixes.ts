import { partitionPoint } from './partition-point.ts';

/** Beginnings of texts, each with what it stands for; all that one text begins with are found at once. */
export class Prefixes<T> {
  readonly #meanings = new Map<string, T>();
  /** Set since somebody asked. */
  #fresh: string[] = [];
  /** Each at least as long as all behind it, so that who sets and asks by turns sorts each a few times only. */
  readonly #runs: (readonly Prefix[])[] = [];

  set(prefix: string, meaning: T): void {
    if (!this.#meanings.has(prefix)) this.#fresh.push(prefix);
    this.#meanings.set(prefix, meaning);
  }

  /** In no order. */
  of(text: string): T[] {
    if (this.#fresh.length > 0) this.#sort();
    return this.#runs.flatMap((run) => beginningsOf(text, run).map((one) => this.#meanings.get(one)!));
  }

  #sort(): void {
    let texts = this.#fresh;
    while ((this.#runs.at(-1)?.length ?? Infinity) <= texts.length)
      texts = texts.concat(this.#runs.pop()!.map(({ text }) => text));
    this.#runs.push(inOrder(texts));
    this.#fresh = [];
  }
}

function beginningsOf(text: string, sorted: readonly Prefix[]): string[] {
  // Whatever the text begins with, the last one that is not behind it in the alphabet begins with as well.
  const last = sorted[partitionPoint(sorted, (one) => one.text <= text) - 1];
  const shared = last ? sharedLength(last.text, text) : 0;
  const found: string[] = [];
  for (let one = last; one; one = one.within) if (one.text.length <= shared) found.push(one.text);
  return found;
}

interface Prefix {
  readonly text: string;
  /** The longest of the others that this one begins with. */
  readonly within: Prefix | undefined;
}

function inOrder(texts: readonly string[]): Prefix[] {
  let within: Prefix | undefined;
  return texts.toSorted().map((text) => {
    while (within && !text.startsWith(within.text)) within = within.within;
    within = { text, within };
    return within;
  });
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

/** The greatest of the numbers that the beginnings of a text stand for; -1 where there are none. */
export const greatestOf = (prefixes: Prefixes<number>, text: string): number =>
  prefixes.of(text).reduce((greatest, one) => Math.max(greatest, one), -1);
