import type { Location } from './source.ts';

/** What may stand between a key and its value: the colon, quotes of either, blanks, and comments with their line. */
const BETWEEN = /^["']?\s*:(?:\s|#[^\n]*\n)*["']?$/;

/** Where the key of a value stands, as its text says it; undefined where it is written in another way. */
export function keyBefore(value: Location, key: string): Location | undefined {
  const text = value.source.text.slice(Math.max(0, value.start - key.length - FARTHEST), value.start);
  const start = text.lastIndexOf(key);
  if (key === '' || start < 0 || !BETWEEN.test(text.slice(start + key.length))) return undefined;
  const from = value.start - text.length + start;
  return { source: value.source, start: from, end: from + key.length };
}

const FARTHEST = 200;
