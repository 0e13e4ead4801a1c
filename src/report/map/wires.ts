import type { ReportLink, State } from '../report.ts';
import type { Card, PortLabel, Row, Socket, Wire } from './card.ts';
import { briefName, sayLink } from './words.ts';

/** The wires of a picture, in the order in which they are drawn. */
export class Wires {
  readonly all: Wire[] = [];
  readonly #between = new Map<Row, Map<Row, Wire>>();

  /** Draws a wire once, however many chains take it; one that is for inside only stays so while no other takes it. */
  add(from: Socket | undefined, to: Socket, passed: readonly ReportLink[], inside: boolean): void {
    const state = worst(passed);
    to.row.leftState = worse(to.row.leftState, state);
    if (!from) return;
    from.row.rightState = worse(from.row.rightState, state);
    const leaving = this.#between.get(from.row) ?? new Map<Row, Wire>();
    const there = leaving.get(to.row);
    if (there) {
      if (!inside) there.inside = false;
      return;
    }
    if (state !== 'whole')
      addNotes(
        to.card,
        passed.filter((link) => link.state === state),
      );
    const links = passed.map((link) => link.id);
    const says = passed.length > 0 ? passed.map(sayLink).join('; ') : sayWay(from, to);
    const wire = { from, to, state, inside, links, says };
    this.#between.set(from.row, leaving.set(to.row, wire));
    this.all.push(wire);
  }
}

/** Tells under a card why a link does not hold, or what would prove it; each once. */
export function addNotes(card: Card, links: readonly ReportLink[]): void {
  for (const { id, state, reason } of links) {
    if (!card.notes.some(({ text }) => text === reason)) card.notes.push({ link: id, state, text: reason });
  }
}

/** Between these two no link is drawn: nothing there can disagree. */
const sayWay = (from: Socket, to: Socket): string =>
  `whole way: ${from.card.title} ${numberOf(from.row.right)} → ${to.card.title} ${numberOf(to.row.left)}`;

const numberOf = (label: PortLabel | undefined): string => briefName(label?.number ?? '');

const RANK = { quiet: 0, whole: 1, unproved: 2, broken: 3 } as const;

const worse = <T extends keyof typeof RANK>(a: T, b: T): T => (RANK[b] > RANK[a] ? b : a);

const worst = (links: readonly ReportLink[]): State =>
  links.reduce<State>((state, link) => worse(state, link.state), 'whole');
