import type { InputError } from '../../sources/input-error.ts';
import type { Cluster, Query } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { clusterFault } from '../cluster-fault.ts';
import { readList, type Sink } from '../http/read-list.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Denial } from './denials.ts';
import { pathOf, type Served } from './discover.ts';

/** Which objects are meant. */
export interface Scope {
  /** Undefined for all. */
  readonly namespace: string | undefined;
  /** A label selector, as the API takes it. */
  readonly selector: string | undefined;
}

/** Asks for lists and objects, and keeps what could not be had: one denial or failure costs its own kind alone. */
export class Lister {
  readonly denied: Denial[] = [];
  readonly errors: InputError[] = [];
  readonly #cluster: Cluster;
  readonly #scope: Scope;
  readonly #whole = new Set<string>();

  constructor(cluster: Cluster, scope: Scope) {
    this.#cluster = cluster;
    this.#scope = scope;
  }

  /** Whether all objects of this kind in this namespace were listed. */
  hasAll(group: string, kind: string, namespace: string): boolean {
    return this.#whole.has(`${group}/${kind}`) && (this.#scope.namespace ?? namespace) === namespace;
  }

  /** @returns undefined where the list cannot be had */
  async list<T>(served: Served, begin: () => Sink<T>, query: Query = {}): Promise<T | undefined> {
    try {
      const all = await readList(this.#cluster, pathOf(served, this.#scope.namespace), query, begin);
      if (query.labelSelector === undefined) this.#whole.add(`${served.group}/${served.kind}`);
      return all;
    } catch (error) {
      this.#keep(error, served, 'list', this.#scope.namespace);
      return undefined;
    }
  }

  /** @returns undefined where it is not there, null where it cannot be had */
  async get(served: Served, namespace: string | undefined, name: string): Promise<Json | undefined> {
    try {
      return await this.#cluster.get(pathOf(served, namespace, name));
    } catch (error) {
      this.#keep(error, served, 'get', namespace);
      return error instanceof ClusterError && error.status === 404 ? undefined : null;
    }
  }

  /** With what the user asked for by labels. */
  selected<T>(served: Served, begin: () => Sink<T>): Promise<T | undefined> {
    return this.list(served, begin, { labelSelector: this.#scope.selector });
  }

  #keep(error: unknown, served: Served, verb: Denial['verb'], namespace: string | undefined): void {
    if (!(error instanceof ClusterError)) throw error;
    if (error.status === 403) {
      // Of itself, a namespace lets a Role of its own tell.
      const isInside = (served.isNamespaced || verb === 'get') && namespace !== undefined;
      this.denied.push({ served, verb, namespace: isInside ? namespace : undefined });
    } else if (error.status !== 404 && error.status !== 405) this.errors.push(clusterFault(error.message));
  }
}

/** All objects of a list that this function makes something of. */
export const collect =
  <T>(make: (object: JsonObject) => readonly T[]): (() => Sink<readonly T[]>) =>
  () => {
    const all: T[] = [];
    return {
      take: (object) => {
        for (const one of make(object)) all.push(one);
      },
      end: () => all,
    };
  };
