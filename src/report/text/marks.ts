import { largest } from '../../text/largest.ts';
import { widthOf, wrap } from './width.ts';

/** A mark under one shown line, in display columns. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly primary: boolean;
}

/** Text at a column of the line below a source line. */
export interface Segment {
  readonly column: number;
  readonly text: string;
  readonly primary: boolean;
}

/**
 * The lines below a source line: underlines, the last one with its message beside it where there is room; the other
 * messages below, the rightmost first, each hanging from its mark. Marks that overlap get lines of their own.
 */
export function layOut(marks: readonly Mark[], room: number): Segment[][] {
  const rows: Mark[][] = [];
  // The primary one stands nearest to the text; the others from left to right.
  const ordered = [...marks].sort(
    (a, b) => Number(b.primary) - Number(a.primary) || a.from - b.from || a.to - b.to,
  );
  for (const mark of ordered) {
    const row = rows.find((others) =>
      others.every((other) => mark.to <= other.from || other.to <= mark.from),
    );
    if (row) row.push(mark);
    else rows.push([mark]);
  }
  return rows.flatMap((row) =>
    layOutRow(
      row.sort((a, b) => a.from - b.from),
      room,
    ),
  );
}

function layOutRow(marks: readonly Mark[], room: number): Segment[][] {
  const underlines = marks.map(({ from, to, primary }) => ({
    column: from,
    text: (primary ? '^' : '─').repeat(to - from),
    primary,
  }));
  const last = marks.at(-1)!;
  const isBeside = last.to + 1 + widthOf(last.message) <= room;
  const beside = isBeside ? [{ column: last.to + 1, text: last.message, primary: last.primary }] : [];
  const below = (isBeside ? marks.slice(0, -1) : marks).filter(({ message }) => message !== '');
  return [
    [...underlines, ...beside],
    ...below
      .map((mark, index) => hang(mark, below.slice(0, index), room))
      .toReversed()
      .flat(),
  ];
}

/** Narrower than this, a hanging message would be a column of words. */
const NARROW = 24;

/** A message below its mark; bars lead down to the marks on the left, whose messages come later. */
function hang({ from, message, primary }: Mark, left: readonly Mark[], room: number): Segment[][] {
  const free = room - from - 2;
  if (left.length === 0 && free < Math.min(NARROW, widthOf(message))) {
    const lines = wrap(message, room);
    const column = Math.max(0, room - largest(lines.map(widthOf)));
    return lines.map((text) => [{ column, text, primary }]);
  }
  const bars = left.map((mark) => ({ column: mark.from, text: '│', primary: mark.primary }));
  return wrap(message, Math.max(NARROW, free)).map((line, index) => [
    ...bars,
    { column: from, text: `${index === 0 ? '╰' : ' '} ${line}`, primary },
  ]);
}
