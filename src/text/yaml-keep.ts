/**
 * A string cut out of a larger one shares its memory, and so keeps a whole file alive, when it has 13 characters or
 * more (V8's `SlicedString::kMinLength`). What outlives its text is copied. One string serves equal ones, as manifests
 * say the same few words over and over: each has one place that its length and some of its characters give, where the
 * last one lies that came by, so that an equal one is found without being cut out or hashed.
 */
const SHORTEST_SLICE = 13;
const LONGEST_SHARED = 80;
const PLACES = 16_384;

const shared: string[] = new Array<string>(PLACES).fill('');

/** The characters from `start` to `end`. */
export function keepSlice(text: string, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST_SHARED) return copy(text.slice(start, end));
  if (length === 0) return '';
  const place = placeOf(text, start, length);
  const known = shared[place]!;
  if (known.length === length && text.startsWith(known, start)) return known;
  const cut = text.slice(start, end);
  const own = length < SHORTEST_SLICE ? cut : copy(cut);
  shared[place] = own;
  return own;
}

export const keep = (text: string): string => keepSlice(text, 0, text.length);

function placeOf(text: string, start: number, length: number): number {
  const last = start + length - 1;
  let mixed = length;
  mixed = Math.imul(mixed ^ text.charCodeAt(start), 0x01000193);
  mixed = Math.imul(mixed ^ text.charCodeAt(start + (length >> 2)), 0x01000193);
  mixed = Math.imul(mixed ^ text.charCodeAt(start + (length >> 1)), 0x01000193);
  mixed = Math.imul(mixed ^ text.charCodeAt(last - (length >> 2)), 0x01000193);
  mixed = Math.imul(mixed ^ text.charCodeAt(last - (length > 1 ? 1 : 0)), 0x01000193);
  mixed = Math.imul(mixed ^ text.charCodeAt(last), 0x01000193);
  return (mixed ^ (mixed >>> 15)) & (PLACES - 1);
}

/** The joined string is flattened before it is cut again: what remains shares memory with that copy alone. */
const copy = (text: string): string => ` ${text}`.slice(1);
