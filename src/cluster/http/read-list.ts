import type { Cluster, Query } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { isObject, type Json, type JsonObject, listAt, textAt } from '../json.ts';

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

async function* chunksOf(
  cluster: Cluster,
  path: string,
  query: Query,
): AsyncGenerator<readonly JsonObject[]> {
  let token: string | undefined;
  let limit = LIMIT;
  for (;;) {
    let list: Json;
    try {
      list = await cluster.get(path, { ...query, limit, continue: token });
    } catch (error) {
      if (!(error instanceof ClusterError) || !error.isTooLarge || limit <= SMALLEST_LIMIT) throw error;
      limit = Math.ceil(limit / 10);
      continue;
    }
    if (!isObject(list) || !Array.isArray(list.items))
      throw new ClusterError(`asking ${cluster.host} for ${path}: its answer is no list`);
    const next = textAt(list, 'metadata', 'continue') || undefined;
    if (next !== undefined && (next === token || listAt(list, 'items').length === 0))
      throw new ClusterError(`asking ${cluster.host} for ${path}: its list does not go on`);
    yield listAt(list, 'items').filter(isObject);
    if (next === undefined) return;
    token = next;
  }
}
