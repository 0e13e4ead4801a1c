import { dotText } from '../escape.ts';
import type { Report, ReportChain } from '../report.ts';
import { LANES } from './card.ts';
import { drawPicture } from './draw.ts';
import { cardLines, wireLabel } from './mermaid.ts';

const STYLES = {
  whole: 'color="#14764a"',
  broken: 'color="#b3261e", fontcolor="#b3261e", style=bold, arrowhead=tee',
  unproved: 'color="#8a5a00", fontcolor="#8a5a00", style=dashed',
} as const;

/** The picture in the language of Graphviz. */
export function renderDot(report: Report, chains?: readonly ReportChain[]): string {
  const { cards, wires } = drawPicture(report, chains);
  const ids = new Map(cards.map((card, at) => [card, `c${at}`]));
  const lines = [
    'digraph portolan {',
    '  rankdir=LR',
    '  node [shape=box, style=rounded, fontname="Helvetica"]',
    '  edge [fontname="Menlo"]',
  ];
  for (const lane of LANES) {
    const names = cards.filter((card) => card.lane === lane).map((card) => ids.get(card));
    if (names.length > 0) lines.push(`  { rank=same; ${names.join('; ')} }`);
  }
  for (const card of cards) {
    const style = card.ghost ? ', style="rounded,dashed"' : '';
    lines.push(`  ${ids.get(card)} [label="${cardLines(card).map(dotText).join('\\n')}"${style}]`);
  }
  for (const wire of wires) {
    const [from, to] = [ids.get(wire.from.card), ids.get(wire.to.card)];
    const tip = wire.inside ? ', arrowtail=none' : '';
    lines.push(`  ${from} -> ${to} [label="${dotText(wireLabel(wire))}", ${STYLES[wire.state]}${tip}]`);
  }
  return `${lines.join('\n')}\n}\n`;
}
