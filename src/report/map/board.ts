import type { ReportEnd, ReportLink } from '../report.ts';
import type { Wire } from './card.ts';
import type { Cards } from './cards.ts';

/** What the walkers of all chains share: what they look up, and what they draw. */
export interface Board {
  readonly links: ReadonlyMap<string, ReportLink>;
  /** The ports of a Service, by set and resource, to show what there is beside one that is not. */
  readonly servicePorts: ReadonlyMap<string, readonly ReportEnd[]>;
  readonly cards: Cards;
  readonly wires: Map<string, Wire>;
  /** How many cards are enough: no branch is followed further. */
  readonly most: number;
}
