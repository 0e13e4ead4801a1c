import type { Report } from './report.ts';
import { sanitizeJson } from './sanitize.ts';
import type { StreamedReport } from './streamed-report.ts';

/** The report as JSON, the shape that other programs rely on (`schema/report.schema.json`). */
export const renderJson = (report: Report): string => [...jsonPieces(report)].join('');

/**
 * The same text piece by piece, as the report of a large input need not be one string.
 *
 * @param indent of each level; without one there are no line breaks but between items
 * @param compact how an item is written where there is no indent
 */
export function* jsonPieces(
  report: StreamedReport,
  indent: '  ' | '' = '  ',
  compact: (item: unknown) => string = JSON.stringify,
): Generator<string> {
  let before = '{\n';
  // One after the other, as the errors are known last.
  for (const key of Object.keys(report)) {
    const value: unknown = report[key as keyof StreamedReport];
    yield `${before}${indent}${JSON.stringify(key)}: `;
    if (isList(value)) yield* listPieces(value, indent, 1, compact);
    else yield indented(value, indent, indent);
    before = ',\n';
  }
  yield '\n}\n';
}

const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Written at once: enough that each costs little more than its text, and few enough to be forgotten soon. */
const BATCH = 16;

/** The text of a list, at the depth that it has in what surrounds it; its items are made when their turn comes. */
export function* listPieces(
  items: Iterable<unknown>,
  indent: string,
  depth: number,
  compact: (item: unknown) => string = JSON.stringify,
): Generator<string> {
  const line = `\n${indent.repeat(depth + 1)}`;
  let before = '[';
  for (const batch of batchesOf(items)) {
    const text = indent === '' ? batch.map((one) => compact(one)).join(',\n') : atDepth(batch, indent, depth);
    yield before + line + sanitizeJson(text);
    before = ',';
  }
  yield before === '[' ? '[]' : `\n${indent.repeat(depth)}]`;
}

function* batchesOf<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** As items of a list in lists they come out at the depth that they have; the brackets around them are cut off. */
function atDepth(batch: readonly unknown[], indent: string, depth: number): string {
  let [nested, opened, closed]: [unknown, number, number] = [batch, 0, 0];
  for (let level = 0; level <= depth; level++) {
    if (level > 0) nested = [nested];
    opened += '[\n'.length + indent.length * (level + 1);
    closed += '\n]'.length + indent.length * level;
  }
  return JSON.stringify(nested, undefined, indent).slice(opened, -closed);
}

/** No line break of a string is among those of the layout: they are escaped. */
const indented = (value: unknown, indent: string, before: string): string =>
  sanitizeJson(JSON.stringify(value, undefined, indent)).replaceAll('\n', `\n${before}`);
