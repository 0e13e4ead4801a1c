import { xmlText } from '../escape.ts';
import type { Report, ReportChain } from '../report.ts';
import type { Lane, Picture, Row, SocketState } from './card.ts';
import { drawPicture } from './draw.ts';
import { markLineSvg } from './mark-line.ts';
import { type PlacedCard, type PlacedWire, placeCards, type Scene } from './place.ts';
import { cutTo, textWidth } from './text-size.ts';
import { styleOf, type Theme } from './theme.ts';
import { sayWire } from './wires.ts';
import { brief } from './words.ts';
import { headOf, type Lengths, NARROW, WIDE } from './written.ts';

export interface SvgOptions {
  /** The chains that are drawn; all when left out. */
  readonly chains?: readonly ReportChain[] | undefined;
  /** `auto` goes by what the reader's screen prefers. */
  readonly theme?: Theme | undefined;
}

const LANE_NAMES: Readonly<Record<Lane, string>> = {
  internet: 'Internet',
  route: 'Ingress · Gateway · route',
  service: 'Service',
  pod: 'Pod',
  process: 'Process',
};

/**
 * The picture of a report: every chain from the Internet to the process, with both numbers at every arrow. It is a
 * document, as nobody hears what is within an `img`.
 */
export function renderSvg(report: Report, { chains, theme = 'auto' }: SvgOptions = {}): string {
  const picture = drawPicture(report, chains);
  const scene = placeCards(picture);
  const { broken, unproved, whole } = picture.chains;
  const all = broken + unproved + whole;
  const label = `${all} ${all === 1 ? 'way' : 'ways'} in: ${broken} broken, ${unproved} unproved, ${whole} whole`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(scene, '')} role="graphics-document document" aria-label="${label}">`,
    `<title>${label}</title>`,
    `<style>${styleOf(theme)}</style>`,
    `<rect class="ground" width="${scene.width}" height="${scene.height}"/>`,
    ...partsOf(scene),
    '</svg>\n',
  ].join('\n');
}

/**
 * The same for a page that has the style sheet (`PAGE_STYLE`) and tells the picture in another way to those who do not
 * see it. It grows with the size of the page's text; where there is little room its cards are `narrow`.
 */
export function renderInPage(picture: Picture, narrow = false): string {
  const scene = placeCards(picture, narrow ? NARROW : WIDE);
  return `<svg xmlns="http://www.w3.org/2000/svg" ${sizeOf(scene, 'rem')} aria-hidden="true">${partsOf(scene).join('')}</svg>`;
}

const partsOf = (scene: Scene): string[] => [
  ...scene.lanes.map((lane) => laneSvg(lane, scene)),
  ...scene.wires.map((wire) => wireSvg(wire, scene.size)),
  ...scene.cards.map((card) => cardSvg(card, scene.size)),
];

/** As most browsers have it. */
const PIXELS = { '': 1, rem: 16 };

const sizeOf = ({ width, height }: Scene, unit: keyof typeof PIXELS): string =>
  `viewBox="0 0 ${width} ${height}" width="${width / PIXELS[unit]}${unit}" height="${height / PIXELS[unit]}${unit}"`;

const laneSvg = ({ lane, x, width }: Scene['lanes'][number], { height, size }: Scene): string =>
  `<rect class="lane" x="${x}" y="${size.top - 20}" width="${width}" height="${height - size.top}" rx="10"/><text class="lane-name soft" x="${x + 10}" y="32">${LANE_NAMES[lane]}</text>`;

function wireSvg({ wire, x1, y1, x2, y2 }: PlacedWire, size: Lengths): string {
  // Level through all columns but the last gap, where it bends.
  const bend = Math.max(x1, x2 - size.gap);
  const middle = (bend + x2) / 2;
  const level = bend > x1 ? `H${bend}` : '';
  const path =
    y1 === y2 ? `M${x1} ${y1}H${x2}` : `M${x1} ${y1}${level}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
  const classes = `wire ${wire.state}${wire.inside ? ' inside' : ''}`;
  const links =
    wire.links.length > 0 ? ` data-links="${xmlText(wire.links.map(({ id }) => id).join(' '))}"` : '';
  return `<g class="way"${links}><title>${xmlText(brief(sayWire(wire)))}</title><path class="reach" d="${path}"/><path class="${classes}" d="${path}"/>${
    wire.state === 'broken' ? cross(middle, (y1 + y2) / 2) : ''
  }</g>`;
}

/** A broken wire is cut: it can be told without its colour. */
const cross = (x: number, y: number): string =>
  `<circle class="hole" cx="${x}" cy="${y}" r="10"/><path class="cross wire broken" d="M${x - 5} ${y - 5}l10 10m0 -10l-10 10"/>`;

