import type { Report, ReportResource } from '../report.ts';
import type { Board } from './board.ts';
import type { Lane } from './card.ts';
import { isFixed, looseMark } from './marks.ts';

/**
 * What is broken where no way in leads by, such as a probe of a Pod that no Service selects: its card, with the values
 * that disagree and what is wrong below it. A picture of broken manifests is never empty.
 */
export function drawLoose(report: Report, { cards, wires, most }: Board): void {
  const inChains = new Set(report.chains.flatMap(({ links }) => links));
  for (const link of report.links) {
    if (link.state !== 'broken' || inChains.has(link.id)) continue;
    if (cards.count > most) return;
    // The card that a mark is on has its mark already.
    const { resource } = (isFixed(link) && link.to) || link.from;
    const card = cards.object(laneOf(resource), link.set, resource);
    if (!isFixed(link)) card.marks.push(looseMark(link));
    wires.tell(card, [link]);
  }
}

function laneOf({ kind }: ReportResource): Lane {
  if (kind === 'Service') return 'service';
  return /(?:Ingress|Gateway|Route|Proxy|VirtualService)(?:TCP|UDP)?$/.test(kind) ? 'route' : 'pod';
}
