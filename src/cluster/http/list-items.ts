import type { Json } from '../json.ts';

/** A list as an API server answers it, its objects apart. */
export interface ListAnswer {
  /** Each is parsed when it is taken, so that only one of them is there at a time. */
  readonly items: Iterable<Json>;
  /** All else of the answer; its `items`, where it has a list of them, is empty. */
  readonly rest: Json;
}

/** @throws SyntaxError for what is no JSON, when that is met */
export function listItems(body: Buffer): ListAnswer {
  const start = startOfItems(body);
  if (start === undefined) return { items: [], rest: parse(body, 0, body.length) };
  const { places, end } = placesOf(body, start);
  return { items: parsed(body, places), rest: JSON.parse(around(body, start, end)) as Json };
}

type Place = readonly [start: number, end: number];

const parse = (body: Buffer, start: number, end: number): Json =>
  JSON.parse(body.toString('utf8', start, end)) as Json;

function* parsed(body: Buffer, places: readonly Place[]): Generator<Json> {
  for (const [start, end] of places) yield parse(body, start, end);
}

const around = (body: Buffer, start: number, end: number): string =>
  body.toString('utf8', 0, start) + body.toString('utf8', end);

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const KEY = Buffer.from('"items"');

const isOpening = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number): boolean => byte === 0x7d || byte === 0x5d;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Behind the bracket that opens the list which the outermost object calls `items`. */
function startOfItems(body: Buffer): number | undefined {
  let depth = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]!;
    if (isOpening(byte)) depth += 1;
    else if (isClosing(byte)) depth -= 1;
    else if (byte === QUOTE) {
      const end = endOfString(body, at);
      const isKey = depth === 1 && end - at === KEY.length && KEY.compare(body, at, end) === 0;
      const colon = isKey ? skipSpace(body, end) : end;
      const value = skipSpace(body, colon + 1);
      if (isKey && body[colon] === 0x3a && body[value] === 0x5b) return value + 1;
      at = end - 1;
    }
  }
  return undefined;
}

function skipSpace(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && isSpace(body[at]!)) at += 1;
  return at;
}

/** Behind its closing quote, or where the text ends in it. */
function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return Math.min(at + 1, body.length);
}

/** Where each of them stands, and where the bracket that closes them does. */
function placesOf(body: Buffer, from: number): { readonly places: Place[]; readonly end: number } {
  const places: Place[] = [];
  let depth = 0;
  let start = from;
  let at = from;
  for (; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte === QUOTE) at = endOfString(body, at) - 1;
    else if (isOpening(byte)) depth += 1;
    else if (isClosing(byte)) {
      if (depth === 0) break;
      depth -= 1;
    } else if (byte === COMMA && depth === 0) {
      places.push([start, at]);
      start = at + 1;
    }
  }
  if (places.length > 0 || skipSpace(body, start) < at) places.push([start, at]);
  return { places, end: at };
}
