import type { Hop } from '../links/chain.ts';
import type { Link } from '../links/link.ts';

/** Links that follow one another, and what comes behind the last of them. */
export const inSequence = (links: readonly Link[], behind: readonly Hop[]): readonly Hop[] =>
  links.reduceRight<readonly Hop[]>((next, link) => [{ link, next }], behind);

/** Every link of a tree once, outside in: what is nearer to the entry comes first. */
export function linksOfTree(tree: readonly Hop[]): Link[] {
  const links = new Set<Link>();
  for (let level = tree; level.length > 0; level = level.flatMap(({ next }) => next)) {
    for (const { link } of level) links.add(link);
  }
  return [...links];
}
