import type { Resource } from '../model/model.ts';
import { isMisread, isRefused } from '../model/refusal.ts';
import type { Model } from '../model/resource-set.ts';
import { endsOf } from './links/ends.ts';
import { resourcesOf } from './links/joined.ts';
import { unproved } from './links/lacks/lacking.ts';
import type { Link } from './links/link.ts';
import { opened } from './links/opened.ts';

/**
 * What the API server refuses is not there, so no link of it is whole; nor is one proved broken where what its author
 * meant was not read.
 */
export function settleRefused(model: Model): <L extends Link>(links: readonly L[]) => readonly L[] {
  if (!model.resources.some(isRefused)) return (links) => links;
  return (links) =>
    links.map((link) => {
      if (link.state === 'unproved') return link;
      const refused = resourcesOf(link).find((resource) =>
        link.state === 'whole' ? isRefused(resource) : isMisread(resource),
      );
      if (!refused || (link.state === 'broken' && isWhatBreaks(link, refused))) return link;
      return opened(link, unproved('refused', { refused }));
    });
}

/** The link starts at the very value that is refused: with it as it is, nothing meets. */
function isWhatBreaks(link: Link, { refusals }: Resource): boolean {
  const { at } = endsOf(link).from;
  return (
    refusals?.some((refusal) => refusal.at.start === at?.start && refusal.at.source === at?.source) ?? false
  );
}
