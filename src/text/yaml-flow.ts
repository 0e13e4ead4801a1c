/**
 * go-yaml, and so kubectl, lets brackets and quotes go on at any indentation, as in
 *
 *     args: [
 *       --verbose,
 *     ]
 *
 * and reads a colon that something follows as text, also where that is a comma or a bracket: `[2001:db8::]` holds an
 * address. The parser, which holds to the letter of YAML 1.2, refuses the one and finds a map in the other. So line
 * breaks, tabs and comments within brackets, and line breaks within quotes, become spaces here, and such a colon a
 * letter. The length stays, and with it every offset; scalars must then be read from the original.
 */
export function joinFlowLines(text: string): string {
  return new FlowJoiner(text).join();
}

/** Whether there may be a colon of that kind. */
export const mayHoldColonAsText = (text: string): boolean => /[^\s"'{[,]:[,\]}]/.test(text);

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
    // From here on in the whole text: a line may hold very many words.
    END_OF_PLAIN.lastIndex = this.#at;
    this.#at = END_OF_PLAIN.exec(this.#text)?.index ?? this.#text.length;
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
    let isPlain = false;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if (tokenStarts && (character === '"' || character === "'")) {
        this.#passQuoted();
        tokenStarts = false;
        isPlain = false;
        continue;
      }
      if (isSpace(character)) this.#blank(this.#at + 1);
      else if (character === '#' && isSpace(this.#text[this.#at - 1])) this.#blank(this.#endOfLine(this.#at));
      else {
        const next = this.#text[this.#at + 1];
        if (character !== ':') isPlain = !'[]{},'.includes(character);
        else if (isSpace(next)) isPlain = false;
        if (isPlain && character === ':' && ',]}'.includes(next!)) this.#put('x');
        else this.#at++;
        tokenStarts = '[{,:'.includes(character);
        if (character === '[' || character === '{') depth++;
        else if ((character === ']' || character === '}') && --depth === 0) return;
      }
    }
  }

  /** Puts spaces up to `end`. */
  #blank(end: number): void {
    this.#put(' '.repeat(end - this.#at));
  }

  /** Puts something in the place of as much text. */
  #put(text: string): void {
    this.#joined += this.#text.slice(this.#copied, this.#at) + text;
    this.#at += text.length;
    this.#copied = this.#at;
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

const END_OF_PLAIN = /:(?=[ \t\r\n]|$)|(?<=[ \t])#|[\r\n]/g;

const isBreak = (character: string): boolean => character === '\n' || character === '\r';

const isSpace = (character: string | undefined): boolean =>
  character === undefined || character === ' ' || character === '\t' || isBreak(character);
