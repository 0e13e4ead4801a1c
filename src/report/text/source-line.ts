import { sanitize } from '../sanitize.ts';
import { columnsOf } from './width.ts';

const TAB = 4;

/** A source line as the terminal shows it: tabs widened, dangerous characters visible, and where each column went. */
export interface ShownLine {
  readonly text: string;
  /** Display column (from 0) of each UTF-16 offset of the source line; one more for its end. */
  readonly columns: readonly number[];
}

export function showLine(line: string): ShownLine {
  let text = '';
  let column = 0;
  const columns: number[] = [];
  for (const char of line) {
    for (let unit = 0; unit < char.length; unit++) columns.push(column);
    const shown = char === '\t' ? ' '.repeat(TAB - (column % TAB)) : sanitize(char);
    text += shown;
    for (const one of shown) column += columnsOf(one);
  }
  columns.push(column);
  return { text, columns };
}

/** A part of a long line around what is marked, with `…` where it goes on. */
export interface Window {
  readonly text: string;
  /** Columns that were cut off on the left, less the `…` in their place. */
  readonly shift: number;
}

export function windowOf({ text }: ShownLine, from: number, to: number, width: number): Window {
  const chars = [...text];
  const total = chars.reduce((sum, char) => sum + columnsOf(char), 0);
  if (total <= width) return { text, shift: 0 };
  const room = Math.max(10, width - 2);
  const marked = Math.min(to - from, room);
  const left = Math.max(0, Math.min(from - Math.floor((room - marked) / 3), total - room));
  let column = 0;
  let kept = '';
  let firstKept: number | undefined;
  for (const char of chars) {
    const next = column + columnsOf(char);
    if (column >= left && next <= left + room) {
      firstKept ??= column;
      kept += char;
    }
    column = next;
  }
  const start = firstKept ?? left;
  const cutLeft = start > 0;
  return {
    text: `${cutLeft ? '…' : ''}${kept}${left + room < total ? '…' : ''}`,
    shift: start - (cutLeft ? 1 : 0),
  };
}
