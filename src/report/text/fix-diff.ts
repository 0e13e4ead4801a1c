import { applyEdits, type TextEdit } from '../../text/edits.ts';
import { largest, smallest } from '../../text/largest.ts';
import type { ShownSource } from '../../text/secrets/shown-source.ts';
import type { ReportFix } from '../report.ts';
import type { Context } from './context.ts';
import { viewsOf } from './source-line.ts';

type Edit = ReportFix['edits'][number];

/** Neighbouring lines that a fix changes. */
export interface Hunk {
  readonly path: string;
  /** 1-based, of the first line. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The lines that a fix changes; nothing of a source that is not there or has changed since. */
export function hunksOf({ edits }: ReportFix, sourceOf: Context['sourceOf'], room: number): Hunk[] {
  return [...new Set(edits.map(({ path }) => path))].flatMap((path) => {
    const source = sourceOf(path);
    const own = edits.filter((edit) => edit.path === path);
    if (!source || !own.every((edit) => fits(edit, source))) return [];
    return byLines(own).flatMap((group) => hunkOf(path, group, source, room) ?? []);
  });
}

function fits({ start, end }: Edit, lines: ShownSource): boolean {
  const exists = ({ line, column }: Edit['start']): boolean =>
    line >= 1 && line <= lines.lineCount && column >= 1 && column <= lines.lineText(line).length + 1;
  const isForward = start.line < end.line || (start.line === end.line && start.column <= end.column);
  return exists(start) && exists(end) && isForward;
}

/** Edits that touch the same lines make one change. */
function byLines(edits: readonly Edit[]): Edit[][] {
  const groups: Edit[][] = [];
  for (const edit of [...edits].sort((a, b) => a.start.line - b.start.line)) {
    const group = groups.at(-1);
    if (group?.some(({ end }) => edit.start.line <= end.line)) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function hunkOf(path: string, edits: readonly Edit[], lines: ShownSource, room: number): Hunk | undefined {
  const first = edits[0]!.start.line;
  const whole = {
    from: lines.startOf(first),
    to: lines.startOf(largest(edits.map(({ end }) => end.line)) + 1),
  };
  const { from, to } = near(edits, whole, lines);
  const within = edits.map((edit) => ({
    start: lines.startOf(edit.start.line) + edit.start.column - 1 - from,
    end: lines.startOf(edit.end.line) + edit.end.column - 1 - from,
    text: edit.text,
  }));
  if (overlap(within)) return undefined;
  const before = linesOf(lines.slice(from, to));
  const after = linesOf(applyEdits(lines.slice(from, to), within));
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  if (removed.length + added.length === 0) return undefined;
  return { path, line: first + head, ...shown(removed, added, room) };
}

/** All of the lines, and of lines that hold megabytes what is around the edits. */
function near(
  edits: readonly Edit[],
  whole: { readonly from: number; readonly to: number },
  lines: ShownSource,
): typeof whole {
  if (whole.to - whole.from < 4 * AROUND) return whole;
  const offset = ({ line, column }: Edit['start']): number => lines.startOf(line) + column - 1;
  return {
    from: Math.max(whole.from, smallest(edits.map(({ start }) => offset(start))) - AROUND),
    to: Math.min(whole.to, largest(edits.map(({ end }) => offset(end))) + AROUND),
  };
}

/** Wider than any terminal. */
const AROUND = 1000;

function overlap(edits: readonly TextEdit[]): boolean {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  return ordered.some(({ start }, index) => index > 0 && start < ordered[index - 1]!.end);
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Without the indentation that all lines share; long lines around what changes in them. */
function shown(
  removed: readonly string[],
  added: readonly string[],
  room: number,
): { readonly removed: string[]; readonly added: string[] } {
  const full = [...removed, ...added].filter((line) => line.trim() !== '');
  const indent = smallest(
    full.map((line) => line.length - line.trimStart().length),
    MOST_INDENT,
  );
  const show = (line: string, index: number, others: readonly string[]): string => {
    const own = line.slice(indent);
    const start = commonStart(own, (others[index] ?? '').slice(indent));
    return viewsOf(own, [{ start, end: start }], room)[0]!.text.trimEnd();
  };
  return {
    removed: removed.map((line, index) => show(line, index, added)),
    added: added.map((line, index) => show(line, index, removed)),
  };
}

const MOST_INDENT = 1000;

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
