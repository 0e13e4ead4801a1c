import type { ReportLink, State } from '../report.ts';
import type { Card, Socket, Wire } from './card.ts';
import { sayLink } from './words.ts';

/** Draws a wire once, however many chains take it; one that is for inside only stays so while no other takes it. */
export function addWire(
  wires: Map<string, Wire>,
  from: Socket | undefined,
  to: Socket,
  passed: readonly ReportLink[],
  inside: boolean,
): void {
  const state = worst(passed);
  to.row.leftState = worse(to.row.leftState, state);
  if (!from) return;
  from.row.rightState = worse(from.row.rightState, state);
  const id = `${socketId(from)}>${socketId(to)}`;
  const there = wires.get(id);
  if (there) {
    if (there.inside && !inside) wires.set(id, { ...there, inside });
    return;
  }
  const decisive = passed.filter((link) => link.state === state);
  if (state !== 'whole') addNotes(to.card, decisive);
  wires.set(id, {
    ...{ id, from, to, state, inside },
    links: passed.map((link) => link.id),
    says: passed.length > 0 ? passed.map(sayLink).join('; ') : sayWay(from, to),
    places: decisive.flatMap((link) => [link.from.location, link.to?.location].flatMap((at) => at ?? [])),
  });
}

/** Tells under a card why a link does not hold, or what would prove it; each once. */
export function addNotes(card: Card, links: readonly ReportLink[]): void {
  for (const { id, state, reason } of links) {
    if (!card.notes.some(({ text }) => text === reason)) card.notes.push({ link: id, state, text: reason });
  }
}

const socketId = ({ card, row }: Socket): string => `${card.id}#${card.rows.indexOf(row)}`;

/** Between these two no link is drawn: nothing there can disagree. */
const sayWay = (from: Socket, to: Socket): string =>
  `whole way: ${from.card.title} ${from.row.right?.number ?? ''} → ${to.card.title} ${to.row.left?.number ?? ''}`;

const RANK = { quiet: 0, whole: 1, unproved: 2, broken: 3 } as const;

const worse = <T extends keyof typeof RANK>(a: T, b: T): T => (RANK[b] > RANK[a] ? b : a);

const worst = (links: readonly ReportLink[]): State =>
  links.reduce<State>((state, link) => worse(state, link.state), 'whole');
