import { largest } from '../../text/largest.ts';
import { blocksOf } from './blocks.ts';
import { type Card, LANES, type Lane, type Picture, type Row, type Wire } from './card.ts';
import { columnsOf } from './columns.ts';
import { headOf, type Lengths, WIDE, type Written, writtenOn } from './written.ts';

/** A card with its place, and its words cut to its width. */
export interface PlacedCard extends Written {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly height: number;
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
  readonly size: Lengths;
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
export function placeCards(picture: Picture, size: Lengths = WIDE): Scene {
  const { of: columnOf, routes } = columnsOf(picture);
  const columns = LANES.length + routes - 1;
  const xOf = (column: number): number => size.margin + column * (size.card + size.gap);
  const next: number[] = Array.from({ length: columns }, () => size.top + size.pad);
  const incoming = firstWires(picture, ({ to }) => to.card);
  const outgoing = firstWires(picture, ({ from }) => from.card);
  const passing = passingRows(picture.wires, columnOf);
  // Both by the numbers of cards.
  const placed: (PlacedCard | undefined)[] = Array.from(picture.cards, () => undefined);
  const written = picture.cards.map((card) => writtenOn(card, size));
  const inOrder: PlacedCard[] = [];

  const offsetOf = (card: Card, row: Row): number =>
    headOf(written[card.number]!, size) + row.at * size.row + size.row / 2;
  const socketY = ({ card, y }: PlacedCard, row: Row): number => y + offsetOf(card, row);

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
    const column = columnOf[card.number]!;
    const wire = incoming[card.number];
    const before = wire && placed[wire.from.card.number];
    const level = before
      ? socketY(before, wire.from.row) - offsetOf(card, wire.to.row)
      : levelOfTarget(outgoing[card.number]);
    const passed = passing.get(card) ?? NONE;
    let y = Math.max(next[column]!, level);
    for (const [row, at] of passed) y = Math.max(y, next[at]! + size.row / 2 - offsetOf(card, row));
    const words = written[card.number]!;
    const lines = words.notes.reduce((sum, { lines }) => sum + lines.length, 0);
    const below = words.known.length * size.note + words.marks.length * size.mark + size.foot;
    const height = headOf(words, size) + card.rows.length * size.row + below;
    const { titles, isLong, subtitle, notes, marks, known, unsaid } = words;
    const put = { titles, isLong, subtitle, notes, marks, known, unsaid, card, x: xOf(column), y, height };
    placed[card.number] = put;
    inOrder.push(put);
    next[column] = y + height + lines * size.note + (lines > 0 ? 6 : 0) + size.between;
    for (const [row, at] of passed) next[at] = Math.max(next[at]!, y + offsetOf(card, row) + size.between);
  };
  /** Where a card stands level with the one that it leads to, which may have to stand below others. */
  const levelOfTarget = (wire: Wire | undefined): number => {
    if (!wire) return 0;
    const { card, row } = wire.to;
    const target = placed[card.number];
    const y = target ? target.y : next[columnOf[card.number]!]!;
    return y + offsetOf(card, row) - offsetOf(wire.from.card, wire.from.row);
  };
  for (const block of blocksOf(picture)) {
    next.fill(largest(next));
    for (const card of block) place(card);
  }

  const bottom = largest(next, size.top + 120);
  return {
    size,
    width: 2 * size.margin + columns * size.card + (columns - 1) * size.gap,
    height: bottom + size.margin,
    lanes: LANES.map((lane, at) => {
      const first = at === 0 ? 0 : at === 1 ? 1 : at + routes - 1;
      const count = at === 1 ? routes : 1;
      const width = count * size.card + (count - 1) * size.gap + 2 * (size.pad - 4);
      return { lane, x: xOf(first) - size.pad + 4, width };
    }),
    cards: inOrder,
    wires: picture.wires.map((wire) => {
      const from = placed[wire.from.card.number]!;
      const to = placed[wire.to.card.number]!;
      return {
        wire,
        x1: from.x + size.card,
        y1: socketY(from, wire.from.row),
        x2: to.x,
        y2: socketY(to, wire.to.row),
      };
    }),
  };
}

/** The rows of a card whose wires pass columns on their way, each with a column that is passed. */
function passingRows(
  wires: readonly Wire[],
  columnOf: readonly number[],
): ReadonlyMap<Card, readonly (readonly [Row, number])[]> {
  const passing = new Map<Card, (readonly [Row, number])[]>();
  for (const { from, to } of wires) {
    const [first, end] = [columnOf[from.card.number]! + 1, columnOf[to.card.number]!];
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
