/** A word of execline: text, or a block of words between `{` and `}`. */
export type ExeclineWord = string | readonly ExeclineWord[];

/** One piece; `\` stands before what has no meaning of its own. */
const PIECE = /"((?:[^"\\]|\\.)*)"|((?:[^\s"\\]|\\.)+)|\s+/sy;
const DEEPEST = 20;

/** A script of execline (https://skarnet.org/software/execline/grammar.html); undefined where it is not understood. */
export function readExecline(script: string): readonly ExeclineWord[] | undefined {
  const open: ExeclineWord[][] = [[]];
  /** What was read last belongs to the word before, as nothing stands between. */
  let joined = false;
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < script.length) {
    const at = PIECE.lastIndex;
    if (!joined && script[at] === '#') {
      PIECE.lastIndex = lineEnd(script, at);
      continue;
    }
    const found = PIECE.exec(script);
    if (!found || open.length > DEEPEST) return undefined;
    const [, quoted, bare] = found;
    const words = open.at(-1)!;
    if (!joined && bare === '{') open.push([]);
    else if (!joined && bare === '}') {
      const block = open.pop()!;
      const outer = open.at(-1);
      if (!outer) return undefined;
      outer.push(block);
    } else if (quoted !== undefined || bare !== undefined) {
      const text = (quoted ?? bare)!.replace(/\\(.)/gs, '$1');
      const before = words.at(-1);
      if (joined && typeof before === 'string') words[words.length - 1] = before + text;
      else words.push(text);
    }
    joined = quoted !== undefined || (bare !== undefined && bare !== '{' && bare !== '}');
  }
  return open.length === 1 ? open[0] : undefined;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
