import type { SeenConnection } from '../../model/observation.ts';
import type { Observed } from '../../model/observed.ts';
import { groupBy } from '../../text/group-by.ts';
import type { BackendLink, Way } from '../links/route-links.ts';
import type { SelectorLink, TargetPortLink } from '../links/service-links.ts';
import { judged } from './routes.ts';
import { asSeen, type Sight } from './sight.ts';
import { conditionGround, tellings } from './tellings.ts';

interface Behind {
  readonly selectors: readonly SelectorLink[];
  readonly targetPorts: readonly TargetPortLink[];
  /** Whether the process is known not to listen. */
  readonly isUnserved: (link: TargetPortLink) => boolean;
}

/**
 * Backends as they were seen.
 *
 * @param behind the links of the Services that they name
 */
export function seeBackends(
  observed: Observed,
  links: readonly BackendLink[],
  behind: Behind,
): readonly BackendLink[] {
  if (observed.isEmpty) return links;
  const isBrokenBehind = brokenBehind(behind);
  const isOnly = onlyWay(links);
  return links.map((link) =>
    asSeen(
      link,
      backendSights(link, observed, { isAlone: (way) => isOnly(link, way), isBroken: isBrokenBehind(link) }),
    ),
  );
}

/** Whether something behind the Service port cannot hold, so that no request gets an answer. */
function brokenBehind({ selectors, targetPorts, isUnserved }: Behind): (link: BackendLink) => boolean {
  const inner = groupBy([...selectors, ...targetPorts], ({ service }) => service);
  return ({ service, servicePort }) =>
    (service ? (inner.get(service) ?? []) : []).some(
      (link) =>
        (link.kind === 'selector' || link.servicePort === servicePort) &&
        (link.state === 'broken' || (link.kind === 'target-port' && isUnserved(link))),
    );
}

/**
 * `ResolvedRefs` is about all backends of a route: false, it does not tell which. An answer of the application proves
 * the way that it came by; an answer of the controller itself says that it went no further.
 */
function backendSights(
  link: BackendLink,
  observed: Observed,
  { isAlone, isBroken }: { readonly isAlone: (way: Way) => boolean; readonly isBroken: boolean },
): Sight[] {
  return observed.about(link.route).flatMap((one): Sight[] => {
    const { what, at, command } = one;
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
    const ground = { kind: 'connection', dialled, port, protocol, answer, time: at, command } as const;
    const failed =
      answer.kind === 'refused' ||
      answer.kind === 'timeout' ||
      (answer.kind === 'http' && answer.by === 'controller');
    // Whoever it was that spoke HTTP, without a name, may be the controller.
    const isProof = answer.kind === 'http' && answer.by === 'application';
    const denial = isBroken ? 'told' : 'denies';
    // Asked at another port than that of the way, as without TLS.
    if (way.port !== undefined && way.port !== port) return [{ verdict: 'told', ground }];
    return [{ verdict: failed ? denial : isProof ? 'proves' : 'told', ground }];
  });
}

/** The host and the path that were asked for are those of this way, to the letter: what else matches is not guessed. */
const leads = ({ host, path }: Way, seen: SeenConnection): boolean =>
  (host === seen.host || host === '*' || host === undefined) && (path ?? '/') === (seen.path ?? '/');

/** Whether no other backend of the route takes the same host and path. */
function onlyWay(backends: readonly BackendLink[]): (link: BackendLink, way: Way) => boolean {
  const byRoute = groupBy(backends, ({ route }) => route);
  return ({ route }, { host, path }) =>
    (byRoute.get(route) ?? []).filter(({ ways }) =>
      ways.some((one) => one.host === host && one.path === path),
    ).length < 2;
}
