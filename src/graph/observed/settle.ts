import type { Observed } from '../../model/observed.ts';
import { groupBy } from '../../model/resource-set.ts';
import type { Link } from '../links/link.ts';
import type { BackendLink, Way } from '../links/route-links.ts';
import type { SelectorLink, TargetPortLink } from '../links/service-links.ts';
import { bindSights, hostPortSights, probeSights } from './processes.ts';
import { backendSights, parentSights } from './routes.ts';
import { bindAnswers, selectorSights, targetPortSights } from './services.ts';
import { asSeen, type Sight } from './sight.ts';

/** Links as they were seen. What was seen of sockets and logs is in the processes already. */
export function settleObserved(
  observed: Observed,
  selectors: readonly SelectorLink[],
): <L extends Link>(links: readonly L[]) => readonly L[] {
  if (observed.isEmpty) return (links) => links;
  const selected = groupBy(selectors, ({ service }) => service);
  const isAlone = ({ service }: Pick<TargetPortLink, 'service'>): boolean =>
    (selected.get(service)?.length ?? 0) < 2;
  return (links) => {
    const isOnly = onlyWay(links);
    return links.map((link) => asSeen(link, sightsOf(link)));

    function sightsOf(link: Link): Sight[] {
      switch (link.kind) {
        case 'selector':
          return selectorSights(link, observed);
        case 'target-port':
          return targetPortSights(link, observed, isAlone(link));
        case 'bind':
          return [...bindAnswers(link, observed, isAlone), ...bindSights(link, observed)];
        case 'probe':
          return probeSights(link, observed);
        case 'host':
          return link.field === 'hostPort' ? hostPortSights(link, observed) : [];
        case 'parent':
          return parentSights(link, observed);
        case 'backend':
          return backendSights(link, observed, (way) => isOnly(link, way));
        default:
          return [];
      }
    }
  };
}

/** Whether no other backend of the route takes the same host and path. */
function onlyWay(links: readonly Link[]): (link: BackendLink, way: Way) => boolean {
  const backends = links.filter((link) => link.kind === 'backend');
  const byRoute = groupBy(backends, ({ route }) => route);
  return ({ route }, { host, path }) =>
    (byRoute.get(route) ?? []).filter(({ ways }) =>
      ways.some((one) => one.host === host && one.path === path),
    ).length < 2;
}
