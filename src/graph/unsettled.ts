import type { Resource } from '../model/model.ts';
import type { Model } from '../model/resource-set.ts';
import { endsOf } from './links/ends.ts';
import { unproved } from './links/lacks/lacking.ts';
import type { Link } from './links/link.ts';
import { opened } from './links/opened.ts';

/**
 * Of an object that is changed before it is applied, or that is a piece of one, nothing that stands in the input
 * proves anything: its links are unproved, and nothing is said of what is wrong with them.
 */
export function settleUnsettled(model: Model): <L extends Link>(links: readonly L[]) => readonly L[] {
  if (!model.resources.some(({ unsettled }) => unsettled?.fields || unsettled?.labels))
    return (links) => links;
  return (links) =>
    links.map((link) => {
      const changed = involved(link).find(({ unsettled }) => isOpen(link, unsettled));
      if (!changed?.unsettled) return link;
      const { kind, name, unsettled } = changed;
      return opened(link, unproved('unsettled', { kind, name, by: unsettled.by }));
    });
}

/** Labels decide over what is selected, and over nothing else. */
const isOpen = ({ kind }: Link, unsettled: Resource['unsettled']): boolean =>
  unsettled !== undefined &&
  (unsettled.fields ||
    (unsettled.labels && (kind === 'selector' || kind === 'monitor' || kind === 'policy')));

/** Both ends, whose text leads traffic there, and what was probably meant. */
function involved(link: Link): Resource[] {
  const { from, to } = endsOf(link);
  const ends = to ? [from.resource, to.resource] : [from.resource];
  if (link.kind === 'bind') return [...ends, ...link.from.map(({ service }) => service)];
  if (link.kind === 'selector' && link.nearest) return [...ends, link.nearest.workload];
  if (link.kind === 'backend') return [...ends, link.route];
  return ends;
}
