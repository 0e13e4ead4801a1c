import { findFramework, type StartedFramework } from '../../knowledge/framework-lookup.ts';
import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import type { Container } from '../../model/model.ts';
import { lastPart } from '../../text/slashes.ts';
import { type Environment, UNKNOWN } from '../environment/environment.ts';
import { doubt } from '../listeners/doubts/doubt.ts';
import type { MissingProof } from '../listeners/missing-proof.ts';
import { debuggerOf, interpreted } from './interpreters.ts';
import { followScript, isShell, scriptOf } from './shell.ts';
import { splitWords } from './shlex.ts';
import { isSubcommand } from './subcommand.ts';
import { newTrail, type Trail } from './trail.ts';
import { argumentsOf, derived, programName, type Word, wordsOfImage } from './word.ts';
import { unwrapped } from './wrappers.ts';
import { writerOf } from './writes.ts';

/** The program that a container runs in the end. */
export interface Start {
  /** What is known of it; undefined with a reason in `trail.unsettled`. */
  readonly fact: ImageFact | FrameworkFact | undefined;
  /** Its arguments; the whole command where nothing is known of the program. */
  readonly words: readonly Word[];
  readonly trail: Trail;
}

/**
 * Follows `command` and `args` over ENTRYPOINT and CMD (S-105), through shells and wrappers, to a program of the image
 * or to a framework.
 *
 * @param fact the facts of the image
 */
export function startOf(container: Container, environment: Environment, fact: ImageFact | undefined): Start {
  const trail = newTrail(environment);
  const { command, args, name, image } = container;
  const own = argumentsOf(command, `command of container ${name}`, environment);
  const given = argumentsOf(args, `args of container ${name}`, environment);
  const startsAnew = environment.image?.isDockerfile && environment.image.madeOf?.startsAnew;
  if (fact && own.length === 0 && !startsAnew) {
    return { fact, words: given.slice(isProgram(given[0], fact) ? 1 : 0), trail };
  }
  const config = environment.image;
  const replaced = own.length > 0;
  const entrypoint = replaced ? own : wordsOfImage(config?.entrypoint, `ENTRYPOINT of ${config?.from}`);
  const isDefault = !replaced && given.length === 0;
  const words = [...entrypoint, ...(isDefault ? wordsOfImage(config?.cmd, `CMD of ${config?.from}`) : given)];
  const isEntered = !replaced && entrypoint.length === 0 && config?.complete !== true;
  const start = startOfCommand(words, trail, container, fact);
  // What is known of an image is known of its ENTRYPOINT.
  if (isEntered && (!fact || start.fact !== fact)) {
    trail.remaining.unshift({
      kind: 'image',
      doubt: doubt('entrypoint-unknown', { image: config?.base ?? image?.value }),
    });
  }
  return start;
}

/** The same for the words of a command, be they the container's own or those of one of several programs in it. */
export function startOfCommand(
  words: readonly Word[],
  trail: Trail,
  container: Container,
  fact: ImageFact | undefined,
): Start {
  const inner = followWrappers(words, trail, fact);
  if (trail.unsettled.length > 0) return { fact: undefined, words: [], trail };
  if (fact && (isProgram(inner[0], fact) || isSubcommand(inner[0], fact))) {
    const writer = writerOf(fact, trail.done);
    if (writer) {
      const { written, where } = writer;
      trail.remaining.push({
        kind: 'file',
        doubt: doubt('writes-configuration', { written, where, image: fact.id }),
      });
    }
    return { fact, words: inner.slice(isProgram(inner[0], fact) ? 1 : 0), trail };
  }
  const framework = frameworkIn(inner);
  if (framework) {
    const { written, where } = debuggerOf(inner) ?? {};
    if (written !== undefined && where !== undefined) {
      trail.remaining.push({
        kind: 'argument',
        doubt: doubt('argument-opens', { written, where, fact: framework.fact }),
      });
    }
    return { ...framework, trail };
  }
  trail.unsettled.push(notKnown(container, inner, fact));
  return { fact: undefined, words: inner, trail };
}

const MOST_WRAPPERS = 20;

function followWrappers(words: readonly Word[], trail: Trail, fact: ImageFact | undefined): readonly Word[] {
  let inner = words;
  for (let count = 0; count < MOST_WRAPPERS; count++) {
    const program = programName(inner[0]);
    const [script, ...given] = isShell(inner[0]) ? scriptOf(inner) : [];
    if (script) inner = followScript(script, trail, given);
    else if (program === 'env' || program === 'cross-env') inner = followEnv(inner, trail);
    // The image's own script ends in the program that it is given.
    else if (fact && /^(?:docker-)?entrypoint\.sh$/.test(program)) inner = inner.slice(1);
    else {
      const next = unwrapped(inner);
      if (!next) break;
      if (next.wrapper.setsVariables) trail.unseen ??= `\`${program}\` in ${inner[0]!.where}`;
      inner = next.words;
    }
  }
  return inner;
}

