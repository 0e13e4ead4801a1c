/** Up to so many fields, looking through them all is faster than keeping an index. */
const FEW = 16;

/**
 * Fields by their names, of which no two are the same, in their order, that never change: the labels of one object, the keys of one ConfigMap.
 * Most have a handful, which a list holds in half the room of a `Map`; a large input has hundreds of thousands.
 */
export function fieldMap<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return entries.length > FEW ? new Map(entries) : new FieldMap(entries);
}

class FieldMap<T> implements ReadonlyMap<string, T> {
  readonly #names: readonly string[];
  readonly #values: readonly T[];

  constructor(entries: readonly (readonly [string, T])[]) {
    this.#names = entries.map(([name]) => name);
    this.#values = entries.map(([, value]) => value);
  }

  get size(): number {
    return this.#names.length;
  }

  get(name: string): T | undefined {
    const at = this.#names.indexOf(name);
    return at === -1 ? undefined : this.#values[at];
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  keys(): MapIterator<string> {
    return this.#names.values();
  }

  values(): MapIterator<T> {
    return this.#values.values();
  }

  /** A list of pairs is made and gone in less time than a generator takes to yield them. */
  entries(): MapIterator<[string, T]> {
    return this.#names.map((name, at): [string, T] => [name, this.#values[at]!]).values();
  }

  [Symbol.iterator](): MapIterator<[string, T]> {
    return this.entries();
  }

  forEach(tell: (value: T, name: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [at, name] of this.#names.entries()) tell(this.#values[at]!, name, this);
  }
}
