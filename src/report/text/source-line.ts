import { largest, smallest } from '../../text/largest.ts';
import { sanitize } from '../sanitize.ts';
import { columnsOf, graphemesOf, widthOf } from './width.ts';

const TAB = 4;

interface Cell {
  readonly text: string;
  readonly column: number;
  readonly width: number;
}

/** A source line as the terminal shows it: tabs widened, dangerous characters visible, and where each column went. */
export interface ShownLine {
  readonly cells: readonly Cell[];
  /** Display column (from 0) of each UTF-16 offset of the source line; one more for its end. */
  readonly columns: readonly number[];
  readonly width: number;
}

function showLine(line: string): ShownLine {
  const cells: Cell[] = [];
  const columns: number[] = [];
  let column = 0;
  for (const grapheme of graphemesOf(line)) {
    for (let unit = 0; unit < grapheme.length; unit++) columns.push(column);
    const text = shownAs(grapheme, column);
    const width = text === grapheme ? columnsOf(text) : widthOf(text);
    cells.push({ text, column, width });
    column += width;
  }
  columns.push(column);
  return { cells, columns, width: column };
}

function shownAs(grapheme: string, column: number): string {
  if (grapheme === '\t') return ' '.repeat(TAB - (column % TAB));
  return grapheme >= ' ' && grapheme <= '~' ? grapheme : sanitize(grapheme);
}

/** Half-open range of UTF-16 offsets of one line. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line, or the part of a long one, in which some spans can be seen; `…` stands where the line goes on. */
export interface View<S extends Span> {
  readonly text: string;
  /** Display columns of each span within `text`; at least one wide. */
  readonly places: readonly { readonly span: S; readonly from: number; readonly to: number }[];
}

/** One view where the line or all its spans fit the room; else one for each group of spans that do. */
export function viewsOf<S extends Span>(line: string, spans: readonly S[], room: number): View<S>[] {
  if (line.length <= room) {
    const shown = showLine(line);
    // A mark at the end of the line takes one column more.
    if (shown.width < room) return [view(shown, WHOLE, 0, shown.width, spans)];
  }
  return groupsOf(spans, Math.floor(room / 2)).map((group) => windowOf(line, group, room));
}

/** Neighbours that lie within the reach; a line without spans is one group of none. */
function groupsOf<S extends Span>(spans: readonly S[], reach: number): S[][] {
  const groups: S[][] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const first = groups.at(-1)?.[0];
    if (first && Math.max(span.start, span.end) - first.start <= reach) groups.at(-1)!.push(span);
    else groups.push([span]);
  }
  return groups.length > 0 ? groups : [[]];
}

/** The part of a line that was looked at: where it starts, and whether the line goes on behind it. */
interface Part {
  readonly start: number;
  readonly goesOn: boolean;
}

const WHOLE: Part = { start: 0, goesOn: false };

/** From the start of the line if that will do, else with the spans a third from the left. */
function windowOf<S extends Span>(line: string, spans: readonly S[], room: number): View<S> {
  const start =
    spans.length > 0
      ? smallest(
          spans.map((span) => span.start),
          line.length,
        )
      : 0;
  const end = largest(
    spans.map((span) => span.end),
    start,
  );
  // A line may hold megabytes; only what can be near the window is looked at.
  const before = Math.max(0, start - room);
  const after = Math.min(end, start + room) + room;
  const shown = showLine(line.slice(before, after));
  const inner = room - 2;
  const from = columnAt(shown, start - before);
  const marked = columnAt(shown, end - before) - from;
  const isNearStart = before === 0 && from + marked <= (inner * 2) / 3;
  const wanted = isNearStart ? 0 : from - Math.max(0, Math.floor((inner - marked) / 3));
  const first = Math.max(0, Math.min(wanted, shown.width - inner));
  return view(shown, { start: before, goesOn: after < line.length }, first, first + inner, spans);
}

function view<S extends Span>(
  shown: ShownLine,
  part: Part,
  from: number,
  to: number,
  spans: readonly S[],
): View<S> {
  const kept = shown.cells.filter(({ column, width }) => column >= from && column + width <= to);
  const isCutLeft = part.start > 0 || kept[0] !== shown.cells[0];
  const isCutRight = part.goesOn || kept.at(-1) !== shown.cells.at(-1);
  const text = `${isCutLeft ? '…' : ''}${kept.map((cell) => cell.text).join('')}${isCutRight ? '…' : ''}`;
  const shift = (kept[0]?.column ?? 0) - (isCutLeft ? 1 : 0);
  const end = widthOf(text);
  // What lies outside after all is marked at the `…` that stands for it.
  const last = isCutRight ? end - 1 : end;
  const places = spans.map((span) => {
    const start = Math.max(0, Math.min(columnAt(shown, span.start - part.start) - shift, last));
    const stop = Math.min(columnAt(shown, span.end - part.start) - shift, end);
    return { span, from: start, to: Math.max(start + 1, stop) };
  });
  return { text, places };
}

const columnAt = ({ columns, width }: ShownLine, offset: number): number =>
  columns[Math.max(0, offset)] ?? width;
