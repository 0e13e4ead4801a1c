import { table } from '../../text/table.ts';
import type { Report, ReportLink } from '../report.ts';
import type { Card, Mark } from './card.ts';
import type { Cards } from './cards.ts';
import { keyOf } from './cards.ts';
import { nameOf, portLabel } from './words.ts';

const MARKED = table<Mark['kind']>({
  probe: 'probe',
  policy: 'policy',
  monitor: 'monitor',
});

/** Puts probes, policies and scrapes on the cards whose ports they name. */
export function markCards({ links }: Report, cards: Cards): void {
  const pods = new Map<string, Card>();
  for (const card of cards.all) {
    if (card.lane === 'pod' || card.lane === 'service') pods.set(card.id, card);
  }
  for (const link of links) {
    const kind = Object.hasOwn(MARKED, link.kind) ? MARKED[link.kind] : undefined;
    if (!kind) continue;
    const { resource } = link.to ?? link.from;
    const card =
      pods.get(`pod|${link.set}|${keyOf(resource)}`) ?? pods.get(`service|${link.set}|${keyOf(resource)}`);
    if (!card) continue;
    const mark = { kind, state: link.state, text: sayMark(kind, link) };
    if (!card.marks.some(({ text }) => text === mark.text)) card.marks.push(mark);
  }
}

function sayMark(kind: Mark['kind'], { from, to, state, reason }: ReportLink): string {
  const port = portLabel(to?.port ?? from.port)?.number ?? '?';
  const who = kind === 'probe' ? 'probe' : `${from.resource.kind} ${nameOf(from.resource)}`;
  return `${who} ${port}${state === 'whole' ? '' : `: ${reason}`}`;
}
