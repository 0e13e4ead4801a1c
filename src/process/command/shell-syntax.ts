/** A piece of a shell word. */
export type ShellPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly quoted: boolean;
      /** `${PORT:-3000}`: what stands for it when it is unset, or empty too. */
      readonly fallback: { readonly parts: readonly ShellPart[]; readonly whenEmpty: boolean } | undefined;
    }
  /** `$0`, `$1`, or all of them from 1 on: `"$@"`. */
  | { readonly kind: 'positional'; readonly index: number | 'all'; readonly quoted: boolean }
  /** Command substitution, `${PORT%%:*}`: not followed. */
  | { readonly kind: 'unknown' };

/** One simple command with what stands behind it. */
export interface ShellCommand {
  readonly words: readonly (readonly ShellPart[])[];
  /** What stands behind `>`, `<` and the like. */
  readonly files: readonly (readonly ShellPart[])[];
  readonly end: '&&' | '||' | '|' | '&' | ';';
  /** It stands in a subshell, which ends without the script. */
  readonly subshell: boolean;
}

/**
 * Splits a script into its simple commands, as POSIX sh does (Shell Command Language, 2.2 to 2.10). A `case` is told as an
 * `if`: what stands in it is done sometimes. Undefined for what is not read: functions, an open quote.
 */
