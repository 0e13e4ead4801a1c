import type { Report } from './report.ts';
import { sanitizeJson } from './sanitize.ts';

/** The report as JSON, the shape that other programs rely on (`schema/report.schema.json`). */
export const renderJson = (report: Report): string => [...jsonPieces(report)].join('');

/**
 * The same text piece by piece, as the report of a large input need not be one string.
 *
 * @param indent of each level; without one there are no line breaks but between items
 */
export function* jsonPieces(report: Report, indent: '  ' | '' = '  '): Generator<string> {
  let before = '{\n';
  for (const [key, value] of Object.entries(report)) {
    yield `${before}${indent}${JSON.stringify(key)}: `;
    if (Array.isArray(value) && value.length > 0) yield* listPieces(value, indent);
    else yield indented(value, indent, indent);
    before = ',\n';
  }
  yield '\n}\n';
}

/** Written at once: enough that each costs little more than its text, and few enough to be forgotten soon. */
const BATCH = 16;

function* listPieces(items: readonly unknown[], indent: string): Generator<string> {
  let before = `[\n${indent}${indent}`;
  if (indent !== '') {
    // As items of a list in a list they come out at the depth that they have.
    const around = `[\n${indent}[\n${indent}${indent}`.length;
    for (let at = 0; at < items.length; at += BATCH) {
      const text = JSON.stringify([items.slice(at, at + BATCH)], undefined, indent);
      yield before + sanitizeJson(text.slice(around, -`\n${indent}]\n]`.length));
      before = `,\n${indent}${indent}`;
    }
    yield `\n${indent}]`;
    return;
  }
  for (const item of items) {
    yield before + indented(item, indent, indent + indent);
    before = `,\n${indent}${indent}`;
  }
  yield `\n${indent}]`;
}

/** No line break of a string is among those of the layout: they are escaped. */
const indented = (value: unknown, indent: string, before: string): string =>
  sanitizeJson(JSON.stringify(value, undefined, indent)).replaceAll('\n', `\n${before}`);
