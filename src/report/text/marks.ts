import { widthOf } from './width.ts';

/** A mark under one shown line, in display columns. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly primary: boolean;
}

export interface MarkLine {
  readonly text: string;
  readonly primary: boolean;
}

/**
 * The lines below a source line: underlines, each with its message beside it where there is room, else below, the
 * rightmost first. Marks that overlap get lines of their own.
 */
export function markLines(marks: readonly Mark[]): MarkLine[] {
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
  return rows.flatMap(linesOfRow);
}

function linesOfRow(row: readonly Mark[]): MarkLine[] {
  const marks = [...row].sort((a, b) => a.from - b.from);
  const last = marks.at(-1)!;
  let underline = '';
  for (const { from, to, primary } of marks) {
    underline = underline.padEnd(from) + (primary ? '^' : '─').repeat(Math.max(1, to - from));
  }
  const primary = marks.some((mark) => mark.primary);
  const lines: MarkLine[] = [{ text: `${underline} ${last.message}`.trimEnd(), primary }];
  for (const mark of marks.slice(0, -1).reverse()) {
    if (mark.message !== '')
      lines.push({ text: `${' '.repeat(mark.from)}╰ ${mark.message}`, primary: mark.primary });
  }
  return lines;
}

export const widestOf = (lines: readonly MarkLine[]): number =>
  Math.max(0, ...lines.map(({ text }) => widthOf(text)));
