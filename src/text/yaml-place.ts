import {
  COLLECTION_STYLE,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';

// The parser's events tell where values start and end, but not where brackets close, where a block scalar's header
// stands or where nothing was written. These find it in the text after the last token read (`from`).

export interface Range {
  readonly start: number;
  readonly end: number;
}

const isBreak = (code: number): boolean => code === 0x0a || code === 0x0d;
const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || isBreak(code);

/** The first character at or after `from` that is neither space nor comment. */
function nextToken(text: string, from: number): number {
  let offset = from;
  while (offset < text.length) {
    if (text[offset] === '#') while (offset < text.length && !isBreak(text.charCodeAt(offset))) offset++;
    else if (isBlank(text.charCodeAt(offset))) offset++;
    else break;
  }
  return offset;
}

export function rangeOfScalar(text: string, event: ScalarEvent, from: number, indicators: string): Range {
  const { valueStart, valueEnd, tagStart, tagEnd, anchorEnd } = event;
  if (valueStart === -1) {
    const end = Math.max(tagEnd, anchorEnd);
    if (end !== -1) return { start: tagStart === -1 ? end : tagStart, end };
    return emptyPlace(text, from, indicators);
  }
  let range: Range;
  if (event.style === SCALAR_STYLE.PLAIN) range = { start: valueStart, end: valueEnd };
  else if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
    range = { start: valueStart - 1, end: valueEnd + 1 };
  } else range = rangeOfBlock(text, event, Math.max(from, tagEnd, anchorEnd));
  // The tag belongs to what spells the value: `!!str 8080` is not 8080.
  return tagStart === -1 ? range : { start: tagStart, end: range.end };
}

/** From the `|` or `>` to the last character that is not white space. */
function rangeOfBlock(text: string, { valueStart, valueEnd }: ScalarEvent, from: number): Range {
  let start = nextToken(text, from);
  while (start < valueStart && text[start] !== '|' && text[start] !== '>') start = nextToken(text, start + 1);
  let end = valueEnd;
  while (end > start + 1 && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

/** Behind the `:`, `-` or `?` that announced a value, when one did. */
function emptyPlace(text: string, from: number, indicators: string): Range {
  const token = nextToken(text, from);
  const place = token < text.length && indicators.includes(text[token]!) ? token + 1 : from;
  return { start: place, end: place };
}

/** The closing bracket of a flow collection; undefined for a collection that has none. */
export function closerOf(
  text: string,
  event: MappingEvent | SequenceEvent,
  isPair: boolean,
): string | undefined {
  if (event.style !== COLLECTION_STYLE.FLOW || isPair) return undefined;
  return text[event.start] === '{' ? '}' : ']';
}

export function endOfFlow(text: string, from: number, closer: string): number {
  let offset = nextToken(text, from);
  while (offset < text.length && text[offset] !== closer) offset = nextToken(text, offset + 1);
  return Math.min(offset + 1, text.length);
}
