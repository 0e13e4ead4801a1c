import { execForm } from './exec-form.ts';

/** The characters that may escape: `\` unless a directive says the backtick. */
export type EscapeToken = '\\' | '`';

/** One instruction with its continued lines joined and its flags and heredocs left out. */
export interface Instruction {
  /** In capitals: `EXPOSE`. */
  readonly name: string;
  readonly text: string;
  /** 1-based line on which it begins. */
  readonly line: number;
}

export interface Instructions {
  readonly escapeToken: EscapeToken;
  readonly instructions: readonly Instruction[];
  /** The heredoc that runs into the end of the file, if one does. */
  readonly unterminated: { readonly line: number; readonly name: string } | undefined;
}

const DIRECTIVE = /^#\s*([a-z][a-z0-9]*)\s*=(.*)$/i;
const COMMENT = /^\s*#/;
const CONTINUED = { '\\': /(?<!\\)\\[ \t]*$/, '`': /(?<!`)`[ \t]*$/ } as const;
const FLAGS = /^(?:--\S*(?:\s+|$))+/;
const TAKES_HEREDOC = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\b/i;
const HEREDOC = /(?<=^|\s)\d*<<(-?)(["']?)([^\s<"']+)\2(?=\s|$)/g;

/**
 * Splits a Dockerfile into its instructions as BuildKit does (moby/buildkit, frontend/dockerfile/parser/parser.go,
 * Parse): comments and empty lines inside a continued instruction are passed over.
 */
export function splitInstructions(text: string): Instructions {
  const lines = text.split(/\r?\n/);
  const escapeToken = escapeOf(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = at + 1;
    const [joined, next] = joinContinued(lines, at, escapeToken);
    at = next;
    if (joined === '') continue;
    const [, name = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(joined) ?? [];
    instructions.push({ name: name.toUpperCase(), text: rest.replace(FLAGS, ''), line });
    for (const heredoc of heredocsOf(joined)) {
      at = endOf(heredoc, lines, at);
      if (at > lines.length) return { escapeToken, instructions, unterminated: { line, name: heredoc.name } };
    }
  }
  return { escapeToken, instructions, unterminated: undefined };
}

/** Directives stand before everything else, one a line. */
function escapeOf(lines: readonly string[]): EscapeToken {
  for (const line of lines) {
    const [, key, value = ''] = DIRECTIVE.exec(line.trim()) ?? [];
    if (key === undefined || value === '') break;
    if (key.toLowerCase() === 'escape' && value.trim() === '`') return '`';
  }
  return '\\';
}

/** The instruction that begins at a line, empty for a comment or an empty line, and the line after it. */
function joinContinued(lines: readonly string[], from: number, escapeToken: EscapeToken): [string, number] {
  const first = lines[from]!;
  if (COMMENT.test(first)) return ['', from + 1];
  const parts: string[] = [];
  let at = from;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    if (at > from && (COMMENT.test(line) || line.trim() === '')) continue;
    const part = line.replace(CONTINUED[escapeToken], '');
    parts.push(part);
    if (part === line) break;
  }
  return [parts.join('').trim(), at + 1];
}

interface Heredoc {
  readonly name: string;
  /** `<<-`: tabs before the end may stand. */
  readonly chomp: boolean;
}

function heredocsOf(instruction: string): Heredoc[] {
  if (!TAKES_HEREDOC.test(instruction) || !instruction.includes('<<')) return [];
  const operands = instruction.replace(/^(?:ONBUILD\s+)?\S+\s*/i, '').replace(FLAGS, '');
  if (execForm(operands) !== 'text') return [];
  return [...operands.matchAll(HEREDOC)].map(([, dash, , name = '']) => ({ name, chomp: dash === '-' }));
}

/** The line after a heredoc's end; past the last line and one more when it has none. */
function endOf({ name, chomp }: Heredoc, lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]!;
    if ((chomp ? line.replace(/^\t+/, '') : line) === name) return at + 1;
  }
  return lines.length + 1;
}
