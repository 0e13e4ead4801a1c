import { drawPicture } from '../report/map/draw.ts';
import type { Report } from '../report/report.ts';

/** A wire that is cut, and what stands at its two ends. */
export interface Cut {
  readonly from: CutEnd;
  readonly to: CutEnd;
}

interface CutEnd {
  /** `Service · harbour`. */
  readonly card: string;
  /** `label app` beside `bakery`; empty beside a port. */
  readonly what: string;
  readonly value: string | undefined;
}

export const cutsOf = (report: Report): Cut[] =>
  drawPicture(report)
    .wires.filter(({ state }) => state === 'broken')
    .map(({ from, to }) => ({
      from: { card: from.card.subtitle, what: from.row.text, value: from.row.right?.number },
      to: { card: to.card.subtitle, what: to.row.text, value: to.row.left?.number },
    }));

/** `label app bakery-web | label app bakery`; a line of a port says what lies there before it. */
export const wordCut = ({ from, to }: Cut): string => `${from.value} | ${`${to.what} ${to.value}`.trim()}`;
