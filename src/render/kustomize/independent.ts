import type { WrittenFiles } from '../written.ts';
import { minds, type Reach, reachOf } from './reach.ts';
import type { KustomizeRoot } from './render.ts';

/** All files of a group together, in characters. */
const MOST_TEXT = 512 * 1024;

/** Groups that are looked at for each root, the newest of all. */
const MOST_OPEN = 6;

/** Roots none of which can touch another. */
class Group<T extends KustomizeRoot> {
  readonly roots: T[] = [];
  readonly #reaches: Reach[] = [];
  readonly #rules = new Map<string, readonly string[]>();
  readonly #names = new Set<string>();
  readonly #renamed = new Set<string>();
  readonly #words = new Set<string>();
  #size = 0;

  takes(reach: Reach): boolean {
    const { names, renames, rules, words, size } = reach;
    if (this.#size + size > MOST_TEXT) return false;
    for (const name of names) if (this.#names.has(name) || (renames && this.#words.has(name))) return false;
    for (const name of this.#renamed) if (words.has(name)) return false;
    return !minds(reach, this.#rules) && !this.#reaches.some((one) => minds(one, rules));
  }

  add(root: T, reach: Reach): void {
    const { names, renames, rules, words, size } = reach;
    this.roots.push(root);
    this.#reaches.push(reach);
    for (const [rule, told] of rules) this.#rules.set(rule, told);
    for (const name of names) {
      this.#names.add(name);
      if (renames) this.#renamed.add(name);
    }
    for (const word of words) this.#words.add(word);
    this.#size += size;
  }
}

/**
 * Roots in groups that one run of kustomize can build.
 *
 * @param most roots in a group: of one that kustomize refuses, all are built again
 */
export function independentGroups<T extends KustomizeRoot>(
  roots: readonly T[],
  most: number,
  written: WrittenFiles,
): readonly (readonly T[])[] {
  const alone: T[][] = [];
  const groups: Group<T>[] = [];
  for (const root of roots) {
    const reach = reachOf(root, written);
    if (!reach) {
      alone.push([root]);
      continue;
    }
    const open = groups.filter((one) => one.roots.length < most).slice(-MOST_OPEN);
    const group = open.find((one) => one.takes(reach)) ?? new Group<T>();
    if (group.roots.length === 0) groups.push(group);
    group.add(root, reach);
  }
  return [...groups.map((group) => group.roots), ...alone];
}
