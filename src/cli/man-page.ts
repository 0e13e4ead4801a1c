import type { Argument, Command, Option } from 'commander';
import { EXIT_HELP } from './exit-codes.ts';

/** The manual, in the macros of man(7), made from the options of each command. */
export function manPageOf(program: Command, version: string): string {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).filter((command) => command.name() !== 'help');
  return [
    `.TH PORTOLAN 1 "" "portolan ${roff(version)}"`,
    '.SH NAME',
    `portolan \\- ${roff(program.description().replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    '.B portolan',
    '.I command',
    '.RI [ options ]',
    '.SH COMMANDS',
    ...commands.flatMap((command) => [
      `.SS portolan ${roff(help.commandUsage(command).replace(/^portolan /, ''))}`,
      roff(help.commandDescription(command)),
      ...help
        .visibleArguments(command)
        .flatMap((argument) => entry(argumentTerm(argument), help.argumentDescription(argument))),
      ...help
        .visibleOptions(command)
        .flatMap((option) => entry(optionTerm(option), help.optionDescription(option))),
    ]),
    '.SH EXIT STATUS',
    '.nf',
    ...EXIT_HELP.trim()
      .split('\n')
      .slice(1)
      .map((line) => roff(line.trim())),
    '.fi',
    '',
  ].join('\n');
}

const entry = (term: string, about: string): string[] => ['.TP', `.B ${roff(term)}`, roff(about)];

const argumentTerm = (argument: Argument): string => argument.name();

const optionTerm = ({ flags }: Option): string => flags;

/** A backslash and a hyphen mean something everywhere, a dot and a quote at the start of a line (groff, man(7)). */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
