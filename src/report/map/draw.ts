import type { Report, ReportChain, ReportEnd, State } from '../report.ts';
import type { Board } from './board.ts';
import type { Picture } from './card.ts';
import { Cards, keyOf } from './cards.ts';
import { markCards } from './marks.ts';
import { Walker } from './walker.ts';

const WORST_FIRST: readonly State[] = ['broken', 'unproved', 'whole'];

/**
 * The chains of a report as cards and wires: broken chains first, each object once, whatever number of ways lead to
 * it. Takes time in proportion to the links that the chains pass.
 *
 * @param most how many cards there is room for; the chains behind are left out
 */
export function drawPicture(
  report: Report,
  chains: readonly ReportChain[] = report.chains,
  most: number = Number.POSITIVE_INFINITY,
): Picture {
  const board: Board = {
    links: new Map(report.links.map((link) => [link.id, link])),
    servicePorts: servicePortsOf(report),
    cards: new Cards(),
    wires: new Map(),
    // One hop makes two cards at most.
    most: most - 1,
  };
  const counts = { whole: 0, broken: 0, unproved: 0 };
  const sorted = WORST_FIRST.flatMap((state) => chains.filter((chain) => chain.state === state));
  let left = sorted.length;
  for (const chain of sorted) {
    if (board.cards.count >= board.most) break;
    left -= 1;
    counts[chain.state] += 1;
    const walker = new Walker(chain, board);
    for (const hop of chain.tree) walker.follow(hop, walker.start());
  }
  markCards(report, sorted.slice(0, sorted.length - left), board.cards);
  return { cards: board.cards.all, wires: [...board.wires.values()], chains: counts, left };
}

function servicePortsOf({ links }: Report): Map<string, ReportEnd[]> {
  const ports = new Map<string, ReportEnd[]>();
  for (const { kind, set, from } of links) {
    if (kind !== 'target-port') continue;
    const key = `${set}|${keyOf(from.resource)}`;
    const known = ports.get(key);
    if (known) known.push(from);
    else ports.set(key, [from]);
  }
  return ports;
}
