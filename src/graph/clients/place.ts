import { insideScalar, type PlaceInside } from '../../text/inside-scalar.ts';
import { Located } from '../../text/source.ts';

/**
 * The place of a part of a value. A scalar on one line that takes as many characters as it means, or two more for
 * its quotes, is written as it is read, and tells without its source's text; a file in a ConfigMap is looked into.
 */
export function placeWithin(text: Located<string>, start: number, end: number): Located<string> {
  const quotes = text.end - text.start - text.value.length;
  if ((quotes === 0 || quotes === 2) && !text.value.includes('\n')) {
    const from = text.start + quotes / 2;
    return new Located(text.value.slice(start, end), text.source, from + start, from + end);
  }
  const at = insideOf(text)(start, end);
  const part = at.start === text.start && at.end === text.end ? text.value : text.value.slice(start, end);
  return new Located(part, at.source, at.start, at.end);
}

/** How a text is written is looked at once, however many addresses it holds. */
const known = new WeakMap<Located<string>, PlaceInside>();

function insideOf(text: Located<string>): PlaceInside {
  const there = known.get(text) ?? insideScalar(text);
  known.set(text, there);
  return there;
}
