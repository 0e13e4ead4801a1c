import type { ReportLink, State } from '../report.ts';
import type { Card, PortLabel, Row, Socket, Wire } from './card.ts';
import { briefName, sayLink } from './words.ts';

/** The wires of a picture, in the order in which they are drawn. */
export class Wires {
  readonly all: Wire[] = [];
  /** Most rows are left by one wire: only those of more have a table. */
  readonly #first = new Map<Row, Wire>();
  readonly #more = new Map<Row, Map<Row, Wire>>();
  readonly #told = new Map<Card, Set<string>>();

  /** Draws a wire once, however many chains take it; one that is for inside only stays so while no other takes it. */
  add(from: Socket | undefined, to: Socket, passed: readonly ReportLink[], inside: boolean): void {
    const state = worst(passed);
    to.row.leftState = worse(to.row.leftState, state);
    if (!from) return;
    from.row.rightState = worse(from.row.rightState, state);
    if (state !== 'whole') {
      this.tell(
        to.card,
        passed.filter((link) => link.state === state),
      );
    }
    const there = this.#between(from.row, to.row);
    if (there) {
      if (!inside) there.inside = false;
      // Two ports of a Service may disagree with one Pod in the same words.
      const more = passed.filter((link) => !there.links.includes(link));
      if (more.length > 0) there.links = [...there.links, ...more];
      there.state = worse(there.state, state);
      return;
    }
    const wire: Wire = { from, to, state, links: passed, inside };
    if (!this.#first.has(from.row)) this.#first.set(from.row, wire);
    else if (this.#more.has(from.row)) this.#more.get(from.row)!.set(to.row, wire);
    else this.#more.set(from.row, new Map([[to.row, wire]]));
    this.all.push(wire);
  }

  /** Tells under a card why a link does not hold, or what would prove it; each once. */
  tell(card: Card, links: readonly ReportLink[]): void {
    const told = this.#told.get(card) ?? new Set();
    this.#told.set(card, told);
    for (const { id, state, reason } of links) {
      if (told.has(reason)) continue;
      told.add(reason);
      card.notes.push({ link: id, state, text: reason });
    }
  }

  #between(from: Row, to: Row): Wire | undefined {
    const first = this.#first.get(from);
    return first?.to.row === to ? first : this.#more.get(from)?.get(to);
  }
}

/** In words: both ends, both values, the state and why. They are many, and made when somebody reads them. */
export const sayWire = ({ from, to, links }: Wire): string =>
  links.length > 0 ? links.map((link) => sayLink(link, from.row.key)).join('; ') : sayWay(from, to);

/** Between these two no link is drawn: nothing there can disagree. */
const sayWay = (from: Socket, to: Socket): string =>
  `whole way: ${from.card.title} ${numberOf(from.row.right)} → ${to.card.title} ${numberOf(to.row.left)}`;

const numberOf = (label: PortLabel | undefined): string => briefName(label?.number ?? '');

const RANK = { quiet: 0, whole: 1, unproved: 2, broken: 3 } as const;

const worse = <T extends keyof typeof RANK>(a: T, b: T): T => (RANK[b] > RANK[a] ? b : a);

const worst = (links: readonly ReportLink[]): State =>
  links.reduce<State>((state, link) => worse(state, link.state), 'whole');
