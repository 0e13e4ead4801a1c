import type { FoundVariable } from '../environment/environment.ts';

/** Variables by name. */
export interface Variables {
  get(name: string): FoundVariable | undefined;
  set(name: string, variable: FoundVariable): unknown;
}

/**
 * What a script has exported. Each of its commands sees what was exported by then; few are asked for it, so that it is
 * put together only where somebody does.
 */
export class Exported implements Variables {
  readonly #now: Map<string, FoundVariable>;
  readonly #inOrder: (readonly [string, FoundVariable])[];

  constructor(given: ReadonlyMap<string, FoundVariable>) {
    this.#now = new Map(given);
    this.#inOrder = [...given];
  }

  get(name: string): FoundVariable | undefined {
    return this.#now.get(name);
  }

  set(name: string, variable: FoundVariable): void {
    this.#now.set(name, variable);
    this.#inOrder.push([name, variable]);
  }

  /** @param front what stands in front of the command alone */
  byNow(front: ReadonlyMap<string, FoundVariable>): () => ReadonlyMap<string, FoundVariable> {
    const { length } = this.#inOrder;
    return () => new Map([...this.#inOrder.slice(0, length), ...front]);
  }
}

/** What is set in front of one command, above all that is there, which it leaves as it is. */
export const inFrontOf = (below: Variables, front: Map<string, FoundVariable>): Variables => ({
  get: (name) => front.get(name) ?? below.get(name),
  set: (name, variable) => front.set(name, variable),
});
