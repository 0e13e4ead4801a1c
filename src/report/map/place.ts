import { largest } from '../../text/largest.ts';
import { blocksOf } from './blocks.ts';
import { type Card, LANES, type Lane, type Note, type Picture, type Row, type Wire } from './card.ts';
import { markLines } from './mark-line.ts';
import { cutTo, textWidth, wrapText } from './text-size.ts';

/** All lengths are in pixels at 100 %. */
export const SIZE = {
  card: 216,
  gap: 64,
  pad: 14,
  top: 64,
  margin: 24,
  head: 54,
  row: 26,
  foot: 10,
  note: 16,
  mark: 20,
  between: 22,
  title: 14,
  longTitle: 12,
} as const;

/** A card with its place, and its words cut to its width. */
export interface PlacedCard {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly title: string;
  /** Drawn smaller, as it would not fit. */
  readonly isLong: boolean;
  readonly subtitle: string;
  readonly notes: readonly PlacedNote[];
  readonly marks: ReturnType<typeof markLines>;
  /** How the ports of a process are known. */
  readonly known: readonly string[];
}

export interface PlacedNote {
  readonly note: Note;
  readonly lines: readonly string[];
}

export interface PlacedLane {
  readonly lane: Lane;
  readonly x: number;
  readonly width: number;
}

export interface PlacedWire {
  readonly wire: Wire;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly PlacedLane[];
  readonly cards: readonly PlacedCard[];
  readonly wires: readonly PlacedWire[];
}

/**
 * Gives every card a place in its lane, in one pass: as far up as the card before it in its column allows, and no
 * higher than the socket that the first wire comes from, so that most wires run straight. Wires go by columns to the
 * right only. One that passes columns runs level through all of them, where they keep the room free, and bends in the
 * last gap.
 */
export function placeCards(picture: Picture): Scene {
  const routeColumns = 1 + maxOf(picture.cards, ({ lane, depth }) => (lane === 'route' ? depth : 0));
  const columnOf = ({ lane, depth }: Card): number => {
    const at = LANES.indexOf(lane);
    return at === 0 ? 0 : at === 1 ? routeColumns - depth : at + routeColumns - 1;
  };
  const columns = LANES.length + routeColumns - 1;
  const xOf = (column: number): number => SIZE.margin + column * (SIZE.card + SIZE.gap);
  const next: number[] = Array.from({ length: columns }, () => SIZE.top + SIZE.pad);
  const incoming = firstWires(picture, ({ to }) => to.card);
  const outgoing = firstWires(picture, ({ from }) => from.card);
  const passing = passingRows(picture.wires, columnOf);
  // Both by the numbers of cards.
  const placed: (PlacedCard | undefined)[] = Array.from(picture.cards, () => undefined);
  const inOrder: PlacedCard[] = [];

  // From where traffic comes to where it goes, chain by chain: a card waits until the one before it has its place.
  const place = (card: Card): void => {
    const path: Card[] = [];
    for (
      let one: Card | undefined = card;
      one && !placed[one.number];
      one = incoming[one.number]?.from.card
    ) {
      if (path.includes(one)) break;
      path.push(one);
    }
    for (const one of path.reverse()) put(one);
  };
  const put = (card: Card): void => {
    const column = columnOf(card);
    const wire = incoming[card.number];
    const before = wire && placed[wire.from.card.number];
    const level = before
      ? socketY(before, wire.from.row) - offsetOf(wire.to.row)
      : levelOfTarget(outgoing[card.number]);
    const passed = passing.get(card) ?? NONE;
    let y = Math.max(next[column]!, level);
    for (const [row, at] of passed) y = Math.max(y, next[at]! + SIZE.row / 2 - offsetOf(row));
    const notes = notesOf(card);
    const marks = markLines(card.marks, SIZE.card - 2 * SIZE.pad);
    const lines = notes.reduce((sum, { lines }) => sum + lines.length, 0);
    const known = knownLines(card);
    const below = known.length * SIZE.note + marks.length * SIZE.mark + SIZE.foot;
    const height = SIZE.head + card.rows.length * SIZE.row + below;
    const isLong = textWidth(card.title, SIZE.title, 'bold') > SIZE.card - 2 * SIZE.pad;
    const title = cutTo(card.title, SIZE.card - 2 * SIZE.pad, isLong ? SIZE.longTitle : SIZE.title, 'bold');
    const subtitle = cutTo(card.subtitle, SIZE.card - 2 * SIZE.pad, 11.5);
    const put = { card, x: xOf(column), y, height, title, isLong, subtitle, notes, marks, known };
    placed[card.number] = put;
    inOrder.push(put);
    next[column] = y + height + lines * SIZE.note + (lines > 0 ? 6 : 0) + SIZE.between;
    for (const [row, at] of passed) next[at] = Math.max(next[at]!, y + offsetOf(row) + SIZE.between);
  };
  /** Where a card stands level with the one that it leads to, which may have to stand below others. */
  const levelOfTarget = (wire: Wire | undefined): number => {
    if (!wire) return 0;
    const { card, row } = wire.to;
    const target = placed[card.number];
    const y = target ? target.y : next[columnOf(card)]!;
    return y + offsetOf(row) - offsetOf(wire.from.row);
  };
  for (const block of blocksOf(picture)) {
    next.fill(largest(next));
    for (const card of block) place(card);
  }

  const bottom = largest(next, SIZE.top + 120);
  return {
    width: 2 * SIZE.margin + columns * SIZE.card + (columns - 1) * SIZE.gap,
    height: bottom + SIZE.margin,
    lanes: LANES.map((lane, at) => {
      const first = at === 0 ? 0 : at === 1 ? 1 : at + routeColumns - 1;
      const count = at === 1 ? routeColumns : 1;
      const width = count * SIZE.card + (count - 1) * SIZE.gap + 2 * (SIZE.pad - 4);
      return { lane, x: xOf(first) - SIZE.pad + 4, width };
    }),
    cards: inOrder,
    wires: picture.wires.map((wire) => {
      const from = placed[wire.from.card.number]!;
      const to = placed[wire.to.card.number]!;
      return {
        wire,
        x1: from.x + SIZE.card,
        y1: socketY(from, wire.from.row),
        x2: to.x,
        y2: socketY(to, wire.to.row),
      };
    }),
  };
}

