/**
 * go-yaml, and so kubectl, lets brackets and quotes go on at any indentation, as in
 *
 *     args: [
 *       --verbose,
 *     ]
 *
 * The parser, which holds to the letter of YAML 1.2, refuses that. So line breaks, tabs and comments within brackets,
 * and line breaks within quotes, become spaces here. The length stays, and with it every offset; what is quoted must
 * then be read from the original.
 */
export function joinFlowLines(text: string): string {
  return new FlowJoiner(text).join();
}

class FlowJoiner {
  readonly #text: string;
  #at = 0;
  /** Column that the lines of a block scalar must be indented beyond. */
  #parent = 0;
  #joined = '';
  #copied = 0;

  constructor(text: string) {
    this.#text = text;
  }

  join(): string {
    let lineStart = 0;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if (isBreak(character)) lineStart = ++this.#at;
      else if (character === ' ' || character === '\t') this.#at++;
      else if (character === '#') this.#at = this.#endOfLine(this.#at);
      else lineStart = this.#token(character, lineStart);
    }
    return this.#joined + this.#text.slice(this.#copied);
  }

  /** Passes one token of block style and answers where its last line starts. */
  #token(character: string, lineStart: number): number {
    const column = this.#at - lineStart;
    if ('-?:'.includes(character) && isSpace(this.#text[this.#at + 1])) {
      if (character !== ':') this.#parent = column;
      this.#at++;
    } else if ('&!*'.includes(character)) {
      while (!isSpace(this.#text[this.#at])) this.#at++;
    } else if (character === '|' || character === '>') {
      return this.#passBlockScalar();
    } else {
      this.#parent = column;
      if (character === '"' || character === "'") this.#passQuoted();
      else if (character === '[' || character === '{') this.#passFlow();
      else this.#passPlain();
    }
    return lineStart;
  }

  #passPlain(): void {
    const end = this.#endOfLine(this.#at);
    const stop = this.#text.slice(this.#at, end).search(/:(?=[ \t]|$)|(?<=[ \t])#/);
    this.#at = stop === -1 ? end : this.#at + stop;
    if (this.#text[this.#at] === ':') this.#at++;
  }

  #passBlockScalar(): number {
    let lineStart = this.#at;
    do {
      lineStart = this.#nextLine(lineStart);
      this.#at = lineStart;
      while (this.#text[this.#at] === ' ') this.#at++;
    } while (
      this.#at < this.#text.length &&
      (isBreak(this.#text[this.#at]!) || this.#at - lineStart > this.#parent)
    );
    return lineStart;
  }

  #passQuoted(): void {
    const quote = this.#text[this.#at++];
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if (character === quote) {
        this.#at++;
        if (quote === '"' || this.#text[this.#at] !== quote) return;
        this.#at++;
      } else if (isBreak(character)) this.#blank(this.#at + 1);
      else
        this.#at += character === '\\' && quote === '"' && !isBreak(this.#text[this.#at + 1] ?? '') ? 2 : 1;
    }
  }

  #passFlow(): void {
    let depth = 0;
    let tokenStarts = true;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if (tokenStarts && (character === '"' || character === "'")) {
        this.#passQuoted();
        tokenStarts = false;
        continue;
      }
      if (isSpace(character)) this.#blank(this.#at + 1);
      else if (character === '#' && isSpace(this.#text[this.#at - 1])) this.#blank(this.#endOfLine(this.#at));
      else {
        this.#at++;
        tokenStarts = '[{,:'.includes(character);
        if (character === '[' || character === '{') depth++;
        else if ((character === ']' || character === '}') && --depth === 0) return;
      }
    }
  }

  /** Puts spaces up to `end`. */
  #blank(end: number): void {
    this.#joined += this.#text.slice(this.#copied, this.#at) + ' '.repeat(end - this.#at);
    this.#at = end;
    this.#copied = end;
  }

  #endOfLine(offset: number): number {
    let end = offset;
    while (end < this.#text.length && !isBreak(this.#text[end]!)) end++;
    return end;
  }

  #nextLine(offset: number): number {
    const end = this.#endOfLine(offset);
    return this.#text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, this.#text.length);
  }
}

const isBreak = (character: string): boolean => character === '\n' || character === '\r';

const isSpace = (character: string | undefined): boolean =>
  character === undefined || character === ' ' || character === '\t' || isBreak(character);
