import { applyEdits } from '../../text/edits.ts';
import { LineIndex } from '../../text/source.ts';
import type { ReportFix } from '../report.ts';
import { showLine } from './source-line.ts';

/** The lines that a fix changes, before and after; nothing where the text is not there or has changed since. */
export function fixDiff({ edits }: ReportFix, textOf: (path: string) => string | undefined): string[] {
  return [...new Set(edits.map(({ path }) => path))].flatMap((path) => {
    const text = textOf(path);
    if (text === undefined) return [];
    const index = new LineIndex(text);
    const own = edits.filter((edit) => edit.path === path);
    if (own.some(({ end }) => end.line > index.lineCount)) return [];
    const ranges = own.map(({ start, end, text: replacement }) => ({
      start: index.startOf(start.line) + start.column - 1,
      end: index.startOf(end.line) + end.column - 1,
      text: replacement,
    }));
    return mergeLines(own).flatMap(([first, last]) => {
      const from = index.startOf(first);
      const to = index.startOf(last + 1);
      const inside = ranges.filter(({ start, end }) => start >= from && end <= to);
      const before = text.slice(from, to);
      const after = applyEdits(
        before,
        inside.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from })),
      );
      return [...shown(before).map((line) => `- ${line}`), ...shown(after).map((line) => `+ ${line}`)];
    });
  });
}

/** Ranges of whole lines, so that two edits of one line make one change. */
function mergeLines(edits: ReportFix['edits']): [number, number][] {
  const merged: [number, number][] = [];
  for (const { start, end } of [...edits].sort((a, b) => a.start.line - b.start.line)) {
    const last = merged.at(-1);
    if (last && start.line <= last[1]) last[1] = Math.max(last[1], end.line);
    else merged.push([start.line, end.line]);
  }
  return merged;
}

/** Without the indentation that all lines share. */
function shown(text: string): string[] {
  const lines = text.replace(/(\r\n|\n|\r)$/, '').split(/\r\n|\n|\r/);
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length),
    1_000,
  );
  return lines.map((line) => showLine(line.slice(indent)).text.trimEnd());
}
