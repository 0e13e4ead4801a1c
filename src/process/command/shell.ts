import { type FoundVariable, UNKNOWN } from '../environment/environment.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import { isHarmless } from './harmless.ts';
import { Exported, inFrontOf, type Variables } from './script-variables.ts';
import { parseScript, type ShellCommand, type ShellPart } from './shell-syntax.ts';
import { readVariable, type Trail } from './trail.ts';
import { derived, programName, type Word } from './word.ts';

/** A simple command as it is run. */
interface Step {
  readonly words: readonly Word[];
  /** Where its input and output go. */
  readonly files: readonly Word[];
  readonly end: ShellCommand['end'];
  /** What the command before it hangs on: `a || b` runs b only sometimes. */
  readonly after: ShellCommand['end'];
  /** Inside `if`, `while`, `until`, `for` or `case`. */
  readonly nested: boolean;
  /** What is exported by then, and what stands in front of it. */
  readonly exported: () => ReadonlyMap<string, FoundVariable>;
}

const OPENING: ReadonlySet<string> = new Set(['if', 'while', 'until']);
/** What a loop without end asks. */
const ALWAYS: ReadonlySet<string> = new Set(['true', ':']);
const CLOSING: ReadonlySet<string> = new Set(['fi', 'done']);
const BETWEEN: ReadonlySet<string> = new Set(['then', 'else', 'elif', 'do', '!', '{', '}']);
const NOT_FOLLOWED: ReadonlySet<string> = new Set(['select', 'function', '.', 'source', 'eval']);
const SOURCING: ReadonlySet<string> = new Set(['.', 'source']);
const EXPORTING: ReadonlySet<string> = new Set(['export', 'readonly', 'declare', 'typeset', 'local']);
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

/**
 * The command of a script that stays: the last one that is not known to be done at once. Commands before it end before
 * it starts; those that run beside it go into `trail.beside`.
 *
 * @param given what stands behind the script, from `$0` on
 */
export function followScript(script: Word, trail: Trail, given: readonly Word[] = []): readonly Word[] {
  const commands = parseScript(script.marked);
  const steps = commands && stepsOf(commands, script, trail, given);
  const staying = steps?.findLastIndex(({ words }) => !isHarmless(words)) ?? -1;
  const step = steps?.[staying];
  if (!steps || !step || step.nested || (step.after === '||' && !isHarmless(steps[staying - 1]!.words))) {
    trail.unsettled.push({ kind: 'program', doubt: doubt('script-not-followed', { where: script.where }) });
    return [];
  }
  for (const [name, variable] of step.exported()) trail.assigned.set(name, variable);
  for (const [index, { words, files, end, nested, exported }] of steps.entries()) {
    if (index !== staying) trail.done.push({ words, files });
    if (index === staying || isHarmless(words)) continue;
    const word = { written: words[0]!.written, where: script.where };
    if (end === '&' && nested) trail.unsettled.push({ kind: 'program', doubt: doubt('runs-beside', word) });
    else if (end === '&') trail.beside.push({ words, assigned: exported() });
    else trail.remaining.push({ kind: 'program', doubt: doubt('leaves-running', word) });
  }
  return step.words;
}

