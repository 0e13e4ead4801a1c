import type { Report } from './report.ts';
import { sanitizeJson } from './sanitize.ts';

/** The report as JSON, the shape that other programs rely on (`schema/report.schema.json`). */
export const renderJson = (report: Report): string => [...jsonPieces(report)].join('');

/** The same text piece by piece, as the report of a large input need not be one string. */
export function* jsonPieces(report: Report): Generator<string> {
  let before = '{\n';
  for (const [key, value] of Object.entries(report)) {
    yield `${before}  ${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* listPieces(value);
    else yield indented(value, '  ');
    before = ',\n';
  }
  yield '\n}\n';
}

function* listPieces(items: readonly unknown[]): Generator<string> {
  let before = '[\n    ';
  for (const item of items) {
    yield before + indented(item, '    ');
    before = ',\n    ';
  }
  yield '\n  ]';
}

/** No line break of a string is among those of the layout: they are escaped. */
const indented = (value: unknown, indent: string): string =>
  sanitizeJson(JSON.stringify(value, undefined, 2)).replaceAll('\n', `\n${indent}`);
