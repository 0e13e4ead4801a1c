import { table } from '../../text/table.ts';
import type { ReportChain, ReportLink } from '../report.ts';
import type { Board } from './board.ts';
import type { Card, Mark } from './card.ts';
import { briefName, nameOf, portLabel, valuesOf } from './words.ts';

/** Puts what is fixed to ports, besides traffic, on the cards whose ports they are. */
export function markCards(
  all: readonly Card[],
  { cards, arriving }: Board,
  chains: readonly ReportChain[],
): void {
  for (const card of all) {
    const { id, lane, ghost } = card;
    if (ghost || lane === 'internet' || lane === 'process') continue;
    const told = new Set<string>();
    for (const link of arriving.get(id.slice(lane.length + 1)) ?? []) {
      const mark = markOf(link);
      if (!mark || told.has(mark.text)) continue;
      told.add(mark.text);
      card.marks.push(mark);
    }
  }
  const told = new Set<string>();
  for (const { set, entry, links } of chains) {
    if (entry.kind !== 'ingress' || entry.port !== 443) continue;
    const card = cards.routeOf(set, entry.resource);
    const text = `TLS for ${entry.host ?? 'any host'}`;
    if (!card || told.has(`${card.id}\n${text}`)) continue;
    told.add(`${card.id}\n${text}`);
    card.marks.push({ kind: 'tls', state: 'whole', link: links[0] ?? '', text });
  }
}

const MARKED = table<Mark['kind']>({ probe: 'probe', policy: 'policy', monitor: 'monitor', host: 'host' });

function markOf(link: ReportLink): Mark | undefined {
  const kind = MARKED[link.kind];
  const { id, state, from, to } = link;
  if (kind) return { kind, state, link: id, text: sayMark(link), values: brokenValues(link) };
  const listener = link.kind === 'parent' ? to : null;
  if (listener?.port?.protocol && /^(?:HTTPS|TLS)$/.test(listener.port.protocol))
    return { kind: 'tls', state: 'whole', link: id, text: `TLS at ${portLabel(listener.port)?.number}` };
  if ((listener?.resource.kind === 'Service' && isRoute(link)) || (link.kind === 'backend' && isOfMesh(link)))
    return {
      kind: 'mesh',
      state,
      link: id,
      text: `the mesh: ${from.resource.kind} ${nameOf(from.resource)}`,
    };
  if (link.kind === 'bind' && state === 'whole' && isHandedOn(link))
    return { kind: 'mesh', state, link: id, text: link.reason };
  return undefined;
}

/** What is fixed to the port that it leads to; all else stands where it begins. */
export const isFixed = ({ kind }: ReportLink): boolean => MARKED[kind] !== undefined;

/** A link that no wire draws: what it names, and what there is instead. */
export const looseMark = (link: ReportLink): Mark => ({
  kind: 'link',
  state: link.state,
  link: link.id,
  text: link.reason,
  values: `${link.disagreeing?.[0]?.what ?? link.kind} ${brokenValues(link) ?? ''}`.trimEnd(),
});

function brokenValues(link: ReportLink): string | undefined {
  if (link.state !== 'broken') return undefined;
  const [left, right] = valuesOf(link);
  const there = link.disagreeing?.[0]?.to === null ? 'none' : right;
  return `${briefName(left)} ✕ ${briefName(there)}`.trim();
}

/** What names a Service as its parent takes what clients inside send there. */
const isRoute = ({ from }: ReportLink): boolean => /^(?:VirtualService|\w*Route)$/.test(from.resource.kind);

const isOfMesh = ({ from }: ReportLink): boolean => from.resource.kind === 'DestinationRule';

/** A sidecar of the Pod takes the port, and the process listens on another. */
const isHandedOn = ({ from, to }: ReportLink): boolean =>
  to?.port?.number !== undefined && from.port?.number !== undefined && to.port.number !== from.port.number;

/** `probe 8080`, `NetworkPolicy shop/web 8080: why it does not hold`. */
function sayMark({ kind, from, to, state, reason }: ReportLink): string {
  const port = portLabel(from.port ?? to?.port)?.number ?? '?';
  const who = kind === 'probe' ? 'probe' : `${from.resource.kind} ${nameOf(from.resource)}`;
  return `${who} ${port}${state === 'whole' ? '' : `: ${reason}`}`;
}
