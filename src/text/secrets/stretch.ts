/** A part of a text that may not be shown; half open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Each character that can be seen becomes a dot, so that every offset stays what it was. */
const dots = (text: string): string => text.replace(/\S/g, '•');

/** The text with dots for all stretches, in whatever order and however they overlap, but for what is `kept`. */
export function dotted(text: string, stretches: readonly Stretch[], kept: readonly Stretch[] = []): string {
  if (stretches.length === 0) return text;
  const shown: string[] = [];
  let done = 0;
  for (const { start, end } of without(united(stretches), united(kept))) {
    shown.push(text.slice(done, start), dots(text.slice(start, end)));
    done = end;
  }
  shown.push(text.slice(done));
  return shown.join('');
}

function united(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const one of stretches.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (!last || one.start > last.end) all.push(one);
    else if (one.end > last.end) all[all.length - 1] = { start: last.start, end: one.end };
  }
  return all;
}

/** Both in order, and neither overlapping itself. */
function without(stretches: readonly Stretch[], kept: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let next = 0;
  for (const { start, end } of stretches) {
    let from = start;
    while (next < kept.length && kept[next]!.end <= start) next++;
    for (let at = next; at < kept.length && kept[at]!.start < end; at++) {
      if (kept[at]!.start > from) left.push({ start: from, end: kept[at]!.start });
      from = Math.max(from, kept[at]!.end);
    }
    if (from < end) left.push({ start: from, end });
  }
  return left;
}
