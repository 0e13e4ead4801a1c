import { MapEntries } from './yaml-map.ts';
import type { YamlList, YamlMap, YamlNode, YamlScalar } from './yaml-node.ts';
import { keyText } from './yaml-scalar.ts';
import { handOver, type ScalarReader } from './yaml-subset-scalar.ts';

/** Ends before `:`, `,` and brackets as well as before spaces; what begins with a sign other than `-` is handed over. */
const PLAIN =
  /(?:[\w./$~+;^(]|-(?=[\w./-]))[^\s:#,[\]{}]*(?:(?: +[^\s:#,[\]{}]|:+[^\s:#,[\]{}])[^\s:#,[\]{}]*)*/y;
const COMMENT = /#[^\r\n]*/y;
const LINE_BREAK = /\r?\n/y;

const [SPACE, QUOTE, HASH, APOSTROPHE, STAR, COMMA, DASH, DOT, COLON] = [
  0x20, 0x22, 0x23, 0x27, 0x2a, 0x2c, 0x2d, 0x2e, 0x3a,
];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Far less than the parser bears. */
const MAX_DEPTH = 100;

/** The bracket that opens here, with what is in it; its lines must be indented by `least`. */
export function flowAt(reader: ScalarReader, least: number, depth = 0): YamlNode {
  if (depth > MAX_DEPTH) handOver();
  switch (reader.text.charCodeAt(reader.at)) {
    case OPEN_LIST:
      return listAt(reader, least, depth);
    case OPEN_MAP:
      return mapAt(reader, least, depth);
    case STAR:
      return reader.aliased();
    default:
      return scalarAt(reader, least, false);
  }
}

function listAt(reader: ScalarReader, least: number, depth: number): YamlList {
  if (reader.mayBeTemplate && reader.text.startsWith('[[', reader.at)) handOver();
  const start = reader.base + reader.at;
  reader.aliases.size++;
  const items: YamlNode[] = [];
  while (comesMore(reader, least, CLOSE_LIST, items.length === 0)) {
    items.push(flowAt(reader, least, depth + 1));
  }
  return { type: 'list', start, end: reader.base + reader.at, items };
}

function mapAt(reader: ScalarReader, least: number, depth: number): YamlMap {
  const start = reader.base + reader.at;
  reader.aliases.size++;
  const entries = new MapEntries();
  while (comesMore(reader, least, CLOSE_MAP, entries.list.length === 0)) {
    const keyNode = scalarAt(reader, least, true);
    const key = keyText(keyNode.value, keyNode.text) ?? handOver();
    if (reader.text.charCodeAt(reader.at++) !== COLON) handOver();
    if (!keyNode.quoted && reader.text.charCodeAt(reader.at) !== SPACE) handOver();
    passBlanks(reader, least);
    entries.put({ key, keyNode, value: flowAt(reader, least, depth + 1) });
  }
  return { type: 'map', start, end: reader.base + reader.at, entries: entries.list };
}

/** Passes what stands before an entry, the bracket or a comma; false once the closing bracket is passed. */
function comesMore(reader: ScalarReader, least: number, closer: number, first: boolean): boolean {
  if (first) reader.at++;
  passBlanks(reader, least);
  let character = reader.text.charCodeAt(reader.at);
  if (!first && character === COMMA) {
    reader.at++;
    passBlanks(reader, least);
    character = reader.text.charCodeAt(reader.at);
  } else if (!first && character !== closer) handOver();
  if (character !== closer) return true;
  reader.at++;
  return false;
}

function scalarAt(reader: ScalarReader, least: number, isKey: boolean): YamlScalar {
  const start = reader.at;
  const first = reader.text.charCodeAt(start);
  const isQuoted = first === QUOTE || first === APOSTROPHE;
  if (!(isQuoted ? reader.passesQuoted(first) : reader.passes(PLAIN))) handOver();
  return isQuoted ? reader.quotedFrom(start, least) : reader.plainFrom(start, isKey);
}

/** Spaces, line breaks and comments; a tab is handed over by whoever meets it. */
function passBlanks(reader: ScalarReader, least: number): void {
  let lineStart = -1;
  while (true) {
    const before = reader.at;
    reader.passSpaces();
    const isSeparate = reader.at > before || before === lineStart;
    if (isSeparate && reader.text.charCodeAt(reader.at) === HASH) reader.passes(COMMENT);
    if (!reader.passes(LINE_BREAK)) break;
    lineStart = reader.at;
  }
  if (lineStart === -1) return;
  const column = reader.at - lineStart;
  const character = reader.text.charCodeAt(reader.at);
  // In the first column, three dashes or dots could end the document.
  if (column < least || (column === 0 && (character === DASH || character === DOT))) handOver();
}