/** Undefined when a part of it is not followed. */
function stepsOf(
  commands: readonly ShellCommand[],
  script: Word,
  trail: Trail,
  given: readonly Word[],
): Step[] | undefined {
  const steps: Step[] = [];
  const variables = {
    script,
    trail,
    given,
    own: new Map<string, FoundVariable>(),
    exported: new Exported(trail.assigned),
  };
  /** For each that is open, whether what stands in it is done sometimes only. */
  const open: boolean[] = [];
  let after: ShellCommand['end'] = ';';
  for (const command of commands) {
    const { end } = command;
    let rest = command.words;
    for (let word = literal(rest[0]); word !== undefined; word = literal(rest[0])) {
      if (word === 'for') {
        const name = literal(rest[1]) ?? '';
        variables.own.set(name, unknown(name, script));
        open.push(true);
        rest = [];
        break;
      }
      if (OPENING.has(word)) open.push(word !== 'while' || !ALWAYS.has(literal(rest[1]) ?? ''));
      else if (CLOSING.has(word)) open.pop();
      else if (!BETWEEN.has(word)) break;
      rest = rest.slice(1);
    }
    const depth = open.filter(Boolean).length;
    const program = literal(rest[0]) ?? '';
    // A virtual environment changes where programs are looked for, and nothing else.
    if (SOURCING.has(program) && literal(rest[1])?.endsWith('/bin/activate')) continue;
    if (NOT_FOLLOWED.has(program) || program.endsWith('()')) return undefined;
    const count = rest.findIndex((word) => !isAssignment(word));
    const assignments = count < 0 ? rest : rest.slice(0, count);
    const operands = rest.slice(assignments.length);
    if (EXPORTING.has(program)) {
      for (const word of operands.slice(1)) assign(word, variables, depth, true);
    } else if (program === 'unset') {
      for (const word of operands.slice(1))
        variables.own.set(literal(word) ?? '', unknown(literal(word) ?? '', script));
    } else if (operands.length === 0) for (const word of assignments) assign(word, variables, depth, false);
    const front = new Map<string, FoundVariable>();
    if (operands.length > 0) {
      for (const word of assignments)
        assign(
          word,
          {
            ...variables,
            own: inFrontOf(variables.own, new Map()),
            exported: inFrontOf(variables.exported, front),
          },
          depth,
          true,
        );
    }
    const exported = variables.exported.byNow(front);
    const words = operands.flatMap((word) => wordsOf(word, variables));
    const replaces = program === 'exec' && words.length > 1;
    const files = command.files.flatMap((word) => wordsOf(word, variables));
    // `exec 2>&1` moves the script's own output and starts nothing.
    if (program === 'exec' && words.length === 1) continue;
    if (words.length > 0) steps.push({ words, files, end, after, nested: depth > 0, exported });
    if (replaces && !command.subshell && depth === 0 && (after === ';' || after === '&')) break;
    after = end;
  }
  return steps;
}

/** What a script has set so far. */
interface Scope {
  readonly script: Word;
  readonly trail: Trail;
  readonly own: Variables;
  /** What the commands of the script are given. */
  readonly exported: Variables;
  /** Its arguments, from `$0` on. */
  readonly given: readonly Word[];
}

/** A word without anything to replace. */
function literal(parts: readonly ShellPart[] | undefined): string | undefined {
  return parts?.every((part) => part.kind === 'text')
    ? parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : undefined;
}

const isAssignment = (parts: readonly ShellPart[]): boolean => ASSIGNMENT.test(written(parts));

/** A variable that the environment does not have reaches the program only when it is exported. */
function assign(parts: readonly ShellPart[], scope: Scope, depth: number, exported: boolean): void {
  const { script, trail, own } = scope;
  const name = ASSIGNMENT.exec(written(parts))?.[1] ?? literal(parts) ?? '';
  const isExported = exported || readVariable(trail, name).kind === 'set';
  let variable = own.get(name);
  if (isAssignment(parts)) {
    const { marked, secret } = join(parts, scope);
    const value = depth > 0 || marked.includes(UNKNOWN) ? undefined : marked.slice(name.length + 1);
    variable = { ...unknown(name, script), value, secret: secret || script.secret };
    own.set(name, variable);
  }
  if (isExported && variable) scope.exported.set(name, variable);
}

const unknown = (name: string, { at, where, secret }: Word): FoundVariable => ({
  name,
  value: undefined,
  at,
  from: where,
  secret,
  origin: 'pod',
});

