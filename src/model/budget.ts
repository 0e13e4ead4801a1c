import type { Location } from '../text/source.ts';
import type { Resource } from './model.ts';

/** Where something was left out, and what. */
export interface Limit {
  readonly at: Location;
  /** One sentence without a full stop. */
  readonly message: string;
}

/**
 * Where many name what many might be, or many select what many answer to, there is as much to do as the product of
 * both. A set of resources is given as much of that as any in earnest needs, in proportion to its size; what lies
 * beyond is left unknown, and told.
 */
export class Budget {
  #looks: number;
  #links: number;
  #ways: number;
  #isWhole = true;
  readonly #shared: SharedLinks | undefined;
  readonly #left = new Map<keyof typeof LEFT_OUT, Resource[]>();

  /**
   * @param shared what the set has together with others
   */
  constructor(resources: number, shared?: SharedLinks) {
    this.#looks = LOOKS + LOOKS_EACH * resources;
    this.#links = linksAmong(resources);
    this.#ways = waysAmong(resources);
    this.#shared = shared;
  }

  /** Whether so many more may be compared with what a resource asks for. */
  allows(looks: number, by: Resource): boolean {
    if (looks <= FREE) return true;
    if (looks > this.#looks) {
      this.leave('looks', by);
      return false;
    }
    this.#looks -= looks;
    this.#isWhole = false;
    return true;
  }

  /**
   * Those of the answers to a reference that are followed: all of them, or the first few.
   *
   * @param each how many links come of one answer
   */
  first<T>(answers: readonly T[], by: Resource, each: number = 1): readonly T[] {
    if (answers.length <= FEW) return answers;
    if (this.affords((answers.length - FEW) * each, by)) return answers;
    return answers.slice(0, this.#shared?.isSpent ? 1 : FEW);
  }

  /** Whether so many more links may be listed. */
  affords(links: number, by: Resource): boolean {
    if (links > this.#links || this.#shared?.affords(links) === false) {
      this.leave('links', by);
      return false;
    }
    this.#links -= links;
    this.#isWhole = false;
    return true;
  }

  /**
   * How many of the ways in that a route makes are listed: all of them, or one at least.
   *
   * @param each how many links one of them passes
   */
  waysOf(ways: number, each: number, by: Resource): number {
    const left = Math.min(this.#ways, this.#shared?.ways ?? this.#ways);
    const listed = Math.min(ways, Math.max(1, Math.floor(left / each)));
    if (listed < ways) this.leave('links', by);
    this.#ways -= listed * each;
    if (this.#shared) this.#shared.ways -= listed * each;
    return listed;
  }

  /** Whether nobody has asked for any of it, or been refused. */
  get isWhole(): boolean {
    return this.#isWhole && this.#left.size === 0;
  }

  /** What was left out until now. */
  get limits(): readonly Limit[] {
    return [...this.#left].map(([what, [first, ...others]]) => {
      const { kind, name, nameAt } = first!;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      return { at: nameAt, message: `${kind} ${name}${more} ${LEFT_OUT[what]}; check fewer files at once` };
    });
  }

  leave(what: keyof typeof LEFT_OUT, by: Resource): void {
    const left = this.#left.get(what);
    if (!left) this.#left.set(what, [by]);
    else if (left.at(-1) !== by) left.push(by);
  }
}

/** Sets that see the same resources follow them once each: together, as much as one set of all of them may. */
export class SharedLinks {
  /** Whether a set has been refused. */
  isSpent = false;
  #left: number;
  ways: number;

  constructor(resources: number) {
    this.#left = linksAmong(resources);
    this.ways = waysAmong(resources);
  }

  affords(links: number): boolean {
    this.isSpent ||= links > this.#left;
    if (links > this.#left) return false;
    this.#left -= links;
    return true;
  }
}

/** Of one object; nobody can tell anyway which of so many is applied last. */
export const MOST_DEFINITIONS = 48;

const LEFT_OUT = {
  looks: 'ask for more than is looked for in an input of this size, and what they mean is left unknown',
  links: 'lead to more than is followed in an input of this size, and only the first of it is',
  sets: 'stand in folders that are not checked, as each would be with all that lies around it',
  definitions: 'is defined more often in one set than is followed, and only the first of them are',
} as const;

/** For each that asks. */
const FREE = 200;
const LOOKS = 1_000_000;
const LOOKS_EACH = 100;
const LINKS = 30_000;
const LINKS_EACH = 5;
const linksAmong = (resources: number): number => LINKS + LINKS_EACH * resources;
/** Hosts and paths of all routes, with what each of them passes. */
const WAYS = 60_000;
const WAYS_EACH = 20;
const MOST_WAYS = 400_000;
const waysAmong = (resources: number): number => Math.min(WAYS + WAYS_EACH * resources, MOST_WAYS);
/** Always followed. */
const FEW = 8;