/** Over lists that are too long to be spread into arguments. */
function maxOf<T>(items: readonly T[], measure: (item: T) => number): number {
  let most = 0;
  for (const item of items) most = Math.max(most, measure(item));
  return most;
}

/** The rows of a card whose wires pass columns on their way, each with a column that is passed. */
function passingRows(
  wires: readonly Wire[],
  columnOf: (card: Card) => number,
): ReadonlyMap<Card, readonly (readonly [Row, number])[]> {
  const passing = new Map<Card, (readonly [Row, number])[]>();
  for (const { from, to } of wires) {
    const [first, end] = [columnOf(from.card) + 1, columnOf(to.card)];
    if (first >= end) continue;
    const there = passing.get(from.card) ?? [];
    for (let at = first; at < end; at++) there.push([from.row, at]);
    passing.set(from.card, there);
  }
  return passing;
}

/** The first wire at that end of each card, by the card's number. */
function firstWires({ cards, wires }: Picture, end: (wire: Wire) => Card): readonly (Wire | undefined)[] {
  const first: (Wire | undefined)[] = Array.from(cards, () => undefined);
  for (const wire of wires) first[end(wire).number] ??= wire;
  return first;
}

const NONE: readonly never[] = [];

const offsetOf = (row: Row): number => SIZE.head + row.at * SIZE.row + SIZE.row / 2;

const socketY = ({ y }: PlacedCard, row: Row): number => y + offsetOf(row);

const MOST_NOTES = 4;
const MOST_LINES = 6;

/** Of a card where many links meet, the first few; how many more there are stands below. */
function notesOf({ notes }: Card): readonly PlacedNote[] {
  if (notes.length === 0) return NONE;
  const shown = notes.slice(0, MOST_NOTES).map((note) => ({ note, lines: noteLines(note) }));
  const [next] = notes.slice(MOST_NOTES);
  if (next) shown.push({ note: next, lines: [`and ${notes.length - MOST_NOTES} more`] });
  return shown;
}

function noteLines({ text }: Note): string[] {
  // What keeps code together while it is wrapped is not drawn.
  const lines = wrapText(text, SIZE.card, 11.5).map((line) => line.replaceAll('`', ''));
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]} …`];
}

const MOST_KNOWN = 4;

/** Told once where all ports are known in one way; of several, with the port. What is told below is not repeated. */
function knownLines({ known: all, notes }: Card): readonly string[] {
  const known = all.filter(({ link }) => !notes.some((note) => note.link === link));
  if (known.length === 0) return NONE;
  const isOne = new Set(known.map(({ says }) => says)).size === 1;
  const told = isOne
    ? [known[0]!.says]
    : known.slice(0, MOST_KNOWN).map(({ number, says }) => `${number}: ${says}`);
  const lines = told.flatMap((says) => wrapText(says, SIZE.card - 2 * SIZE.pad, 11.5).slice(0, 3));
  return isOne || known.length <= MOST_KNOWN ? lines : [...lines, `and ${known.length - MOST_KNOWN} more`];
}
