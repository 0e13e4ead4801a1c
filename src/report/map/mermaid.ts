import type { Report, ReportChain } from '../report.ts';
import { sanitizeLine } from '../sanitize.ts';
import type { Card, Lane, PortLabel, Wire } from './card.ts';
import { LANES } from './card.ts';
import { drawPicture } from './draw.ts';
import { markWords } from './mark-line.ts';
import { briefName } from './words.ts';

const LANE_NAMES: Readonly<Record<Lane, string>> = {
  internet: 'Internet',
  route: 'Ingress, Gateway, route',
  service: 'Service',
  pod: 'Pod',
  process: 'Process',
};

/** The picture as a flowchart of Mermaid, which Markdown readers such as GitHub draw. */
export function renderMermaid(report: Report, chains?: readonly ReportChain[]): string {
  const { cards, wires } = drawPicture(report, chains);
  const ids = new Map(cards.map((card, at) => [card, `c${at}`]));
  const lines = ['flowchart LR'];
  for (const lane of LANES) {
    const inLane = cards.filter((card) => card.lane === lane);
    if (inLane.length === 0) continue;
    lines.push(`  subgraph ${lane}["${LANE_NAMES[lane]}"]`);
    for (const card of inLane) lines.push(`    ${ids.get(card)}["${words(cardLines(card).join('\n'))}"]`);
    lines.push('  end');
  }
  for (const wire of wires) {
    const [from, to] = [ids.get(wire.from.card), ids.get(wire.to.card)];
    lines.push(`  ${from} ${ARROWS[arrowOf(wire)]}|"${words(wireLabel(wire))}"| ${to}`);
  }
  wires.forEach(({ state }, at) => {
    if (state !== 'whole')
      lines.push(`  linkStyle ${at} stroke:${state === 'broken' ? '#b3261e' : '#8a5a00'}`);
  });
  return `${lines.join('\n')}\n`;
}

/** A cut arrow for what is broken, a dotted one for what is not proved. */
const ARROWS = { whole: '-->', broken: '--x', unproved: '-.->' } as const;

const arrowOf = ({ state }: Wire): keyof typeof ARROWS => state;

/** Both numbers of a wire, or what else its ends say, and the sign of its state. */
export const wireLabel = ({ from, to, state }: Wire): string =>
  `${to.row.isWord ? `${to.row.text} ` : ''}${number(from.row.right)} ${SIGNS[state]} ${number(to.row.left)}`;

const SIGNS = { whole: '→', broken: '✕', unproved: '?' } as const;

const number = (label: PortLabel | undefined): string => briefName(label?.number ?? '');

/** Of what is fixed to its ports, what is broken: no wire tells it. */
export const cardLines = ({ title, subtitle, known, marks }: Card): string[] => [
  title,
  subtitle,
  ...new Set(known.slice(0, MOST_KNOWN).map(({ says }) => says)),
  ...new Set(
    marks
      .filter(({ state }) => state === 'broken')
      .slice(0, MOST_KNOWN)
      .map(markWords),
  ),
];

/** No text of a flowchart grows with what is known. */
const MOST_KNOWN = 4;

/** Mermaid reads entities in quotes as HTML does; nothing else in them is markup. */
const words = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      sanitizeLine(line).replace(/[^\p{L}\p{N} .,:/()→✕?·-]/gu, (char) => `#${char.codePointAt(0)};`),
    )
    .join('<br/>');