/** A word after expansion; what is not quoted is split at blanks, as the shell does. */
function wordsOf(parts: readonly ShellPart[], scope: Scope): Word[] {
  const [all, ...more] = parts.filter((part) => part.kind !== 'text' || part.text !== '');
  if (all?.kind === 'positional' && more.length === 0) {
    const { given } = scope;
    return all.index === 'all' ? given.slice(1) : given.slice(all.index, all.index + 1);
  }
  const { marked, secret } = join(parts, scope);
  const quotes = parts.some((part) => part.kind !== 'unknown' && part.quoted);
  const pieces = marked.split(SPLIT).filter((piece, _, all) => piece !== '' || (quotes && all.length === 1));
  return pieces.map((piece) =>
    derived(scope.script, piece, pieces.length === 1 ? written(parts) : secret ? '…' : piece, secret),
  );
}

/** Where the shell splits: a blank that comes out of a variable without quotes. No argument can hold the character. */
const SPLIT = '\u0001';

/** Longer than anything that a program can be given. */
const LONGEST = 128 * 1024;

function join(parts: readonly ShellPart[], scope: Scope): { marked: string; secret: boolean } {
  const secrets: boolean[] = [];
  const marked = parts.map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'unknown') return UNKNOWN;
    if (part.kind === 'positional') return positional(part, scope);
    const { value, secret } = meaningOf(part, scope);
    secrets.push(secret);
    return part.quoted ? value : value.replace(/[ \t\n]+/g, SPLIT);
  });
  // Values that a script puts into one another double with each line.
  const size = marked.reduce((sum, { length }) => sum + length, 0);
  return { marked: size > LONGEST ? UNKNOWN : marked.join(''), secret: secrets.includes(true) };
}

function positional({ index }: Extract<ShellPart, { kind: 'positional' }>, { given }: Scope): string {
  return index === 'all' ? UNKNOWN : (given[index]?.marked ?? '');
}

function meaningOf(
  { name, fallback }: Extract<ShellPart, { kind: 'variable' }>,
  scope: Scope,
): { value: string; secret: boolean } {
  const { trail, own } = scope;
  trail.reads.add(name);
  const there = own.get(name) ?? scope.exported.get(name);
  const reading = there ? ({ kind: 'set', variable: there } as const) : readVariable(trail, name);
  if (reading.kind === 'unknown') return { value: UNKNOWN, secret: false };
  if (reading.kind === 'set' && !(fallback?.whenEmpty && reading.variable.value === '')) {
    return { value: reading.variable.value ?? UNKNOWN, secret: reading.variable.secret };
  }
  if (reading.kind === 'unset' && reading.image) {
    trail.remaining.push({
      kind: 'image',
      doubt: doubt('image-env-for-script', { variable: name, where: scope.script.where }),
    });
  }
  const { marked, secret } = join(fallback?.parts ?? [], scope);
  return { value: marked, secret };
}

/** As the script has it, without quotes: `--port=$PORT`. */
const written = (parts: readonly ShellPart[]): string =>
  parts
    .map((part) =>
      part.kind === 'text'
        ? part.text
        : part.kind === 'variable'
          ? `$${part.name}`
          : part.kind === 'positional'
            ? `$${part.index === 'all' ? '@' : part.index}`
            : '$(…)',
    )
    .join('');

export const isShell = (word: Word | undefined): boolean =>
  /^(?:sh|bash|ash|dash|zsh|ksh)$/.test(programName(word));

/** The script of `sh -ec "…"` and what stands behind it, from `$0` on; empty for a shell that is given none. */
export function scriptOf(words: readonly Word[]): readonly Word[] {
  for (let index = 1; index < words.length; index++) {
    const flag = words[index]?.text ?? '';
    if (/^-[a-z]+$/i.test(flag) && /c/i.test(flag)) {
      const valued = flag.includes('o') ? 2 : 1;
      const place = index + valued;
      return words.slice(words[place]?.text === '--' ? place + 1 : place);
    }
    if (!/^[-+]/.test(flag)) return [];
    if (/^[-+][a-z]*o$/.test(flag)) index++;
  }
  return [];
}
