import { resourcesOf } from '../../graph/links/joined.ts';
import type { Link } from '../../graph/links/link.ts';
import { linksOf, type PortGraph } from '../../graph/links/port-graph.ts';
import type { Resource } from '../../model/model.ts';
import { areNear } from '../../text/bundle.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Change } from './change.ts';
import { mentionsOf } from './mentions.ts';
import { concernsAll } from './plain-kinds.ts';

/** What more is near than this is looked at with everything else. */
const MOST_NEAR = 2_000;

/**
 * What a change of some objects can be told of: all that shares a namespace with them or with one that their texts
 * name, whatever a link joins to that or is called as the texts say, whoever names what came or went, and what belongs
 * to no namespace and serves everybody. No more is followed than one link: by way of one Gateway, everything is joined
 * to everything.
 *
 * @param sources of all the input
 * @returns in the order of the input; undefined where it is so much that nothing is gained
 */
export function reachOf(
  graph: PortGraph,
  sources: readonly SourceFile[],
  change: Change,
): readonly Resource[] | undefined {
  const words = new Set(change.sources.flatMap(({ text }) => text.match(/[a-z0-9-]+/g) ?? []));
  const links = linksOf(graph);
  const mentioning = mentionsOf(sources, change);
  const { resources } = graph.model;
  const asking = [...resources.filter(({ source }) => mentioning.has(source)), ...waitingFor(links, change)];
  const namespaces = new Set(
    [...change.before, ...change.after, ...asking].map(({ namespace }) => namespace),
  );
  const isBeside = ({ namespace, name, shape }: Resource): boolean =>
    shape !== 'other' &&
    (namespace === '' || namespaces.has(namespace) || words.has(namespace) || words.has(name));
  const near = new Set(resources.filter((one) => change.before.has(one) || isBeside(one)));
  if (near.size > MOST_NEAR) return undefined;
  const beside = new Set(near);
  for (const link of links) {
    const [from, to] = resourcesOf(link);
    if (!from || !to) continue;
    if (beside.has(from)) near.add(to);
    if (beside.has(to)) near.add(from);
  }
  // Fixes are tried on whole documents, and a List is one.
  const whole = new Set([...near].map(({ source }) => source));
  const found = new Set(resources.filter(({ source }) => whole.has(source)));
  if (found.size > MOST_NEAR) return undefined;
  return resources.filter((one) => found.has(one) || concernsAll(one));
}

/** Who does not find something that may be in what cannot be read, or cannot be read no more. */
function waitingFor(links: readonly Link[], { unread, turns }: Change): Resource[] {
  if (unread.length === 0) return [];
  return links.flatMap((link) => {
    const [from] = link.state === 'whole' ? [] : resourcesOf(link);
    if (!from) return [];
    const isWaiting = unread.some((one) => areNear(one, from)) || (turns && hangsOnAny(link));
    return isWaiting ? resourcesOf(link) : [];
  });
}

/** A grant, or the route that another lies in, may be written in any document. */
const hangsOnAny = (link: Link): boolean =>
  ('fault' in link && (link.fault === 'not-permitted' || link.fault === 'no-parent')) ||
  (link.state === 'unproved' && link.lacks.what === 'unread-grant');
