import type { ReportHop } from './report.ts';

/** The links from the way in to one of them, outside in; none where the tree has it not. */
export function pathTo(tree: readonly ReportHop[], wanted: string): string[] {
  for (const { link, next } of tree) {
    if (link === wanted) return [link];
    const further = pathTo(next, wanted);
    if (further.length > 0) return [link, ...further];
  }
  return [];
}

/** One way through a link, from the entry to the process; where it parts behind the link, the first branch. */
export function wayThrough(tree: readonly ReportHop[], wanted: string): string[] {
  const way: string[] = [];
  let hops = tree;
  for (const id of pathTo(tree, wanted)) {
    way.push(id);
    hops = hops.find(({ link }) => link === id)?.next ?? [];
  }
  for (let [hop] = hops; hop; [hop] = hop.next) way.push(hop.link);
  return way;
}

/** The hops nearest to the entry of which something is true, in whichever branches they are. */
export const outermost = (
  tree: readonly ReportHop[],
  isWanted: (link: string) => boolean,
): readonly ReportHop[] =>
  tree.flatMap((hop) => (isWanted(hop.link) ? [hop] : outermost(hop.next, isWanted)));
