import { groupBy } from '../../text/group-by.ts';
import { ShownSource } from '../../text/secrets/shown-source.ts';
import type { Report, ReportLocation } from '../report.ts';

/** A line, or what is shown of a long one: its number, its text, and how many UTF-16 units of it stand before that. */
export type Line = readonly [line: number, text: string, skipped?: number];

/** By path, in the order of the lines. */
export type Excerpts = Readonly<Record<string, readonly Line[]>>;

const AROUND = 2;
/** Longer lines are cut around the places in them. */
const LONG = 400;

/** Every line that a place of the report is on, and those around it. A source that cannot be had has none. */
export function excerptsOf(report: Report, textOf: (path: string) => string | undefined): Excerpts {
  const byPath = groupBy(placesOf(report), ({ path }) => path);
  return Object.fromEntries(
    [...byPath].flatMap(([path, locations]) => {
      const text = textOf(path);
      return text === undefined ? [] : [[path, linesAround(locations, new ShownSource(text))]];
    }),
  );
}

/** Where a person wrote it, as far as that is known. */
export const placeOf = (end: {
  readonly location: ReportLocation | null;
  readonly origin?: ReportLocation;
}): ReportLocation | null => end.origin ?? end.location;

function* placesOf({ links, findings, errors }: Report): Generator<ReportLocation> {
  for (const { from, to, nearest, forwards = [], grounds } of links) {
    for (const end of [from, to, nearest, ...forwards]) {
      if (!end) continue;
      const place = placeOf(end);
      if (place) yield place;
    }
    for (const { location } of grounds) if (location) yield location;
  }
  for (const { labels } of findings) {
    for (const label of labels) yield placeOf(label) ?? label.location;
  }
  for (const { path, line, column } of errors) {
    if (path !== '') yield { path, line, column, endLine: line, endColumn: column + 1 };
  }
}

function linesAround(locations: readonly ReportLocation[], source: ShownSource): Line[] {
  const wanted = new Map<number, number[]>();
  for (const { line, column } of locations) {
    for (let at = Math.max(1, line - AROUND); at <= Math.min(source.lineCount, line + AROUND); at++) {
      const columns = wanted.get(at) ?? [];
      if (at === line) columns.push(column);
      wanted.set(at, columns);
    }
  }
  return [...wanted]
    .sort(([a], [b]) => a - b)
    .flatMap(([line, columns]) => piecesOf(line, source.lineText(line), columns));
}

/** One piece of a line that is short; of a long one its beginning, or a stretch around each place. */
function piecesOf(line: number, text: string, columns: readonly number[]): Line[] {
  if (text.length <= LONG) return [[line, text]];
  const pieces: Line[] = [];
  let end = 0;
  for (const column of [...new Set(columns.length > 0 ? columns : [1])].sort((a, b) => a - b)) {
    if (column <= end) continue;
    const start = Math.max(end, column - 1 - LONG / 4);
    end = Math.min(text.length, start + LONG);
    pieces.push([line, text.slice(start, end), start]);
  }
  return pieces;
}
