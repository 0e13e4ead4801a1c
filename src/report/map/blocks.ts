import { groupBy } from '../../text/group-by.ts';
import type { Card, Picture } from './card.ts';

/**
 * Cards that wires join, together, in the order in which the first of each was drawn: one block for each way in, or
 * for several that meet. No wire leaves a block, so blocks stand below each other and never cross.
 */
export function blocksOf({ cards, wires }: Picture): Card[][] {
  // By the numbers of cards: which card leads the block of each.
  const leaders = cards.map(({ number }) => number);
  const leaderOf = (card: Card): number => {
    let leader = card.number;
    for (let next = leaders[leader]!; next !== leader; next = leaders[leader]!) {
      // Halves the way for those who ask next, so that a long row costs no square of its length.
      leaders[leader] = leaders[next]!;
      leader = next;
    }
    return leader;
  };
  for (const { from, to } of wires) leaders[leaderOf(to.card)] = leaderOf(from.card);
  return [...groupBy(cards, leaderOf).values()];
}
