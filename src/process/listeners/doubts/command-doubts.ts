import { nounOf } from '../../../knowledge/noun.ts';
import type { Reader, Wordings, Written } from './wording.ts';

/** What can be unknown of the program that a container runs, and of its arguments. */
export interface CommandDoubts {
  readonly 'process-failed': { readonly container: string; readonly cause: string };
  readonly 'script-not-followed': { readonly where: string };
  readonly 'runs-beside': Written;
  readonly 'leaves-running': Written;
  readonly 'image-env-for-script': { readonly variable: string; readonly where: string };
  readonly 'writes-configuration': Written & { readonly image: string };
  readonly 'env-option': Written;
  readonly 'package-script': Written;
  readonly 'program-replaced': { readonly container: string; readonly image: string };
  readonly supervised: Written & { readonly configuration: string };
  /** `path`: where the input does not hold all that it reads. */
  readonly 'supervises-more': { readonly program: string; readonly path: string };
  readonly 'program-unknown': Written;
  readonly 'subcommand-unsaid': { readonly image: string; readonly names: readonly string[] };
  readonly 'post-start': Reader & { readonly container: string };
  readonly 'argument-outside': Written;
  readonly 'argument-not-followed': Reader & Written;
  readonly 'argument-unknown': Reader & Written;
  readonly 'argument-opens': Reader & Written;
  readonly 'argument-of-launched': Written & { readonly launcher: string };
  readonly 'argument-not-joined': Written;
  readonly 'value-of-argument-outside': Written;
}

export const COMMAND_DOUBTS: Wordings<CommandDoubts> = {
  'process-failed': ({ container, cause }) =>
    `looking at what container ${container} runs failed, and what it opens is not known: ${cause}`,
  'script-not-followed': ({ where }) => `the shell script in ${where} is not followed`,
  'runs-beside': (word) => `${quoted(word)} runs beside the program`,
  'leaves-running': (word) => `what ${quoted(word)} leaves running is not known`,
  'image-env-for-script': ({ variable, where }) =>
    `ENV of the image can set ${variable}, which the script in ${where} reads`,
  'writes-configuration': ({ image, ...word }) =>
    `${quoted(word)} may write configuration of the image ${image}`,
  'env-option': ({ written, where }) => `\`env ${written}\` in ${where} is not followed`,
  'package-script': (word) => `${quoted(word)} runs a script of package.json, which is not in the input`,
  'program-replaced': ({ container, image }) =>
    `command of container ${container} replaces that of the image ${image}`,
  supervised: ({ configuration, ...word }) =>
    `${quoted(word)} starts what ${configuration} names, which is not read`,
  'supervises-more': ({ program, path }) =>
    `\`${program}\` may start more programs out of ${path}, which the input does not hold`,
  'program-unknown': (word) => `the program ${quoted(word)} is not known`,
  'subcommand-unsaid': ({ image, names }) =>
    `the image ${image} starts nothing without a subcommand (${names.map((name) => `\`${name}\``).join(', ')}), and the container names none`,
  'post-start': ({ container, fact }) =>
    `the postStart hook of container ${container} may move a port of ${nounOf(fact)}`,
  'argument-outside': (word) => `${quoted(word)} holds a value that is not in the input`,
  'argument-not-followed': ({ fact, ...word }) => `${quoted(word)} is not followed for ${nounOf(fact)}`,
  'argument-unknown': ({ fact, ...word }) => `${quoted(word)} is not known for ${nounOf(fact)}`,
  'argument-opens': ({ fact, ...word }) => `${quoted(word)} may open a port beside those of ${nounOf(fact)}`,
  'argument-of-launched': ({ launcher, ...word }) =>
    `${quoted(word)} stands behind the program that ${launcher} starts, where ${launcher} does not read it`,
  'argument-not-joined': (word) => `${quoted(word)} has no value behind \`=\``,
  'value-of-argument-outside': (word) => `the value of ${quoted(word)} is not in the input`,
};

const quoted = ({ written, where }: Written): string => `\`${written}\` in ${where}`;
