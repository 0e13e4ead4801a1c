import { Located } from '../../text/source.ts';

/**
 * The place of a part of a value. A scalar that takes as many characters as it means, or two more for its quotes,
 * is written as it is read; of any other the whole is the place.
 */
export function placeWithin(text: Located<string>, start: number, end: number): Located<string> {
  const quotes = text.end - text.start - text.value.length;
  if ((quotes !== 0 && quotes !== 2) || text.value.includes('\n')) return text;
  const from = text.start + quotes / 2;
  return new Located(text.value.slice(start, end), text.source, from + start, from + end);
}
