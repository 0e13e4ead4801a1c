import type { Wire } from './card.ts';
import type { Cards } from './cards.ts';
import type { Lookup } from './lookup.ts';

/** What the walkers of all chains share: what they look up, and what they draw. */
export interface Board extends Lookup {
  readonly cards: Cards;
  readonly wires: Map<string, Wire>;
  /** How many cards are enough: no branch is followed further. */
  readonly most: number;
}
