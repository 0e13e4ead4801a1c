import type { ReportFix } from '../report/report.ts';
import { applyEdits, type TextEdit } from '../text/edits.ts';
import { LineStarts } from '../text/source.ts';

type Edit = ReportFix['edits'][number];

/** The edits of some fixes by the file that they are in, each once: the sets of an input share files. */
export function editsByPath(fixes: readonly ReportFix[]): Map<string, Edit[]> {
  const byPath = new Map<string, Map<string, Edit>>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const { path, start, end, text } = edit;
    const own = byPath.get(path) ?? new Map<string, Edit>();
    own.set([start.line, start.column, end.line, end.column, text].join('\0'), edit);
    byPath.set(path, own);
  }
  return new Map([...byPath].map(([path, edits]) => [path, [...edits.values()]]));
}

/**
 * Puts edits into a text; every other character stays.
 *
 * @returns undefined where an edit does not fit the text
 */
export function splice(text: string, edits: readonly Edit[]): string | undefined {
  const lines = new LineStarts(text);
  const offset = ({ line, column }: Edit['start']): number => lines.startOf(line) + column - 1;
  const within = edits.map(
    ({ start, end, text }): TextEdit => ({ start: offset(start), end: offset(end), text }),
  );
  try {
    return applyEdits(text, within);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
