import type { Cluster } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { type Json, listAt, objectAt, textAt } from '../json.ts';

/** A kind as the server serves it. */
export interface Served {
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  /** The server's preferred one. */
  readonly version: string;
  /** `ingresses`: as paths and roles spell it. */
  readonly plural: string;
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
}

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

/**
 * What the server has of these groups, in two requests; in one for each version of a group where the server is older
 * than 1.27 (KEP-3352).
 *
 * @throws ClusterError where it does not say
 */
export async function discover(cluster: Cluster, groups: ReadonlySet<string>): Promise<Served[]> {
  const [core, others] = await Promise.all([ask(cluster, '/api'), ask(cluster, '/apis')]);
  const served = await Promise.all([
    ...(textAt(core, 'kind') === 'APIGroupDiscoveryList'
      ? aggregated(core, groups)
      : [legacy(cluster, '', 'v1')]),
    ...(textAt(others, 'kind') === 'APIGroupDiscoveryList'
      ? aggregated(others, groups)
      : listAt(others, 'groups')
          .map((one) => ({
            name: textAt(one, 'name') ?? '',
            version: textAt(one, 'preferredVersion', 'version') ?? '',
          }))
          .filter(({ name }) => groups.has(name))
          .map(({ name, version }) => legacy(cluster, name, version))),
  ]);
  return served.flat();
}

const ask = (cluster: Cluster, path: string): Promise<Json> => cluster.get(path, {}, { accept: AGGREGATED });

/** Of each kind the first version that has it: the server lists the preferred one first. */
function aggregated(list: Json, groups: ReadonlySet<string>): Served[] {
  const found = new Map<string, Served>();
  for (const item of listAt(list, 'items')) {
    const group = textAt(item, 'metadata', 'name') ?? '';
    if (!groups.has(group)) continue;
    for (const version of listAt(item, 'versions')) {
      for (const one of listAt(version, 'resources')) {
        const kind = textAt(one, 'responseKind', 'kind') ?? '';
        const key = `${group}\0${kind}`;
        if (found.has(key)) continue;
        found.set(key, {
          kind,
          group,
          version: textAt(version, 'version') ?? '',
          plural: textAt(one, 'resource') ?? '',
          isNamespaced: textAt(one, 'scope') === 'Namespaced',
          verbs: listAt(one, 'verbs').map(String),
        });
      }
    }
  }
  return [...found.values()];
}

async function legacy(cluster: Cluster, group: string, version: string): Promise<Served[]> {
  const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const list = await cluster.get(path).catch((error: unknown) => {
    // The server behind an aggregated group may be away, and the others are there.
    if (error instanceof ClusterError && error.status !== undefined && error.status >= 500) return {};
    throw error;
  });
  return listAt(list, 'resources')
    .map((one) => objectAt(one))
    .filter((one) => !(textAt(one, 'name') ?? '').includes('/'))
    .map((one) => ({
      kind: textAt(one, 'kind') ?? '',
      group,
      version,
      plural: textAt(one, 'name') ?? '',
      isNamespaced: one.namespaced === true,
      verbs: listAt(one, 'verbs').map(String),
    }));
}

/** Where the objects of a kind are listed, and one is had. */
export function pathOf(
  { group, version, plural, isNamespaced }: Served,
  namespace?: string,
  name?: string,
): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const inside =
    isNamespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${inside}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}
