import type { Observed } from '../../model/observed.ts';
import type { ProcessOf } from '../../process/listeners/container-process.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Link } from '../links/link.ts';
import type { SelectorLink, TargetPortLink } from '../links/service-links.ts';
import { bindSights, hostPortSights, probeSights } from './processes.ts';
import { parentSights } from './routes.ts';
import { bindAnswers, nodePortSights, selectorSights, targetPortSights } from './services.ts';
import { asSeen, type Sight } from './sight.ts';

/**
 * Links as they were seen. What was seen of sockets and logs is in the processes already; backends are seen when all
 * behind them is.
 *
 * @param isUnserved whether the process is known not to listen where the Service forwards to
 * @param processOf what is known of each container, with what was seen of it
 */
export function settleObserved(
  observed: Observed,
  selectors: readonly SelectorLink[],
  isUnserved: (link: TargetPortLink) => boolean,
  processOf: ProcessOf,
): <L extends Link>(links: readonly L[]) => readonly L[] {
  if (observed.isEmpty) return (links) => links;
  const selected = groupBy(selectors, ({ service }) => service);
  const isAlone = ({ service }: Pick<TargetPortLink, 'service'>): boolean =>
    (selected.get(service)?.length ?? 0) < 2;
  return (links) => links.map((link) => asSeen(link, sightsOf(link)));

  function sightsOf(link: Link): Sight[] {
    switch (link.kind) {
      case 'selector':
        return selectorSights(link, observed);
      case 'target-port':
        return targetPortSights(
          link,
          observed,
          isAlone(link),
          link.through === 'selector' && isUnserved(link),
        );
      case 'bind':
        return [...bindAnswers(link, observed, isAlone), ...bindSights(link, observed, processOf)];
      case 'probe':
        return probeSights(link, observed);
      case 'host':
        return link.field === 'hostPort' ? hostPortSights(link, observed) : nodePortSights(link, observed);
      case 'parent':
        return parentSights(link, observed);
      default:
        return [];
    }
  }
}
