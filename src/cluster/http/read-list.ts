import type { Cluster, Query } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { at, isObject, type JsonObject, textAt } from '../json.ts';
import type { ListAnswer } from './list-items.ts';

/** Takes the objects of a list one by one while they arrive, so that no list is ever held as a whole. */
export interface Sink<T> {
  take(object: JsonObject): void;
  end(): T;
}

const LIMIT = 500;
const SMALLEST_LIMIT = 5;
const MOST_RESTARTS = 3;

/**
 * All objects of a list, asked for in chunks. Where the server no longer knows where it was (410), the list begins
 * anew, with a sink of its own.
 *
 * @throws ClusterError where it is not to be had
 */
export async function readList<T>(
  cluster: Cluster,
  path: string,
  query: Query,
  begin: () => Sink<T>,
): Promise<T> {
  for (let restarts = 0; ; restarts++) {
    const sink = begin();
    try {
      for await (const items of chunksOf(cluster, path, query)) for (const item of items) sink.take(item);
      return sink.end();
    } catch (error) {
      if (!(error instanceof ClusterError) || error.status !== 410 || restarts === MOST_RESTARTS) throw error;
    }
  }
}

async function* chunksOf(cluster: Cluster, path: string, query: Query): AsyncGenerator<Iterable<JsonObject>> {
  let token: string | undefined;
  let limit = LIMIT;
  for (;;) {
    let list: ListAnswer;
    try {
      list = await cluster.list(path, { ...query, limit, continue: token });
    } catch (error) {
      if (!(error instanceof ClusterError) || !error.isTooLarge || limit <= SMALLEST_LIMIT) throw error;
      limit = Math.ceil(limit / 10);
      continue;
    }
    if (!Array.isArray(at(list.rest, 'items')))
      throw new ClusterError(`asking ${cluster.host} for ${path}: its answer is no list`);
    let count = 0;
    yield (function* objects() {
      for (const item of list.items) {
        count += 1;
        if (isObject(item)) yield item;
      }
    })();
    const next = textAt(list.rest, 'metadata', 'continue') || undefined;
    if (next === undefined) return;
    if (next === token || count === 0)
      throw new ClusterError(`asking ${cluster.host} for ${path}: its list does not go on`);
    token = next;
  }
}
