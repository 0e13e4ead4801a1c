import { areApart } from '../model/apart.ts';
import type { Resource } from '../model/model.ts';
import type { Model } from '../model/resource-set.ts';
import { endsOf } from './links/ends.ts';
import { unproved } from './links/lacks/lacking.ts';
import type { Link } from './links/link.ts';
import { opened } from './links/opened.ts';
import { partsOf } from './parts.ts';

/** What is broken between two objects that nothing tells to be applied together is open, and no fault of either. */
export function settleApart(model: Model): <L extends Link>(links: readonly L[]) => readonly L[] {
  const areParted = partsOf(model);
  return (links) =>
    links.map((link) => {
      if (link.state !== 'broken') return link;
      const { from } = endsOf(link);
      const other = othersOf(link).find(
        (one) => areApart(from.resource, one) || (link.kind === 'host' && areParted(from.resource, one)),
      );
      return other ? opened(link, unproved('in-other-folder', { one: from.resource, other })) : link;
    });
}

function othersOf(link: Link): readonly Resource[] {
  const { to } = endsOf(link);
  const ends = to ? [to.resource] : [];
  if (link.kind === 'selector' && link.nearest) return [...ends, link.nearest.workload];
  if (link.kind === 'host' && link.rival)
    return [...ends, link.field === 'nodePort' ? link.rival.service : link.rival.workload];
  return ends;
}
