import { Located, type SourceFile } from '../text/source.ts';

/** Of each text its name, what it says, and where it starts and ends: one list for all of them. */
export type FlatTexts = readonly (string | number)[];

const FIELDS = 4;
/** Up to so many, looking through them all is faster than keeping an index. */
const FEW = 16;

export function locatedTexts(source: SourceFile, flat: FlatTexts): ReadonlyMap<string, Located<string>> {
  const texts = new LocatedTexts(source, flat);
  return texts.size > FEW ? new Map(texts) : texts;
}

/**
 * Texts of one source by their names, of which no two are the same and which are few, that never change: the labels of
 * one object. Half of all located values of a large input are such texts, and hardly any is pointed at: each becomes a
 * `Located` when it is asked for, and a new one each time.
 */
class LocatedTexts implements ReadonlyMap<string, Located<string>> {
  readonly #source: SourceFile;
  readonly #flat: FlatTexts;

  constructor(source: SourceFile, flat: FlatTexts) {
    this.#source = source;
    this.#flat = flat;
  }

  get size(): number {
    return this.#flat.length / FIELDS;
  }

  get(name: string): Located<string> | undefined {
    const at = this.#find(name);
    return at === -1 ? undefined : this.#textAt(at);
  }

  has(name: string): boolean {
    return this.#find(name) !== -1;
  }

  keys(): MapIterator<string> {
    return this.#list((at) => this.#nameAt(at)).values();
  }

  values(): MapIterator<Located<string>> {
    return this.#list((at) => this.#textAt(at)).values();
  }

  /** A list of pairs is made and gone in less time than a generator takes to yield them. */
  entries(): MapIterator<[string, Located<string>]> {
    return this.#list((at): [string, Located<string>] => [this.#nameAt(at), this.#textAt(at)]).values();
  }

  [Symbol.iterator](): MapIterator<[string, Located<string>]> {
    return this.entries();
  }

  forEach(
    tell: (value: Located<string>, name: string, map: ReadonlyMap<string, Located<string>>) => void,
  ): void {
    for (const [name, value] of this) tell(value, name, this);
  }

  #find(name: string): number {
    const flat = this.#flat;
    for (let at = 0; at < flat.length; at += FIELDS) if (flat[at] === name) return at;
    return -1;
  }

  #list<T>(make: (at: number) => T): T[] {
    const list: T[] = [];
    for (let at = 0; at < this.#flat.length; at += FIELDS) list.push(make(at));
    return list;
  }

  #nameAt(at: number): string {
    return this.#flat[at] as string;
  }

  #textAt(at: number): Located<string> {
    const flat = this.#flat;
    return new Located(flat[at + 1] as string, this.#source, flat[at + 2] as number, flat[at + 3] as number);
  }
}