/** `env NAME=value program`, and npm's `cross-env`. */
function followEnv(words: readonly Word[], trail: Trail): readonly Word[] {
  for (let index = 1; index < words.length; index++) {
    const word = words[index]!;
    const [, name, value = ''] = /^([^=-][^=]*)=(.*)$/s.exec(word.marked) ?? [];
    if (name !== undefined) {
      const { at, where: from, secret } = word;
      const known = value.includes(UNKNOWN) ? undefined : value;
      trail.assigned.set(name, { name, value: known, at, from, secret, origin: 'pod' });
    } else if (word.marked === '--') {
      return words.slice(index + 1);
    } else if (word.marked === '-u' || word.marked === '--unset') {
      index++;
      unset(words[index], trail);
    } else if (word.marked.startsWith('-S') || word.marked === '--split-string') {
      const joined = word.marked.startsWith('-S') ? word.marked.slice('-S'.length) : '';
      const [text, rest] = joined
        ? [joined, words.slice(index + 1)]
        : [words[index + 1]?.marked ?? '', words.slice(index + 2)];
      const split = splitWords(text) ?? [UNKNOWN];
      return followEnv(
        [words[0]!, ...split.map((one) => derived(word, one, one, word.secret)), ...rest],
        trail,
      );
    } else if (word.marked.startsWith('-')) {
      const { written, where } = word;
      trail.unsettled.push({ kind: 'argument', doubt: doubt('env-option', { written, where }) });
      return [];
    } else return words.slice(index);
  }
  return [];
}

/** What the Pod sets is taken away again; what the program reads then is not followed. */
function unset(word: Word | undefined, { assigned }: Trail): void {
  if (!word) return;
  const { marked: name, at, where: from, secret } = word;
  assigned.set(name, { name, value: undefined, at, from, secret, origin: 'pod' });
}

const isProgram = (word: Word | undefined, { programs }: ImageFact): boolean =>
  programs.includes(lastPart(word?.text ?? ''));

/** A framework by its own name, or as what an interpreter runs: `python -m uvicorn`, `node node_modules/.bin/vite`. */
function frameworkIn(words: readonly Word[]): { fact: FrameworkFact; words: readonly Word[] } | undefined {
  const started = findFramework(namesOf(words));
  if (started) return { fact: started.fact, words: argumentsLeft(words, started) };
  const inner = interpreted(words);
  if (!inner) return undefined;
  const names = namesOf(inner);
  const path = inner[0]?.text?.replace(/^\.?\//, '') ?? '';
  const run = findFramework(names) ?? findFramework([path, ...names.slice(1)]);
  return run && { fact: run.fact, words: argumentsLeft(inner, run) };
}

/** The program's bare name, `vite` of `vite@5` too; then the words as they are. */
const namesOf = (words: readonly Word[]): string[] =>
  words.map((word, index) =>
    index === 0 ? programName(word).replace(/(?<=.)@.*/, '') : (word.text ?? UNKNOWN),
  );

const argumentsLeft = (words: readonly Word[], { used }: StartedFramework): Word[] =>
  words.filter((_, index) => !used.has(index));

/** Programs that start others, and where it stands which. An image always brings some of that along. */
const SUPERVISORS: ReadonlyMap<string, string> = new Map([
  ['supervisord', 'supervisord.conf'],
  ['s6-svscan', 'its directory of services'],
  ['runsvdir', 'its directory of services'],
  ['runit', '/etc/service'],
  ['circusd', 'circus.ini'],
  ['foreman', 'the Procfile'],
  ['honcho', 'the Procfile'],
  ['overmind', 'the Procfile'],
  ['pm2', 'ecosystem.config.js'],
  ['pm2-runtime', 'ecosystem.config.js'],
]);

const PACKAGE_MANAGERS: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);

function notKnown(
  { name, image }: Container,
  words: readonly Word[],
  fact: ImageFact | undefined,
): MissingProof {
  const [program] = words;
  if (program && PACKAGE_MANAGERS.has(programName(program))) {
    const shown = words.slice(0, 3).map(({ written }) => written);
    const word = { written: shown.join(' '), where: program.where };
    return { kind: 'file', doubt: doubt('package-script', word) };
  }
  if (fact) return { kind: 'program', doubt: doubt('program-replaced', { container: name, image: fact.id }) };
  if (!image) return { kind: 'image', doubt: doubt('image-unnamed', {}) };
  const configuration = SUPERVISORS.get(programName(program));
  if (program) {
    const { written, where } = program;
    if (configuration) return { kind: 'file', doubt: doubt('supervised', { written, where, configuration }) };
    if (!where.startsWith('args '))
      return { kind: 'program', doubt: doubt('program-unknown', { written, where }) };
  }
  return { kind: 'image', doubt: doubt('image-unknown', { image: image.value }) };
}
