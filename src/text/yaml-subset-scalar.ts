import { CHOMPING_MODE, EVENT_ID, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { Aliases } from './yaml-aliases.ts';
import { YamlFault } from './yaml-error.ts';
import { keep, keepSlice } from './yaml-keep.ts';
import type { Scalar, YamlNode, YamlScalar } from './yaml-node.ts';
import { resolvePlain } from './yaml-scalar.ts';
import { mayBeTemplate } from './yaml-template.ts';

/** Every escape that YAML knows; one before a line break joins the lines. */
const DOUBLE_QUOTED =
  /"[^"\\]*(?:\\(?:[0abtnvfre "/\\N_LP]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|\r?\n)[^"\\]*)*"/y;
const SINGLE_QUOTED = /'[^']*(?:''[^']*)*'/y;
/** What may open an action of a template; in a value, only where it begins a line. */
const OPENER_IN_KEY = /\{[{%]|%\{|<%|\[\[/;
const OPENER_IN_VALUE = /^<%|[\r\n][ \t]*(?:\{[{%]|%\{|<%|\[\[)/;

const ALIAS = /\*[\w-]+(?=[ \r\n,\]}]|$)/y;

const NO_PLACE = {
  type: EVENT_ID.SCALAR,
  chomping: CHOMPING_MODE.CLIP,
  indent: -1,
  fast: false,
  anchorStart: -1,
  anchorEnd: -1,
  tagStart: -1,
  tagEnd: -1,
};

const SPACE = 0x20;
const QUOTE = 0x22;

/** Thrown where a document is not certain to be of the subset; one object, as its stack tells nothing. */
const HAND_OVER = new Error('this document is for the parser to read');

export function handOver(): never {
  throw HAND_OVER;
}

/** Undefined where it is handed over. */
export function unlessHandedOver<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    // A pattern runs out of its stack where a line of millions of characters repeats one of its groups.
    const isOurs = thrown === HAND_OVER || thrown instanceof YamlFault || thrown instanceof RangeError;
    if (!isOurs) throw thrown;
    return undefined;
  }
}

/** Reads scalars of one line at a place of a text that moves on. */
export class ScalarReader {
  readonly text: string;
  /** Where the text starts in the whole. */
  readonly base: number;
  at = 0;
  readonly mayBeTemplate: boolean;
  readonly aliases: Aliases = new Aliases();

  constructor(text: string, base: number) {
    this.text = text;
    this.base = base;
    this.mayBeTemplate = mayBeTemplate(text);
  }

  /** Moves behind what the sticky pattern finds here, or stays. */
  passes(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) return false;
    this.at = pattern.lastIndex;
    return true;
  }

  passSpaces(): void {
    while (this.text.charCodeAt(this.at) === SPACE) this.at++;
  }

  /** What the alias here stands for. */
  aliased(): YamlNode {
    const start = this.at;
    if (!this.passes(ALIAS)) handOver();
    return this.aliases.follow(this.text.slice(start + 1, this.at), this.base + start);
  }

  /** The plain scalar between `start` and here, on one line unless `isLines`. */
  plainFrom(start: number, isKey: boolean, isLines = false): YamlScalar {
    const text = this.plainText(start, isKey, isLines);
    return this.#node(start, resolvePlain(text), text, false);
  }

  plainText(start: number, isKey: boolean, isLines = false): string {
    const text = isLines
      ? keep(writtenValue(this.text, { valueStart: start, valueEnd: this.at, style: SCALAR_STYLE.PLAIN }))
      : keepSlice(this.text, start, this.at);
    if (this.mayBeTemplate) {
      const opener = isKey ? OPENER_IN_KEY : OPENER_IN_VALUE;
      if (opener.test(this.text.slice(start, this.at))) handOver();
    }
    return text;
  }

  passesQuoted(quote: number): boolean {
    return this.passes(quote === QUOTE ? DOUBLE_QUOTED : SINGLE_QUOTED);
  }

  /** The quoted scalar between `start` and here; its further lines must be indented by `least`. */
  quotedFrom(start: number, least: number): YamlScalar {
    const text = this.quotedText(start, least);
    return this.#node(start, text, text, true);
  }

  quotedText(start: number, least: number): string {
    return this.#unquoted(start + 1, this.at - 1, this.text.charCodeAt(start) === QUOTE, least);
  }

  /** As the parser has it, which is asked where the characters alone do not say it. */
  #unquoted(valueStart: number, valueEnd: number, isDouble: boolean, least: number): string {
    const raw = this.text.slice(valueStart, valueEnd);
    const lines = raw.includes('\n');
    if (!lines && !raw.includes(isDouble ? '\\' : "'")) return keepSlice(this.text, valueStart, valueEnd);
    if (lines) requireIndentation(raw, least);
    const style = isDouble ? SCALAR_STYLE.DOUBLE_QUOTED : SCALAR_STYLE.SINGLE_QUOTED;
    return keep(writtenValue(this.text, { valueStart, valueEnd, style }));
  }

  #node(start: number, value: Scalar, text: string, quoted: boolean): YamlScalar {
    this.aliases.size++;
    return { type: 'scalar', start: this.base + start, end: this.base + this.at, value, text, quoted };
  }
}

/** The parser's own reading of the characters of a scalar. */
export function writtenValue(
  text: string,
  place: Pick<ScalarEvent, 'valueStart' | 'valueEnd' | 'style'> & Partial<ScalarEvent>,
): string {
  return getScalarValue(text, { ...NO_PLACE, ...place });
}

/** Lines that go on in quotes; in the first column, three dashes or dots could end the document. */
function requireIndentation(lines: string, least: number): void {
  for (const { 0: begun, index } of lines.matchAll(/\n */g)) {
    const next = lines[index + begun.length];
    if (next === '\n' || next === '\r') continue;
    if (next === '\t' || begun.length - 1 < Math.max(least, 1)) handOver();
  }
}
