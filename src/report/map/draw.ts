import { worstFirst } from '../order.ts';
import type { Report, ReportChain } from '../report.ts';
import type { Board } from './board.ts';
import type { Picture } from './card.ts';
import { Cards } from './cards.ts';
import { lookupOf } from './lookup.ts';
import { drawLoose } from './loose.ts';
import { markCards } from './marks.ts';
import { Walker } from './walker.ts';
import { Wires } from './wires.ts';

/**
 * The chains of a report as cards and wires: broken chains first, each object once, whatever number of ways lead to
 * it. Takes time in proportion to the links that the chains pass.
 *
 * @param most how many cards there is room for; the chains behind are left out
 */
export function drawPicture(
  report: Report,
  chains: readonly ReportChain[] = report.chains,
  most: number = Number.POSITIVE_INFINITY,
): Picture {
  const board: Board = {
    ...lookupOf(report),
    cards: new Cards(),
    wires: new Wires(),
    parted: new Set(),
    // One hop makes two cards at most.
    most: most - 1,
  };
  const counts = { whole: 0, broken: 0, unproved: 0 };
  const sorted = worstFirst(chains);
  let left = sorted.length;
  for (const chain of sorted) {
    if (board.cards.count >= board.most) break;
    left -= 1;
    counts[chain.state] += 1;
    const walker = new Walker(chain, board);
    for (const hop of chain.tree) walker.follow(hop, walker.start());
  }
  if (chains === report.chains) drawLoose(report, board);
  const cards = board.cards.finished();
  markCards(cards, board, sorted.slice(0, sorted.length - left));
  return { cards, wires: board.wires.all, chains: counts, left };
}
