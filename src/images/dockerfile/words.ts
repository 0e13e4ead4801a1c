import type { EscapeToken } from './instructions.ts';

/** What a word may refer to. */
export interface Scope {
  valueOf(name: string): string | undefined;
  /**
   * Whether a name without a value here may have one when the image is built. `fallback`: the reference brings a
   * value for the case that it has none.
   */
  hidden(name: string, fallback: boolean): boolean;
}

/** A word whose value the Dockerfile alone does not tell. */
export class HiddenValue extends Error {
  override readonly name = 'HiddenValue';
}

/** A word that BuildKit refuses. */
export class WordError extends Error {
  override readonly name = 'WordError';
}

const RAW_WORD: Readonly<Record<EscapeToken, RegExp>> = {
  '\\': /(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*(?:"|\\?$)|'[^']*(?:'|$)|[^\s"'\\])+/g,
  '`': /(?:`[\s\S]|"(?:`[\s\S]|[^"`])*(?:"|`?$)|'[^']*(?:'|$)|[^\s"'`])+/g,
};

/** Splits at white space outside quotes; quotes and escapes stay (line_parsers.go, parseWords). */
export const rawWords = (text: string, escapeToken: EscapeToken): readonly string[] =>
  text.match(RAW_WORD[escapeToken]) ?? [];

/** Removes quotes and puts in variables; undefined where only the build knows the value. Throws WordError. */
export function knownWord(text: string, scope: Scope, escapeToken: EscapeToken): string | undefined {
  try {
    return new Expansion(text, scope, escapeToken).read(undefined).text;
  } catch (error) {
    if (error instanceof HiddenValue) return undefined;
    throw error;
  }
}

/**
 * The same, split at the white space that stands outside quotes once variables are put in. Throws HiddenValue or
 * WordError.
 */
export const expandWords = (text: string, scope: Scope, escapeToken: EscapeToken): readonly string[] =>
  new Expansion(text, scope, escapeToken).read(undefined).words;

const NAME = /\d+|[@*#?$!-]|[\p{L}_][\p{L}\p{Nd}_]*/uy;

/** Deeper and longer than any that is meant: what is beyond is not followed. */
const DEEPEST = 100;
const LONGEST = 128 * 1024;

/** Mirrors moby/buildkit, frontend/dockerfile/shell/lex.go; patterns (`#`, `%`, `/`) are left unresolved. */
class Expansion {
  readonly #source: string;
  readonly #scope: Scope;
  readonly #escape: EscapeToken;
  #at = 0;
  #depth = 0;

  constructor(source: string, scope: Scope, escapeToken: EscapeToken) {
    this.#source = source;
    this.#scope = scope;
    this.#escape = escapeToken;
  }

  read(stop: '}' | undefined): { readonly text: string; readonly words: readonly string[] } {
    let text = '';
    const words = [''];
    const add = (part: string, splits: boolean): void => {
      text += part;
      // Values that stand in one another double with each line.
      if (text.length > LONGEST) throw new HiddenValue(text.slice(0, 20));
      const [first = '', ...more] = splits ? part.split(/\s/) : [part];
      words.push(words.pop() + first);
      for (const word of more) words.push(word);
    };
    for (let char = this.#peek(); char !== ''; char = this.#peek()) {
      if (char === stop) {
        this.#at++;
        return { text, words };
      }
      if (char === '$') add(this.#variable(), true);
      else if (char === "'") add(this.#singleQuoted(), false);
      else if (char === '"') add(this.#doubleQuoted(), false);
      else if (char === this.#escape) {
        this.#at++;
        add(this.#next(), false);
      } else add(this.#next(), true);
    }
    if (stop) throw new WordError(`a \`${stop}\` is missing`);
    return { text, words: words.filter((word) => word !== '') };
  }

  #singleQuoted(): string {
    const end = this.#source.indexOf("'", this.#at + 1);
    if (end < 0) throw new WordError("a single quote `'` is not closed");
    const text = this.#source.slice(this.#at + 1, end);
    this.#at = end + 1;
    return text;
  }

  #doubleQuoted(): string {
    this.#at++;
    let text = '';
    for (let char = this.#peek(); char !== '"'; char = this.#peek()) {
      if (char === '') throw new WordError('a double quote `"` is not closed');
      if (text.length > LONGEST) throw new HiddenValue(text.slice(0, 20));
      if (char === '$') text += this.#variable();
      else {
        this.#at++;
        const escaped = char === this.#escape && ['"', '$', this.#escape].includes(this.#peek());
        text += escaped ? this.#next() : char;
      }
    }
    this.#at++;
    return text;
  }

  #variable(): string {
    this.#at++;
    if (this.#peek() !== '{') {
      const name = this.#name();
      return name === '' ? '$' : (this.#lookUp(name, false) ?? '');
    }
    this.#at++;
    const name = this.#name();
    if (name === '') throw new WordError('`${` is not followed by a name');
    if (this.#peek() === '}') {
      this.#at++;
      return this.#lookUp(name, false) ?? '';
    }
    const emptyIsUnset = this.#peek() === ':';
    if (emptyIsUnset) this.#at++;
    return this.#modified(name, this.#next(), emptyIsUnset);
  }

  #modified(name: string, modifier: string, emptyIsUnset: boolean): string {
    if (++this.#depth > DEEPEST) throw new HiddenValue(name);
    if (modifier === '') throw new WordError('a `}` is missing');
    if ('#%/'.includes(modifier)) throw new HiddenValue(name);
    if (!'-+?'.includes(modifier))
      throw new WordError(`\`\${${name}\` goes on with \`${modifier}\`, which BuildKit does not know`);
    const word = this.read('}').text;
    this.#depth--;
    const value = this.#lookUp(name, modifier !== '?');
    const set = value !== undefined && !(emptyIsUnset && value === '');
    if (modifier === '+') return set ? word : '';
    if (set) return value;
    if (modifier === '?') throw new WordError(`the variable \`${name}\` must have a value here`);
    return word;
  }

  #lookUp(name: string, fallback: boolean): string | undefined {
    const value = this.#scope.valueOf(name);
    if (value === undefined && this.#scope.hidden(name, fallback)) throw new HiddenValue(name);
    return value;
  }

  #name(): string {
    NAME.lastIndex = this.#at;
    const [name = ''] = NAME.exec(this.#source) ?? [];
    this.#at += name.length;
    return name;
  }

  #peek(): string {
    return this.#source.charAt(this.#at);
  }

  #next(): string {
    return this.#source.charAt(this.#at++);
  }
}
