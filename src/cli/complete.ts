import type { Command, Option } from 'commander';

/** What the shell does besides, as cobra numbers it: offer files, or nothing. */
const FILES = 0;
const NOTHING = 4;

/**
 * What may stand in the place of the last word, as kubectl asks its plugins: one a line with what it means, then a
 * directive (kubectl, pkg/cmd/plugin/plugin_completion.go).
 */
export function completionsFor(program: Command, typed: readonly string[]): string {
  const words = typed.at(-1) === POWERSHELL_EMPTY ? [...typed.slice(0, -1), ''] : typed;
  const [candidates, directive] = candidatesFor(program, words);
  const last = words.at(-1) ?? '';
  const lines = candidates
    .filter(([word]) => word.startsWith(last))
    .map(([word, about]) => `${word}\t${about}`);
  return `${[...lines, `:${directive}`].join('\n')}\n`;
}

/**
 * The word that is not begun yet, from PowerShell: up to 7.2 it leaves empty arguments out and takes two quotes for one,
 * from 7.3 on it passes the quotes as they are (about_Preference_Variables, PSNativeCommandArgumentPassing).
 */
const POWERSHELL_EMPTY = '""';

type Candidate = readonly [word: string, about: string];

function candidatesFor(
  program: Command,
  words: readonly string[],
): readonly [candidates: readonly Candidate[], directive: number] {
  const last = words.at(-1) ?? '';
  const named = words.slice(0, -1).find((word) => !word.startsWith('-'));
  const command = program.commands.find((one) => one.name() === named);
  if (!command) {
    return last.startsWith('-')
      ? [program.options.map(asCandidate), NOTHING]
      : [program.commands.map((one): Candidate => [one.name(), one.description()]), NOTHING];
  }
  const before = command.options.find(({ long, short }) => [long, short].includes(words.at(-2)));
  if (before && (before.required || before.optional)) {
    const isFile = /<(?:file|dir|path)>/.test(before.flags);
    return [(before.argChoices ?? []).map((choice): Candidate => [choice, '']), isFile ? FILES : NOTHING];
  }
  if (last.startsWith('-')) return [command.options.map(asCandidate), NOTHING];
  return [[], FILES];
}

const asCandidate = ({ long, short, description }: Option): Candidate => [long ?? short ?? '', description];