function cardSvg(placed: PlacedCard, size: Lengths): string {
  const { card, x, y, height, titles, isLong, subtitle, notes, marks, known, unsaid } = placed;
  const head = headOf(placed, size);
  const isBroken =
    card.rows.some(({ leftState, rightState }) => leftState === 'broken' || rightState === 'broken') ||
    (card.rows.length === 0 && card.notes.length > 0);
  const classes = ['card', ...(isBroken ? ['broken'] : []), ...(card.ghost ? ['ghost'] : [])].join(' ');
  const left = x + size.pad;
  let below = y + height + size.note;
  const told = notes.map(({ note, lines, unsaid }) => {
    const texts = lines.map((line) => {
      const text = `<text class="${note.state}" x="${x}" y="${below}">${xmlText(line)}</text>`;
      below += size.note;
      return text;
    });
    return `<g class="told" data-links="${xmlText(note.link)}">${titleOf(unsaid)}${texts.join('')}</g>`;
  });
  return [
    `<g class="object" data-card="${card.number}"><title>${xmlText(`${card.subtitle} ${card.title}`)}</title>`,
    `<rect class="${classes}" x="${x}" y="${y}" width="${size.card}" height="${height}" rx="8"/>`,
    ...titles.map(
      (title, at) =>
        `<text class="title${isLong ? ' long' : ''} ink" x="${left}" y="${y + 24 + at * size.titleLine}">${xmlText(title)}</text>`,
    ),
    `<text class="soft" x="${left}" y="${y + head - 13}">${xmlText(subtitle)}</text>`,
    ...card.rows.map((row, at) => rowSvg(row, x, y + head + at * size.row + size.row / 2, size)),
    ...known.map(
      (line, at) =>
        `<text class="soft" x="${left}" y="${y + head + card.rows.length * size.row + (at + 0.6) * size.note}">${xmlText(line)}${at === known.length - 1 ? titleOf(unsaid) : ''}</text>`,
    ),
    ...marks.map((line, at) =>
      markLineSvg(line, left, y + height - size.foot - (marks.length - at - 0.5) * size.mark),
    ),
    ...told,
    '</g>',
  ].join('');
}

/** Pixels of a number. */
const NUMBER = 15;

function rowSvg(
  { left, right, text, leftState, rightState }: Row,
  x: number,
  y: number,
  { card, pad }: Lengths,
): string {
  const parts: string[] = [];
  const end = x + card;
  const all = card - 2 * pad;
  const numberWidth = (label: string): number => textWidth(label, NUMBER, 'mono');
  const beside = [...new Set([left?.name ?? '', text])].filter(Boolean).join(' ');
  // Alone on its line it leaves room for what it is.
  const isTight = left && right && numberWidth(left.number) + numberWidth(right.number) + 12 > all;
  const alone = left && right ? all : all - Math.min(80, textWidth(beside, 11.5) + 10);
  const numberRoom = isTight ? all / 2 - 4 : alone;
  const leftText = left ? cutTo(left.number, numberRoom, NUMBER, 'mono') : '';
  const rightText = right ? cutTo(right.number, numberRoom, NUMBER, 'mono') : '';
  if (leftState !== 'quiet') parts.push(socketSvg(x, y, leftState));
  if (rightState !== 'quiet') parts.push(socketSvg(end, y, rightState));
  if (left) parts.push(numberSvg(leftText, left.number, x + pad, y, 'start', leftState));
  if (right) parts.push(numberSvg(rightText, right.number, end - pad, y, 'end', rightState));
  const from = x + pad + (leftText ? numberWidth(leftText) + 8 : 0);
  const room = end - pad - (rightText ? numberWidth(rightText) + 8 : 0) - from;
  if (beside && room > 24) {
    const shown = cutTo(beside, room, 11.5);
    parts.push(
      `<text class="soft" x="${from}" y="${y + 4.5}">${xmlText(shown)}${wholeOf(beside, shown)}</text>`,
    );
  }
  return parts.join('');
}

const socketSvg = (x: number, y: number, state: SocketState): string =>
  `<circle class="socket ${state}" cx="${x}" cy="${y}" r="5"/>`;

function numberSvg(
  text: string,
  whole: string,
  x: number,
  y: number,
  anchor: string,
  state: SocketState,
): string {
  const kind = state === 'broken' || state === 'unproved' ? state : 'ink';
  return `<text class="number ${kind}" x="${x}" y="${y + 5}" text-anchor="${anchor}">${xmlText(text)}${wholeOf(whole, text)}</text>`;
}

/** What is cut is there for who points at it. */
const wholeOf = (text: string, shown: string): string => (text === shown ? '' : titleOf(text));

const titleOf = (text: string): string => (text === '' ? '' : `<title>${xmlText(brief(text))}</title>`);
