import type { Stretch } from './sockets.ts';

export interface CaddyWord extends Stretch {
  readonly text: string;
}

/** A line with its block, if it opens one. */
export interface CaddyDirective {
  readonly words: readonly CaddyWord[];
  readonly block: readonly CaddyDirective[] | undefined;
}

export interface CaddyTree {
  readonly directives: readonly CaddyDirective[];
  /** False where a brace is missing. */
  readonly whole: boolean;
}

interface OpenBlock {
  readonly words: readonly CaddyWord[];
  readonly directives: CaddyDirective[];
}

// Words as caddyconfig/caddyfile/lexer.go has them: quotes and backticks around a whole word, `#` before one, heredocs.
const TOKEN =
  /(\n)|\\\r?\n|[^\S\n]+|#[^\n]*|"((?:[^"\\]|\\.)*)"|`([^`]*)`|<<(\w+)\n|((?:\\[^\n]|[^\s\\])+)|./gsy;

/** Reads the lines and blocks of a Caddyfile; never throws. */
export function readCaddyfile(text: string): CaddyTree {
  const root: OpenBlock = { words: [], directives: [] };
  const open: OpenBlock[] = [root];
  let words: CaddyWord[] = [];
  let whole = true;
  const finish = (): void => {
    if (words.length > 0) open.at(-1)!.directives.push({ words, block: undefined });
    words = [];
  };
  const close = ({ words: own, directives }: OpenBlock): void => {
    open.at(-1)!.directives.push({ words: own, block: directives });
  };
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null && token[0] !== ''; token = TOKEN.exec(text)) {
    const [, newline, quoted, raw, heredoc, bare] = token;
    if (heredoc !== undefined) {
      const marker = new RegExp(`^[^\\S\\n]*${heredoc}(?!\\S)`, 'gm');
      marker.lastIndex = TOKEN.lastIndex;
      if (!marker.test(text)) {
        whole = false;
        break;
      }
      TOKEN.lastIndex = marker.lastIndex;
    }
    const word = quoted?.replace(/\\(["\\])/g, '$1') ?? raw ?? heredoc ?? bare;
    // A list of addresses goes on behind a comma.
    if (newline !== undefined && !words.at(-1)?.text.endsWith(',')) finish();
    else if (bare === '{') {
      open.push({ words, directives: [] });
      words = [];
    } else if (bare === '}') {
      finish();
      const block = open.length > 1 ? open.pop() : undefined;
      if (block) close(block);
      else whole = false;
    } else if (word !== undefined) {
      words.push({ text: word, start: token.index, end: TOKEN.lastIndex });
    }
  }
  finish();
  whole &&= open.length === 1;
  for (let block = open.pop(); block !== undefined && block !== root; block = open.pop()) close(block);
  return { directives: root.directives, whole };
}
