import { MapEntries } from './yaml-map.ts';
import type { YamlDocument, YamlNode, YamlScalar } from './yaml-node.ts';
import { blockScalarAt } from './yaml-subset-block.ts';
import { SubsetEntry } from './yaml-subset-entry.ts';
import { flowAt } from './yaml-subset-flow.ts';
import { handOver, ScalarReader, unlessHandedOver } from './yaml-subset-scalar.ts';

/**
 * What lets a line mean something else than it does below: a lone CR, a byte order mark, what cannot be printed, and
 * half a character. Whole characters beyond 16 bits are among them, which keeps the pattern short; they are rare.
 */
const UNUSUAL = /\r(?!\n)|[^\t\n\r -~\xA0-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/;

const KEY = /(?:(?:[\w./$]|-(?=\w))[^\s:]*|<<) *:(?=[ \r\n]|$)/y;
const COLON = / *:(?=[ \r\n]|$)/y;
/** Ends before a `: `, a ` #` and the spaces at the end of the line. */
const PLAIN = /(?:[^\s#&*!|>'"%@`,[\]{}?:-]|-(?=\S))[^\s:#]*(?:(?: +[^\s:#]|:+[^\s:]|#)[^\s:#]*)*/y;
/** A line that goes on with a plain scalar. */
const PLAIN_LINE = /[^\s:#]+(?:(?: +[^\s:#]|:+[^\s:]|#)[^\s:#]*)*/y;
const ANCHOR = /&[\w-]+(?=[ \r\n]|$)/y;
const BLANK_LINE = / *\r?\n/y;
const END_OF_LINE = /(?: +#[^\n]*| *)\r?(?:\n|$)/y;

const [LF, CR, SPACE, QUOTE, HASH, AMPERSAND, APOSTROPHE, STAR, DASH] = [
  0x0a, 0x0d, 0x20, 0x22, 0x23, 0x26, 0x27, 0x2a, 0x2d,
];
const [BRACKET, BAR, BRACE, GREATER] = [0x5b, 0x7c, 0x7b, 0x3e];

/** No line is indented so far: a key does not go on in a second line. */
const ONE_LINE = Number.POSITIVE_INFINITY;

/** Far less than the parser bears. */
const MAX_DEPTH = 100;

/**
 * Reads a document that is written in the part of YAML that manifests are written in: block maps and lists, scalars
 * block scalars, brackets, comments, anchors of values, aliases, merges. Whatever is not certain to be just that, a fault above all, gives
 * undefined, and the whole document is for the parser to read: a tree from here is the tree that it would give.
 */
export function readSubset(text: string, base: number): YamlDocument | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const reader = new SubsetReader(text, base);
  return unlessHandedOver(() => ({ start: base, end: base + text.length, root: reader.root() }));
}

/** Between lines, `at` is the first character of the next line that is neither blank nor a comment. */
class SubsetReader extends ScalarReader {
  /** Column of `at` between lines; -1 at the end of the text. */
  #indent = -1;
  /** Behind the last token read. */
  #read = 0;
  /** Behind the key that was looked for. */
  #colon = 0;
  /** Behind the last key read. */
  #keyEnd = 0;

  root(): YamlNode | null {
    this.#nextLine();
    if (this.#indent === -1) return null;
    if (this.#indent > 0) handOver();
    const node = this.#node(0, -1, 0);
    if (this.#indent !== -1) handOver();
    return node;
  }

  /** What begins a line here or is the first thing behind a dash, in `column`, within an entry in `parent`. */
  #node(column: number, parent: number, depth: number): YamlNode {
    if (depth > MAX_DEPTH) handOver();
    if (this.#atDash()) return this.#list(column, depth);
    return this.#atKey() ? this.#map(column, depth) : this.#scalar(parent);
  }

  #map(column: number, depth: number): YamlNode {
    const start = this.base + this.at;
    this.aliases.size++;
    const entries = new MapEntries();
    do {
      const start = this.base + this.at;
      const isQuoted = this.#atQuote();
      const text = this.#key(isQuoted);
      const end = this.base + this.#keyEnd;
      const value = this.#value(column, depth);
      if (text === '<<' && !isQuoted) entries.merge(value);
      else entries.put(new SubsetEntry(text, start, end, isQuoted, value));
      if (this.#indent > column) handOver();
    } while (this.#indent === column && this.#atKey());
    entries.finish();
    return { type: 'map', start, end: this.base + this.#read, entries: entries.list };
  }

  #list(column: number, depth: number): YamlNode {
    const start = this.base + this.at;
    this.aliases.size++;
    const items: YamlNode[] = [];
    do {
      items.push(this.#item(column, depth));
      if (this.#indent > column) handOver();
    } while (this.#indent === column && this.#atDash());
    return { type: 'list', start, end: this.base + this.#read, items };
  }

  /** What follows the colon of a key in `column`. */
  #value(column: number, depth: number): YamlNode {
    const announced = this.at;
    if (this.#endsLine()) return this.#below(announced, column, depth, true);
    this.passSpaces();
    if (this.#isHere(AMPERSAND)) return this.#anchored(column, depth, true);
    return this.#scalar(column);
  }

  /** The item whose dash stands here, in `column`. */
  #item(column: number, depth: number): YamlNode {
    const dash = this.at++;
    if (this.#endsLine()) return this.#below(dash + 1, column, depth, false);
    this.passSpaces();
    if (this.#isHere(AMPERSAND)) return this.#anchored(column, depth, false);
    return this.#node(column + this.at - dash, column, depth + 1);
  }

  /** The lines below what announced a value of an entry in `column`; the dashes of a key's list may stand in its own. */
  #below(announced: number, column: number, depth: number, isOfKey: boolean): YamlNode {
    const isValue = this.#indent > column || (isOfKey && this.#indent === column && this.#atDash());
    return isValue ? this.#node(this.#indent, column, depth + 1) : this.#empty(announced);
  }

  /** A value whose anchor stands here. A key on the line of the anchor would be what it names. */
  #anchored(column: number, depth: number, isOfKey: boolean): YamlNode {
    const start = this.at;
    if (!this.passes(ANCHOR)) handOver();
    const end = this.at;
    const anchor = this.aliases.open(this.text.slice(start + 1, end));
    const isBelow = this.#endsLine();
    if (!isBelow) this.passSpaces();
    // Of another's name and its own, a value may have one.
    if (this.#isHere(STAR)) handOver();
    const node = isBelow ? this.#below(end, column, depth, isOfKey) : this.#scalar(column);
    this.aliases.close(anchor, node);
    return node;
  }

  /** A value that begins on the line of what announced it, in an entry in `column`. */
  #scalar(column: number): YamlNode {
    const isAlias = this.#isHere(STAR);
    const node = isAlias ? this.#alias() : this.#scalarHere(column);
    if (!isAlias) this.#read = node.end - this.base;
    // A plain scalar would go on in a line that is indented further; after all else that is a fault.
    if (this.#indent > column) handOver();
    return node;
  }

  #alias(): YamlNode {
    const node = this.aliased();
    this.#read = this.at;
    if (!this.#endsLine()) handOver();
    return node;
  }

  #scalarHere(column: number): YamlNode {
    const start = this.at;
    const first = this.text.charCodeAt(start);
    if (first === BAR || first === GREATER) {
      if (column < 0) handOver();
      const node = blockScalarAt(this, column);
      this.#nextLine();
      return node;
    }
    if (first !== BRACE && first !== BRACKET && first !== QUOTE && first !== APOSTROPHE) {
      return this.#plain(column);
    }
    const node =
      first === BRACE || first === BRACKET ? flowAt(this, column + 1) : this.#quoted(first, column);
    if (!this.#endsLine()) handOver();
    return node;
  }

  #quoted(quote: number, column: number): YamlScalar {
    const start = this.at;
    if (!this.passesQuoted(quote)) handOver();
    return this.quotedFrom(start, column + 1);
  }

  #plain(column: number): YamlScalar {
    const start = this.at;
    if (column < 0 || !this.passes(PLAIN)) handOver();
    let end = this.at;
    if (!this.#endsLine()) handOver();
    const isLines = this.#indent > column;
    if (isLines) {
      // The next line is further in: the scalar goes on.
      this.at = end;
      while (this.#passesPlainLine(column)) end = this.at;
      this.at = end;
      if (!this.#endsLine()) handOver();
    }
    const next = this.at;
    this.at = end;
    const node = this.plainFrom(start, false, isLines);
    this.at = next;
    return node;
  }

  #passesPlainLine(column: number): boolean {
    if (!this.passes(BLANK_LINE)) return false;
    let lineStart = this.at;
    while (this.passes(BLANK_LINE)) lineStart = this.at;
    this.passSpaces();
    return this.at - lineStart > column && this.passes(PLAIN_LINE);
  }

  #isHere(character: number): boolean {
    return this.text.charCodeAt(this.at) === character;
  }

  #atDash(): boolean {
    if (this.text.charCodeAt(this.at) !== DASH) return false;
    const next = this.text.charCodeAt(this.at + 1);
    return next === SPACE || next === LF || next === CR || Number.isNaN(next);
  }

  /** Whether a key stands here; where it ends is kept. */
  #atKey(): boolean {
    const start = this.at;
    const isQuoted = this.#atQuote();
    const found = isQuoted
      ? this.passesQuoted(this.text.charCodeAt(start)) && this.passes(COLON)
      : this.passes(KEY);
    this.#colon = this.at - 1;
    this.at = start;
    return found;
  }

  /** The text of the key that was found; its colon is passed. */
  #key(isQuoted: boolean): string {
    const start = this.at;
    this.at = this.#colon;
    while (this.text.charCodeAt(this.at - 1) === SPACE) this.at--;
    this.#keyEnd = this.at;
    const text = isQuoted ? this.quotedText(start, ONE_LINE) : this.plainText(start, true);
    this.aliases.size++;
    this.at = this.#colon + 1;
    return text;
  }

  #atQuote(): boolean {
    const first = this.text.charCodeAt(this.at);
    return first === QUOTE || first === APOSTROPHE;
  }

  #empty(place: number): YamlScalar {
    this.#read = place;
    this.aliases.size++;
    const start = this.base + place;
    return { type: 'scalar', start, end: start, value: null, text: '', quoted: false };
  }

  /** Passes the rest of a line where nothing is left in it but a comment, and goes to the next. */
  #endsLine(): boolean {
    if (this.text.charCodeAt(this.at) === LF) this.at++;
    else if (!this.passes(END_OF_LINE)) return false;
    this.#nextLine();
    return true;
  }

  /** From the start of a line. */
  #nextLine(): void {
    while (this.at < this.text.length) {
      const lineStart = this.at;
      this.passSpaces();
      const first = this.text.charCodeAt(this.at);
      if (first === HASH) {
        const newline = this.text.indexOf('\n', this.at);
        this.at = newline === -1 ? this.text.length : newline + 1;
      } else if (first === LF || first === CR) this.at += first === CR ? 2 : 1;
      else if (Number.isNaN(first)) break;
      else {
        this.#indent = this.at - lineStart;
        return;
      }
    }
    this.#indent = -1;
  }
}
