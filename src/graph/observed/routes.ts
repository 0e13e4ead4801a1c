import { isOf, type SeenCondition } from '../../model/observation.ts';
import type { Observed } from '../../model/observed.ts';
import type { ParentLink } from '../links/route-links.ts';
import type { Sight } from './sight.ts';
import { conditionGround } from './tellings.ts';

/** What the parent itself says of the route. */
export const parentSights = ({ route, parent, parentRef }: ParentLink, observed: Observed): Sight[] =>
  observed.about(route).flatMap(({ what, at }): Sight[] => {
    if (what.kind !== 'condition' || what.type !== 'Accepted' || !what.parent) return [];
    const { subject, sectionName } = what.parent;
    const isOwn = parent ? isOf(subject, parent) : subject.name === parentRef?.name.value;
    if (!isOwn || (sectionName !== undefined && sectionName !== parentRef?.sectionName?.value)) return [];
    return judged(what, at);
  });

export const judged = (what: SeenCondition, at: string | undefined): Sight[] => [
  {
    verdict: what.status === 'True' ? 'proves' : what.status === 'False' ? 'denies' : 'told',
    ground: conditionGround(what, at),
  },
];
