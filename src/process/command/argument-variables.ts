import type { FrameworkFact, ImageFact } from '../../knowledge/image-fact.ts';
import { type Environment, findVariable, UNKNOWN } from '../environment/environment.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import type { Word } from './word.ts';

/** The words of variables that a program reads before its command line. Quotes in them are left as they are. */
const wordsOfVariables = ({ argumentVariables = [] }: FrameworkFact, environment: Environment): Word[] =>
  argumentVariables.flatMap((name) => {
    const variable = findVariable(environment, name);
    if (!variable || variable.origin === 'service') return [];
    const { value = UNKNOWN, at, from, secret } = variable;
    return value
      .split(/\s+/)
      .filter((text) => text !== '')
      .map((marked) => ({
        text: marked.includes(UNKNOWN) ? undefined : marked,
        marked,
        written: secret ? '…' : marked,
        at,
        where: `${name} from ${from}`,
        secret,
      }));
  });

/** A flag that adds a socket each time does so within one source only: what stands on the command line replaces the rest. */
export function readArguments(
  words: readonly Word[],
  fact: ImageFact | FrameworkFact,
  environment: Environment,
): CommandLine {
  const told = readCommandLine(words, fact);
  const before = 'commands' in fact ? wordsOfVariables(fact, environment) : [];
  if (before.length === 0) return told;
  const { flags, doubts, openers } = readCommandLine(before, fact);
  const repeatable = new Set(
    fact.ports.flatMap(({ moves }) => moves.flags.flatMap((flag) => (flag.repeatable ? [flag.name] : []))),
  );
  const isReplaced = told.flags.some(({ name }) => repeatable.has(name));
  return {
    flags: [...flags.filter(({ name }) => !isReplaced || !repeatable.has(name)), ...told.flags],
    doubts: [...doubts, ...told.doubts],
    openers: [...openers, ...told.openers],
  };
}
