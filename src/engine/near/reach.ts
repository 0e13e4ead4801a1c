import { resourcesOf } from '../../graph/links/joined.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import type { Resource } from '../../model/model.ts';

/** What more is near than this is looked at with everything else. */
const MOST_NEAR = 2_000;

/**
 * What a change of some objects can be told of: all that shares a namespace with them or with one that their texts
 * name, whatever a link joins to that or is called as the texts say, and what belongs to no namespace and serves
 * everybody. No more is followed than one link: by way of one Gateway, everything is joined to everything.
 *
 * @param texts of the sources that changed, as they were and as they are
 * @returns in the order of the input; undefined where it is so much that nothing is gained
 */
export function reachOf(
  graph: PortGraph,
  before: ReadonlySet<Resource>,
  texts: readonly string[],
): readonly Resource[] | undefined {
  const words = new Set(texts.flatMap((text) => text.match(/[a-z0-9-]+/g) ?? []));
  const namespaces = new Set([...before].map(({ namespace }) => namespace));
  const isBeside = ({ namespace, name, shape }: Resource): boolean =>
    shape !== 'other' &&
    (namespace === '' || namespaces.has(namespace) || words.has(namespace) || words.has(name));
  const { resources } = graph.model;
  const near = new Set(resources.filter((one) => before.has(one) || isBeside(one)));
  if (near.size > MOST_NEAR) return undefined;
  const beside = new Set(near);
  for (const link of linksOf(graph)) {
    const [from, to] = resourcesOf(link);
    if (!from || !to) continue;
    if (beside.has(from)) near.add(to);
    if (beside.has(to)) near.add(from);
  }
  // Fixes are tried on whole documents, and a List is one.
  const sources = new Set([...near].map(({ source }) => source));
  const found = new Set(resources.filter(({ source }) => sources.has(source)));
  if (found.size > MOST_NEAR) return undefined;
  // What is not followed may say something of everything, as a policy of a kind that nobody knows does.
  return resources.filter((one) => found.has(one) || one.shape === 'other');
}