export function parseScript(script: string): ShellCommand[] | undefined {
  try {
    return new ScriptReader(script).commands();
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

class NotRead extends Error {}

const NAME = /[A-Za-z_]\w*/y;
const PLAIN = /[\w./:=,@%+-]+/y;
const BLANK = /(?:[ \t]|\\\r?\n)*/y;
const COMMENT = /#[^\n]*/y;
/** Tried in this order. */
const HERE_STRING = /\d*<<</y;
const HERE_DOCUMENT = /\d*<<-?/y;
const REDIRECT = /\d*(?:&>>?|<&|>&|<>|>>|>\||<|>)/y;
const ENDING = /&&|\|\||\|&?|&|;(?![;&])|\r?\n/y;
const NEXT_CASE = /;;&?|;&/y;
const SPACE = /(?:\s|\\\r?\n)*/y;
const DEEPEST = 20;

class ScriptReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** What ends the here-documents that begin with the next line. */
  #delimiters: string[] = [];
  readonly #commands: ShellCommand[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  commands(): ShellCommand[] {
    let words: ShellPart[][] = [];
    let files: ShellPart[][] = [];
    let subshells = 0;
    let cases = 0;
    const finish = (ending: string): void => {
      if (words.length > 0)
        this.#commands.push({ words, files, end: endOf(ending), subshell: subshells > 0 });
      words = [];
      files = [];
    };
    for (;;) {
      this.#take(BLANK);
      this.#take(COMMENT);
      if (this.#at >= this.#text.length) break;
      const isHereString = this.#take(HERE_STRING) !== '';
      if (!isHereString && this.#take(HERE_DOCUMENT)) {
        this.#take(BLANK);
        this.#delimiters.push(plainOf(this.#word()));
        continue;
      }
      if (isHereString || this.#take(REDIRECT)) {
        this.#take(BLANK);
        files.push(this.#word());
        continue;
      }
      const ending = this.#take(ENDING);
      if (ending) {
        finish(ending);
        if (ending.endsWith('\n')) this.#skipHereDocuments();
      } else if (words.length === 0 && this.#text[this.#at] === '(') {
        this.#at++;
        subshells++;
      } else if (subshells > 0 && this.#text[this.#at] === ')') {
        this.#at++;
        finish(this.#follows(ENDING) ?? ';');
        subshells--;
      } else if (cases > 0 && this.#take(NEXT_CASE)) {
        finish(';');
        cases -= this.#pattern();
      } else {
        const word = this.#word();
        const first = words.length === 0 ? plainOf(word) : '';
        if (first === 'esac' && cases > 0) {
          words = [[text('fi', false)]];
          cases--;
        } else if (first === 'case') {
          this.#case();
          cases += 1 - this.#pattern();
        } else words.push(word);
      }
    }
    finish(';');
    return this.#commands;
  }

  #space(): void {
    do this.#take(SPACE);
    while (this.#take(COMMENT));
  }

  /** `case $MODE in`, told as `if :; then`. */
  #case(): void {
    this.#space();
    this.#word();
    this.#space();
    if (plainOf(this.#word()) !== 'in') throw new NotRead();
    for (const words of [['if', ':'], ['then']]) this.#say(words);
  }

  /** Steps over `a | b)`, and says whether there is no more, but `esac`: 1 or 0. */
  #pattern(): 0 | 1 {
    this.#space();
    if (this.#text[this.#at] === '(') this.#at++;
    for (;;) {
      this.#space();
      const word = this.#word();
      if (plainOf(word) === 'esac') {
        this.#say(['fi']);
        return 1;
      }
      this.#space();
      const next = this.#text[this.#at++];
      if (next === ')') return 0;
      if (next !== '|') throw new NotRead();
    }
  }

  #say(words: readonly string[]): void {
    this.#commands.push({
      words: words.map((one) => [text(one, false)]),
      files: [],
      end: ';',
      subshell: false,
    });
  }

  #skipHereDocuments(): void {
    for (const delimiter of this.#delimiters) {
      for (;;) {
        if (this.#at >= this.#text.length) throw new NotRead();
        const end = this.#text.indexOf('\n', this.#at);
        const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#text.length : end + 1;
        if (line.trim() === delimiter) break;
      }
    }
    this.#delimiters = [];
  }

  /** What comes next, without taking it. */
  #follows(pattern: RegExp): string | undefined {
    const from = this.#at;
    this.#take(BLANK);
    const found = this.#take(pattern);
    this.#at = from;
    return found || undefined;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #word(): ShellPart[] {
    const parts: ShellPart[] = [];
    while (this.#at < this.#text.length && !/[\s;&|<>()]/.test(this.#text[this.#at]!)) {
      for (const part of this.#part(false)) parts.push(part);
    }
    if (parts.length === 0) throw new NotRead();
    return parts;
  }

  #part(quoted: boolean): ShellPart[] {
    const plain = this.#take(PLAIN);
    if (plain !== '') return [text(plain, quoted)];
    const char = this.#text[this.#at++]!;
    if (char === '$') return [this.#dollar(quoted)];
    if (char === '`') {
      this.#skipTo('`');
      return [{ kind: 'unknown' }];
    }
    if (char === '\\') return this.#escaped(quoted);
    if (char === "'" && !quoted) {
      const from = this.#at;
      this.#skipTo("'");
      return [{ kind: 'text', text: this.#text.slice(from, this.#at - 1), quoted: true }];
    }
    if (char === '"') return quoted ? [text(char, quoted)] : this.#until('"', true);
    return [char === '\0' ? { kind: 'unknown' } : text(char, quoted)];
  }

  /** Parts up to a closing character, which is taken too. */
  #until(close: '"' | '}', quoted: boolean): ShellPart[] {
    this.#depth++;
    if (this.#depth > DEEPEST) throw new NotRead();
    const parts: ShellPart[] = quoted ? [text('', true)] : [];
    while (this.#text[this.#at] !== close) {
      if (this.#at >= this.#text.length) throw new NotRead();
      for (const part of this.#part(quoted)) parts.push(part);
    }
    this.#at++;
    this.#depth--;
    return parts;
  }

  #escaped(quoted: boolean): ShellPart[] {
    const next = this.#text[this.#at] ?? '';
    this.#at += next.length;
    if (next === '\n') return [];
    return [text(quoted && !/["$`\\]/.test(next) ? `\\${next}` : next, true)];
  }

  #dollar(quoted: boolean): ShellPart {
    if (this.#text[this.#at] === '(') return this.#substitution();
    if (this.#text[this.#at] === '{') return this.#braces(quoted);
    const name = this.#take(NAME);
    if (name !== '') return { kind: 'variable', name, quoted, fallback: undefined };
    const char = this.#text[this.#at] ?? '';
    if (!/[\d@*#?$!-]/.test(char)) return text('$', quoted);
    this.#at++;
    if (char === '@' || (char === '*' && !quoted)) return { kind: 'positional', index: 'all', quoted };
    return /\d/.test(char) ? { kind: 'positional', index: Number(char), quoted } : { kind: 'unknown' };
  }

  #braces(quoted: boolean): ShellPart {
    this.#at++;
    const name = this.#take(NAME);
    const operator = this.#take(/:?[-=?]|/y);
    const whenEmpty = operator.startsWith(':');
    const parts = this.#until('}', quoted);
    if (name === '' || (operator === '' && parts.some((part) => part.kind !== 'text' || part.text !== '')))
      return { kind: 'unknown' };
    const fallback = /[-=]$/.test(operator) ? { parts, whenEmpty } : undefined;
    return { kind: 'variable', name, quoted, fallback };
  }

  /** Up to the parenthesis that closes it; quotes inside are stepped over. */
  #substitution(): ShellPart {
    let open = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === '(') open++;
      else if (char === ')') open--;
      else if (char === '\\') this.#at++;
      else if (char === "'") {
        this.#at++;
        this.#skipTo("'");
        this.#at--;
      }
      if (open === 0) {
        this.#at++;
        return { kind: 'unknown' };
      }
    }
    throw new NotRead();
  }

  #skipTo(close: string): void {
    const end = this.#text.indexOf(close, this.#at);
    if (end < 0) throw new NotRead();
    this.#at = end + 1;
  }
}

const text = (text: string, quoted: boolean): ShellPart => ({ kind: 'text', text, quoted });

/** A word without anything to replace; empty where there is something. */
const plainOf = (parts: readonly ShellPart[]): string =>
  parts.every((part) => part.kind === 'text')
    ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : '';

const endOf = (ending: string): ShellCommand['end'] =>
  ending === '&&' || ending === '||' || ending === '&' ? ending : ending.startsWith('|') ? '|' : ';';
