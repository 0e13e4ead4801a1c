import { structuredPatch } from 'diff';
import { ShownSource } from '../text/secrets/shown-source.ts';
import type { MendedFile } from './mend.ts';

const CONTEXT = 3;

/**
 * The change of a file as `git apply` and `patch` take it, line by line. Secrets in the lines around are dots, as
 * everywhere; a patch that shows some does not apply.
 */
export function unifiedDiff({ path, before, after }: MendedFile): string[] {
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, { context: CONTEXT });
  const [old, now] = [shownLines(before), shownLines(after)];
  return [
    `--- a/${path}`,
    `+++ b/${path}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => {
      let [o, n] = [oldStart - 1, newStart - 1];
      const shown = lines.map((line) => {
        if (line.startsWith('\\')) return line;
        const mark = line[0]!;
        const text = mark === '+' ? now[n] : old[o];
        if (mark !== '+') o++;
        if (mark !== '-') n++;
        return `${mark}${text ?? ''}`;
      });
      return [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...shown];
    }),
  ];
}

const shownLines = (text: string): string[] => new ShownSource(text).slice(0, text.length).split('\n');
