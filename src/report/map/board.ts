import type { Cards } from './cards.ts';
import type { Lookup } from './lookup.ts';
import type { Wires } from './wires.ts';

/** What the walkers of all chains share: what they look up, and what they draw. */
export interface Board extends Lookup {
  readonly cards: Cards;
  readonly wires: Wires;
  /** The selectors all of whose ports are drawn, with the protocol of these. */
  readonly parted: Set<string>;
  /** How many cards are enough: no branch is followed further. */
  readonly most: number;
}
