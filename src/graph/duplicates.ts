import { MOST_DEFINITIONS } from '../model/budget.ts';
import type { Resource } from '../model/model.ts';
import { identityOf, type Model } from '../model/resource-set.ts';
import { bundleOf } from '../text/bundle.ts';
import { endsOf } from './links/ends.ts';
import { resourcesOf } from './links/joined.ts';
import { unproved } from './links/lacks/lacking.ts';
import type { Link } from './links/link.ts';

/**
 * Where the input defines an object twice, which definition is applied last decides, and nobody can tell from here.
 * So a link of such an object is broken only when it is broken with every definition.
 */
export function settleDuplicates(model: Model): <L extends Link>(links: readonly L[]) => readonly L[] {
  if (model.duplicates.length === 0) return (links) => links;
  const doubled = new Set<Resource>(model.duplicates.flat());
  // Not all of these were asked.
  const crowded = new Set<Resource>(
    model.duplicates.filter(({ length }) => length > MOST_DEFINITIONS).flat(),
  );
  return (links) => {
    const concerned = links.filter((link) => resourcesOf(link).some((resource) => doubled.has(resource)));
    const holding = new Set(concerned.filter(({ state }) => state !== 'broken').map(questionOf));
    return links.map((link) => {
      if (link.state !== 'broken') return link;
      const isOpen = holding.has(questionOf(link)) || resourcesOf(link).some((one) => crowded.has(one));
      const twice = isOpen && resourcesOf(link).find((resource) => doubled.has(resource));
      if (!twice) return link;
      return { ...link, ...unproved('defined-twice', { twice, bundle: bundleOf(twice).kind }) };
    });
  };
}

/** What a link asks, whichever definition answers: its kind, the object it starts from and the field there. */
function questionOf(link: Link): string {
  const { from } = endsOf(link);
  return [link.kind, identityOf(from.resource), from.field].join('\0');
}
