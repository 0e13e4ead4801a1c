import type { ImageFact } from '../knowledge/image-fact.ts';
import type { Container } from '../model/model.ts';
import type { Located } from '../text/source.ts';
import { type Environment, expandArgument } from './environment.ts';

/** A flag of the image's facts as it is used in `command` or `args`. */
export interface FlagUse {
  readonly name: string;
  readonly value: string;
  /** The value as the manifest writes it: `$(PORT)` stays, so that no Secret is shown. */
  readonly written: string;
  readonly at: Located<string>;
  readonly field: 'command' | 'args';
}

export interface CommandLine {
  readonly flags: readonly FlagUse[];
  /** What of it is not understood, one phrase each; while there is any, no port is known. */
  readonly doubts: readonly string[];
}

interface Word {
  readonly raw: Located<string>;
  readonly text: string | undefined;
  readonly field: 'command' | 'args';
}

/** Reads the arguments of the image's own program (S-105): its flags are known, another program's are not. */
export function readCommandLine(
  container: Container,
  fact: ImageFact,
  environment: Environment,
): CommandLine {
  const command = wordsOf(container.command, 'command', environment);
  const args = wordsOf(container.args, 'args', environment);
  const program = command[0] ?? args[0];
  const named = isProgram(program, fact);
  if (command.length > 0 && !named) {
    return {
      flags: [],
      doubts: [`command of container ${container.name} replaces that of the image ${fact.id}`],
    };
  }
  return readWords([...command, ...args].slice(named ? 1 : 0), container, fact);
}

function wordsOf(
  list: readonly Located<string>[] | undefined,
  field: Word['field'],
  environment: Environment,
): Word[] {
  return (list ?? []).map((raw) => ({ raw, text: expandArgument(raw.value, environment).value, field }));
}

const isProgram = (word: Word | undefined, { programs }: ImageFact): boolean =>
  word?.text !== undefined && programs.includes(word.text.slice(word.text.lastIndexOf('/') + 1));

function readWords(words: readonly Word[], container: Container, fact: ImageFact): CommandLine {
  const moving = new Set(fact.ports.flatMap(({ moves }) => moves.flags.map(({ name }) => name)));
  const flags: FlagUse[] = [];
  const doubts: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const { text, raw, field } = word;
    const next = words[index + 1];
    const where = `${field} of container ${container.name}`;
    const [name, value] = splitFlag(text ?? raw.value);
    // Some programs take a flag and its value as one word: `--requirepass secret`.
    const [flag = ''] = name.split(/\s/, 1);
    const isKnown = isHarmless(name, flag, fact) && (flag === name || !moving.has(flag));
    if (text === undefined && (moving.has(flag) || !isKnown)) {
      doubts.push(`\`${raw.value}\` in ${where} holds a value that is not in the input`);
    } else if (moving.has(name)) {
      if (value !== undefined) {
        flags.push({ name, value, written: splitFlag(raw.value)[1] ?? raw.value, at: raw, field });
      } else if (next?.text !== undefined) {
        index++;
        flags.push({ name, value: next.text, written: next.raw.value, at: next.raw, field: next.field });
      } else {
        if (next) index++;
        doubts.push(`the value of \`${name}\` in ${where} is not in the input`);
      }
    } else if (isHarmlessPair(name, next?.text, fact)) index++;
    else {
      if (!isKnown) doubts.push(`\`${name}\` in ${where} is not known for the image ${fact.id}`);
      // The values of a flag that is not followed: nothing is read out of them.
      if (isFlag(name)) while (isValue(words[index + 1])) index++;
    }
  }
  return { flags, doubts };
}

const isFlag = (text: string): boolean => /^--?[^-]/.test(text);

const isValue = (word: Word | undefined): boolean => word !== undefined && !(word.text ?? '').startsWith('-');

function splitFlag(text: string): [name: string, value: string | undefined] {
  const equals = isFlag(text) ? text.indexOf('=') : -1;
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** A bare word is never harmless: many programs read it as a configuration file, or read no flag after it. */
const isHarmless = (
  text: string,
  name: string,
  { otherArgsHarmless, harmlessArgs = [] }: ImageFact,
): boolean => isFlag(text) && (otherArgsHarmless || harmlessArgs.includes(name));

const isHarmlessPair = (text: string, next: string | undefined, { harmlessArgs = [] }: ImageFact): boolean =>
  next !== undefined &&
  harmlessArgs.some((known) =>
    known.endsWith('=') ? `${text} ${next}`.startsWith(known) : `${text} ${next}` === known,
  );
