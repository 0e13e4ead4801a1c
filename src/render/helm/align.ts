import type { TemplateLine } from './template-lines.ts';

/** Beyond this many pairs of lines nobody waits for it. */
const MOST_PAIRS = 4_000_000;

const SKIP = 0.5;
const REPEAT = 3;
const BACK = 4;

/**
 * Which line of a template printed which line of what was rendered: the likeliest way through the template, from top to
 * bottom, over what conditions left out, and back where a loop went round (Viterbi's algorithm).
 *
 * @returns an index into `template` for each line of `rendered`; -1 where none is likely
 */
export function align(rendered: readonly string[], template: readonly TemplateLine[]): Int32Array {
  const lines = template.flatMap((line, index) => (line.becomes === 'nothing' ? [] : [{ line, index }]));
  const answer = new Int32Array(rendered.length).fill(-1);
  if (lines.length === 0 || lines.length * rendered.length > MOST_PAIRS) return answer;
  const came: Int32Array[] = [];
  let scores = new Float64Array(lines.length);
  for (const [row, text] of rendered.entries()) {
    const from = new Int32Array(lines.length);
    const next = new Float64Array(lines.length);
    const anywhere = best(scores);
    let before = -1;
    for (let at = 0; at < lines.length; at++) {
      const { line } = lines[at]!;
      // Of those before the last one, the best.
      if (at >= 2 && (before < 0 || scores[at - 2]! > scores[before]!)) before = at - 2;
      const ways: [number, number][] = [[anywhere, scores[anywhere]! - BACK]];
      if (before >= 0) ways.push([before, scores[before]! - SKIP]);
      if (at > 0) ways.push([at - 1, scores[at - 1]!]);
      ways.push([at, scores[at]! - (line.becomes === 'any' ? 0 : REPEAT)]);
      const way =
        row === 0 ? ([at, at === 0 ? 0 : -SKIP] as const) : ways.reduce((a, b) => (b[1] > a[1] ? b : a));
      from[at] = way[0];
      next[at] = way[1] + likeness(text, line);
    }
    came.push(from);
    scores = next;
  }
  let at = best(scores);
  for (let row = rendered.length - 1; row >= 0; row--) {
    if (likeness(rendered[row]!, lines[at]!.line) > 0) answer[row] = lines[at]!.index;
    at = came[row]![at]!;
  }
  return answer;
}

function best(scores: Float64Array): number {
  let found = 0;
  for (let at = 1; at < scores.length; at++) if (scores[at]! > scores[found]!) found = at;
  return found;
}

/** How well a line may have become this text; below zero where it cannot have. */
function likeness(text: string, { literals, becomes }: TemplateLine): number {
  const trimmed = text.trim();
  if (becomes === 'any') return trimmed === '' ? 0.1 : 1;
  if (becomes === 'itself') return trimmed === literals.join('').trim() ? 10 : UNLIKE;
  return fits(trimmed, literals);
}

const UNLIKE = -20;

/** The texts between actions, in order, the first at the start and the last at the end. */
function fits(text: string, literals: readonly string[]): number {
  const first = literals[0]!.trimStart();
  const last = literals.at(-1)!.trimEnd();
  if (!text.startsWith(first.trimEnd()) || !text.endsWith(last.trimStart())) return UNLIKE;
  let at = first.trimEnd().length;
  let known = at + last.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, at);
    if (found < 0) return UNLIKE;
    at = found + literal.length;
    known += literal.length;
  }
  return known === 0 ? 1 : 4 + Math.min(4, known / 4);
}
