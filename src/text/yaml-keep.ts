/**
 * A string cut out of a larger one shares its memory, and so keeps a whole file alive, when it has 13 characters or
 * more (V8's `SlicedString::kMinLength`). What outlives its text is copied. One string serves all equal ones, as
 * manifests say the same few words over and over.
 */
const SHORTEST_SLICE = 13;
const LONGEST_SHARED = 80;
const MOST_SHARED = 50_000;

const shared = new Map<string, string>();

export function keep(text: string): string {
  if (text.length > LONGEST_SHARED) return copy(text);
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size >= MOST_SHARED) shared.clear();
  const own = text.length < SHORTEST_SLICE ? text : copy(text);
  shared.set(own, own);
  return own;
}

/** The joined string is flattened before it is cut again: what remains shares memory with that copy alone. */
const copy = (text: string): string => ` ${text}`.slice(1);
