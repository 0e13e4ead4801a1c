/** Half-open range of offsets into the whole text. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

/**
 * The documents of a stream, split at lines as kubectl splits them (S-187), so that each can be parsed and can fail
 * alone. Blank stretches are left out; concatenated JSON objects become one chunk each.
 */
export function* chunksOf(text: string): Generator<Chunk> {
  const dashes = new SeparatorSearch(text, '---');
  const dots = new SeparatorSearch(text, '...');
  let start = 0;
  let from = 0; // Behind the last separator; `start` stays before it when directives stood there.
  while (true) {
    const dash = dashes.next(from);
    const dot = dots.next(from);
    const separator = Math.min(dash, dot);
    const end = Math.min(separator, text.length);
    const first = firstContent(text, from, end);
    // YAML puts directives before `---`, where kubectl would split them off and fail; they are read with what follows.
    const directives = text[first] === '%' && separator === dash && dash < text.length;
    if (!directives) {
      if (text[first] === '{') yield* jsonObjects(text, { start, end });
      else if (!isBlank(text, start, end)) yield { start, end };
    }
    if (separator >= text.length) return;
    from = endOfLine(text, separator);
    if (!directives) start = from;
  }
}

/** Finds lines that hold only one marker, spaces and a comment; remembers the last answer, so a text is read once. */
class SeparatorSearch {
  readonly #text: string;
  readonly #marker: string;
  #found = -1;

  constructor(text: string, marker: string) {
    this.#text = text;
    this.#marker = marker;
  }

  /** Offset of the next such line that starts at or after `from`; infinite when there is none. */
  next(from: number): number {
    if (this.#found >= from) return this.#found;
    let at = from === 0 && this.#text.startsWith(this.#marker) ? 0 : this.#after(Math.max(from - 1, 0));
    while (at !== Number.POSITIVE_INFINITY && !this.#standsAlone(at)) at = this.#after(at);
    this.#found = at;
    return at;
  }

  #after(offset: number): number {
    const at = this.#text.indexOf(`\n${this.#marker}`, offset);
    return at === -1 ? Number.POSITIVE_INFINITY : at + 1;
  }

  #standsAlone(at: number): boolean {
    let offset = at + this.#marker.length;
    while (this.#text[offset] === ' ' || this.#text[offset] === '\t') offset++;
    const following = this.#text[offset];
    return following === undefined || following === '\n' || following === '\r' || following === '#';
  }
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

const isSpace = (character: string | undefined): boolean =>
  character === ' ' ||
  character === '\t' ||
  character === '\n' ||
  character === '\r' ||
  character === '\uFEFF';

function isBlank(text: string, start: number, end: number): boolean {
  let offset = start;
  while (offset < end && isSpace(text[offset])) offset++;
  return offset >= end;
}

/** The first character that is neither space nor comment. */
function firstContent(text: string, start: number, end: number): number {
  let offset = start;
  while (offset < end) {
    if (text[offset] === '#') offset = endOfLine(text, offset);
    else if (isSpace(text[offset])) offset++;
    else break;
  }
  return Math.min(offset, end);
}

/** `{…}{…}` in one chunk is a stream to kubectl; anything else in braces is left whole to the parser. */
function jsonObjects(text: string, chunk: Chunk): Chunk[] {
  const objects: Chunk[] = [];
  let start = chunk.start;
  while (true) {
    const open = firstContent(text, start, chunk.end);
    if (open === chunk.end) break;
    const end = text[open] === '{' ? endOfObject(text, open, chunk.end) : -1;
    if (end === -1) return [chunk];
    objects.push({ start, end });
    start = end;
  }
  const last = objects.pop();
  return last === undefined ? [chunk] : [...objects, { start: last.start, end: chunk.end }];
}

function endOfObject(text: string, open: number, end: number): number {
  let depth = 0;
  for (let offset = open; offset < end; offset++) {
    const character = text[offset];
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return offset + 1;
    else if (character === '"') {
      offset++;
      while (offset < end && text[offset] !== '"') offset += text[offset] === '\\' ? 2 : 1;
    }
  }
  return -1;
}
