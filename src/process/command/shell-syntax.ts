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
  /** Command substitution, `$1`, `${PORT%%:*}`: not followed. */
  | { readonly kind: 'unknown' };

/** One simple command with what stands behind it. */
export interface ShellCommand {
  readonly words: readonly (readonly ShellPart[])[];
  /** What stands behind `>`, `<` and the like. */
  readonly files: readonly (readonly ShellPart[])[];
  readonly end: '&&' | '||' | '|' | '&' | ';';
}

/**
 * Splits a script into its simple commands, as POSIX sh does (Shell Command Language, 2.2 to 2.10). Undefined for what is not read: here-documents, subshells, functions, an open quote.
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
const REDIRECT = /\d*(?:&>>?|<&|>&|<>|>>|>\||<(?!<)|>)/y;
const ENDING = /&&|\|\||\|&?|&|;(?!;)|\r?\n/y;
const DEEPEST = 20;

class ScriptReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  commands(): ShellCommand[] {
    const commands: ShellCommand[] = [];
    let words: ShellPart[][] = [];
    let files: ShellPart[][] = [];
    for (;;) {
      this.#take(BLANK);
      this.#take(COMMENT);
      if (this.#at >= this.#text.length) break;
      const redirect = this.#take(REDIRECT);
      const ending = redirect ? undefined : this.#take(ENDING);
      if (redirect) {
        this.#take(BLANK);
        files.push(this.#word());
      } else if (ending) {
        if (words.length > 0) commands.push({ words, files, end: endOf(ending) });
        words = [];
        files = [];
      } else words.push(this.#word());
    }
    if (words.length > 0) commands.push({ words, files, end: ';' });
    return commands;
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
    if (!/[\d@*#?$!-]/.test(this.#text[this.#at] ?? '')) return text('$', quoted);
    this.#at++;
    return { kind: 'unknown' };
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

const endOf = (ending: string): ShellCommand['end'] =>
  ending === '&&' || ending === '||' || ending === '&' ? ending : ending.startsWith('|') ? '|' : ';';
