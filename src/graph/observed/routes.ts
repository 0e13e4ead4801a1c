import { isOf, type SeenCondition, type SeenConnection } from '../../model/observation.ts';
import type { Observed } from '../../model/observed.ts';
import type { BackendLink, ParentLink, Way } from '../links/route-links.ts';
import { conditionGround, tellings } from './phrases.ts';
import type { Sight } from './sight.ts';

/** What the parent itself says of the route. */
export const parentSights = ({ route, parent, parentRef }: ParentLink, observed: Observed): Sight[] =>
  observed.about(route).flatMap(({ what, at }): Sight[] => {
    if (what.kind !== 'condition' || what.type !== 'Accepted' || !what.parent) return [];
    const { subject, sectionName } = what.parent;
    const isOwn = parent ? isOf(subject, parent) : subject.name === parentRef?.name.value;
    if (!isOwn || (sectionName !== undefined && sectionName !== parentRef?.sectionName?.value)) return [];
    return judged(what, at);
  });

const judged = (what: SeenCondition, at: string | undefined): Sight[] => [
  {
    verdict: what.status === 'True' ? 'proves' : what.status === 'False' ? 'denies' : 'told',
    ground: conditionGround(what, at),
  },
];

/**
 * `ResolvedRefs` is about all backends of a route: false, it does not tell which. An answer of the application proves
 * the way that it came by; an answer of the controller itself says that it went no further.
 */
export function backendSights(
  link: BackendLink,
  observed: Observed,
  isAlone: (way: Way) => boolean,
): Sight[] {
  return observed.about(link.route).flatMap((one): Sight[] => {
    const { what, at } = one;
    if (what.kind === 'condition' && what.type === 'ResolvedRefs') {
      return what.status === 'False' &&
        link.state === 'whole' &&
        link.route.rules.flatMap(({ backends }) => backends).length > 1
        ? [{ verdict: 'told', ground: conditionGround(what, at) }]
        : judged(what, at);
    }
    if (what.kind !== 'connection' || what.dialled !== 'controller') return tellings(one);
    const way = link.ways.find((candidate) => leads(candidate, what));
    if (!way || !isAlone(way)) return [];
    const { dialled, port, protocol, answer } = what;
    const ground = { kind: 'connection', dialled, port, protocol, answer, time: at } as const;
    const failed =
      answer.kind === 'refused' ||
      answer.kind === 'timeout' ||
      (answer.kind === 'http' && answer.by === 'controller');
    // Whoever it was that spoke HTTP, without a name, may be the controller.
    const isProof = answer.kind === 'http' && answer.by === 'application';
    return [{ verdict: failed ? 'denies' : isProof ? 'proves' : 'told', ground }];
  });
}

/** The host and the path that were asked for are those of this way, to the letter: what else matches is not guessed. */
const leads = ({ host, path }: Way, seen: SeenConnection): boolean =>
  (host === seen.host || host === '*' || host === undefined) && (path ?? '/') === (seen.path ?? '/');
