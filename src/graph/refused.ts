import { describe } from '../model/describe.ts';
import { isMisread, isRefused } from '../model/refusal.ts';
import type { Model } from '../model/resource-set.ts';
import { resourcesOf } from './links/ends.ts';
import type { Link } from './links/link.ts';

/**
 * What the API server refuses is not there, so no link of it is whole; nor is one proved broken where what its author
 * meant was not read.
 */
export function settleRefused(model: Model): <L extends Link>(links: readonly L[]) => readonly L[] {
  if (!model.resources.some(isRefused)) return (links) => links;
  return (links) =>
    links.map((link) => {
      const refused = resourcesOf(link).find((resource) =>
        link.state === 'whole' ? isRefused(resource) : isMisread(resource),
      );
      if (!refused || link.state === 'unproved') return link;
      return {
        ...link,
        state: 'unproved',
        reason: `the API server refuses ${describe(refused)}, so it is not there until that is mended`,
      };
    });
}
