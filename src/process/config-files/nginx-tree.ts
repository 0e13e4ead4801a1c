import type { Stretch } from './sockets.ts';

/** `listen 8080 ssl;` or `server { … }`. */
export interface NginxDirective extends Stretch {
  readonly name: string;
  readonly words: readonly string[];
  /** Undefined for a directive that ends with `;`. */
  readonly block: readonly NginxDirective[] | undefined;
}

export interface NginxTree {
  readonly directives: readonly NginxDirective[];
  /** False where a brace, a quote or a semicolon is missing. */
  readonly whole: boolean;
}

interface OpenBlock {
  readonly directives: NginxDirective[];
  /** Of the directive that holds the block. */
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

// No package that is kept up reads this format with places, so it is read here, as ngx_conf_read_token does: words
// between white space, quotes around a whole word only, `;`, `{` and `}` between words, `${name}` inside them.
const TOKEN =
  /\s+|#[^\n]*|([;{}])|"((?:[^"\\]|\\.)*)"(?=[\s;{)]|$)|'((?:[^'\\]|\\.)*)'(?=[\s;{)]|$)|((?:\$\{|\\.|[^\s;{}"'#])(?:\$\{|\\.|[^\s;{])*)|./gsy;

/** Far deeper than any configuration, and far from the end of the call stack. */
const MAX_DEPTH = 100;

/** Braces of Lua are not nginx's. */
const LUA = /_by_lua_block$/;

/** Reads the directives of one file; never throws. */
export function readNginx(text: string): NginxTree {
  const root: OpenBlock = { directives: [], words: [], start: 0, end: 0 };
  const open: OpenBlock[] = [root];
  let words: string[] = [];
  let start = 0;
  let end = 0;
  let whole = true;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null && token[0] !== ''; token = TOKEN.exec(text)) {
    const [all, mark, double, single, bare] = token;
    const word = double ?? single ?? bare;
    if (word !== undefined) {
      if (words.length === 0) start = token.index;
      words.push(word.replace(/\\(["'\\ ])/g, '$1'));
      end = token.index + all.length;
    } else if (mark === ';') {
      if (words.length > 0) open.at(-1)!.directives.push(directive(words, start, end, undefined));
      words = [];
    } else if (mark === '{') {
      if (open.length > MAX_DEPTH) break;
      open.push({ directives: [], words, start, end });
      if (LUA.test(words[0] ?? '')) TOKEN.lastIndex = endOfLua(text, TOKEN.lastIndex);
      words = [];
    } else if (mark === '}') {
      const block = open.length > 1 ? open.pop() : undefined;
      whole &&= block !== undefined && words.length === 0;
      if (block)
        open.at(-1)!.directives.push(directive(block.words, block.start, block.end, block.directives));
      words = [];
    } else if (!/^[\s#]/.test(all)) whole = false;
  }
  whole &&= open.length === 1 && words.length === 0;
  for (let block = open.pop(); block !== undefined && block !== root; block = open.pop()) {
    open.at(-1)!.directives.push(directive(block.words, block.start, block.end, block.directives));
  }
  return { directives: root.directives, whole };
}

const directive = (
  [name = '', ...words]: readonly string[],
  start: number,
  end: number,
  block: readonly NginxDirective[] | undefined,
): NginxDirective => ({ name, words, start, end, block });

const LUA_TOKEN = /--\[\[|--[^\n]*|\[\[|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|[{}]/g;

/** The `}` that closes a block of Lua, whose strings and comments may hold braces too. */
function endOfLua(text: string, from: number): number {
  LUA_TOKEN.lastIndex = from;
  let depth = 1;
  for (let match = LUA_TOKEN.exec(text); match !== null; match = LUA_TOKEN.exec(text)) {
    const [token] = match;
    if (token.endsWith('[[') && /^(?:--)?\[\[$/.test(token)) {
      const end = text.indexOf(']]', LUA_TOKEN.lastIndex);
      if (end < 0) return text.length;
      LUA_TOKEN.lastIndex = end + 2;
    } else if (token === '{') depth++;
    else if (token === '}') depth--;
    if (depth === 0) return match.index;
  }
  return text.length;
}
