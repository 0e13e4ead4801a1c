import { Argument, Command, CommanderError, Option } from 'commander';
import { VERSION } from '../version.ts';
import { clusterOptions, clusterSourceOptions } from './cluster-options.ts';
import { complain } from './complain.ts';
import { completionsFor } from './complete.ts';
import type { COMPLETION_SCRIPTS } from './completion-scripts.ts';
import { EXIT, EXIT_HELP } from './exit-codes.ts';
import { isTerminal, STDOUT } from './is-terminal.ts';
import {
  configurationOptions,
  imageOptions,
  inputOptions,
  renderingOptions,
  several,
} from './option-groups.ts';
import { isKubectlCompletion } from './program-name.ts';
import { isUsageError } from './usage-error.ts';
import { print } from './write.ts';

/** As commander has it where it is no terminal that reads. */
const USUAL_COLUMNS = 80;

/** Commands that read manifests, and those that read them from clusters as well. */
const OF_MANIFESTS: ReadonlySet<string> = new Set(['check', 'trace', 'verify', 'map', 'fix', 'ui']);
const OF_CLUSTERS: ReadonlySet<string> = new Set(['check', 'trace', 'map', 'ui']);

/** What a command takes besides its own options: each group is the same for all that have it. */
function sharedOptions(name: string): Option[] {
  if (name === 'explain') return configurationOptions();
  if (!OF_MANIFESTS.has(name)) return [];
  return [
    ...inputOptions(),
    ...configurationOptions(),
    ...imageOptions(),
    ...renderingOptions(),
    ...(OF_CLUSTERS.has(name) ? clusterSourceOptions() : []),
    ...(name === 'verify' ? clusterOptions() : []),
  ];
}

function addSharedOptions(command: Command): void {
  for (const option of sharedOptions(command.name())) command.addOption(option);
}

const color = (): Option =>
  new Option('--color <when>', 'colour the text').choices(['auto', 'always', 'never']).default('auto');
const PATHS =
  'files, folders (recursive: .yaml .yml .json), http(s) URLs, - for standard input; the working directory when left out';

/**
 * The commands and their options; what they do is loaded only when one is run. Options that several commands take are
 * made for those that the words name, as making all of them takes longer than the rest of `--help`.
 */
function program(words: readonly string[], done: (code: number) => void): Command {
  const cli = new Command('portolan')
    .description(
      'Follow the port chain of Kubernetes from the Internet to the process, and see which link is broken.',
    )
    .version(VERSION)
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .addHelpText('after', EXIT_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: print,
      writeErr: (text) => complain(text.trimEnd()),
      getOutHelpWidth: () => (isTerminal(STDOUT) ? process.stdout.columns : USUAL_COLUMNS),
      getOutHasColors: () => isTerminal(STDOUT),
    })
    .showSuggestionAfterError();

  cli
    .command('check')
    .description('check every chain; say which two places disagree, why that breaks, and what to change')
    .argument('[path...]', PATHS)
    .addOption(
      new Option(
        '-o, --output <format>',
        'text, json, sarif, html, github, gitlab, junit, rdjsonl, markdown or prometheus; FORMAT=FILE writes to a file (repeatable)',
      )
        .default([], 'text')
        .argParser(several),
    )
    .addOption(
      new Option(
        '--fail-on <severity>',
        'least severity that fails (default: what the configuration says, else error)',
      ).choices(['error', 'warning', 'info', 'never']),
    )
    .addOption(
      new Option('--rule <id>', 'run only this rule (repeatable, or a list with commas)')
        .default([], 'all')
        .argParser(several),
    )
    .addOption(
      new Option('--skip-rule <id>', 'leave out this rule (repeatable, or a list with commas)')
        .default([], 'none')
        .argParser(several),
    )
    .addOption(
      new Option(
        '--baseline <file>',
        'findings that were there before and do not count (see --write-baseline)',
      ),
    )
    .option(
      '--write-baseline',
      'write what is found now to the baseline (portolan.baseline when --baseline names none)',
      false,
    )
    .option('--prune-baseline', 'take out of the baseline what is mended; nothing is added', false)
    .addOption(
      new Option(
        '--changed-since <ref>',
        'tell only findings one of whose ends differs from where REF and the working tree part, by git',
      ),
    )
    .option('--watch', 'check again whenever a file changes, until Ctrl-C', false)
    .addOption(
      new Option(
        '--compare <path>',
        'chain by chain, what these manifests say, what the cluster has and what was seen of it (repeatable)',
      )
        .default([], 'none')
        .argParser(several),
    )
    .option('--vary', 'render charts again with each port changed, each switch on, each values file', false)
    .option('--plan', 'print what is built, how, and what is left out; check nothing', false)
    .option('--strict', 'parse every document, also of kinds that say nothing about ports', false)
    .addOption(color())
    .option('-q, --quiet', 'print errors only', false)
    .addHelpText('after', EXIT_HELP)
    .action(async (paths: string[], options) =>
      done(await (await import('./commands.ts')).runCheck(paths, options)),
    );

  cli
    .command('trace')
    .description('follow one chain hop by hop, with the place that says each number')
    .argument('<target>', 'a URL, a host, ingress/NAME, svc/NAME[:PORT], deploy/NAME, pod/NAME …')
    .argument('[path...]', PATHS)
    .addOption(
      new Option(
        '--logs <container=file>',
        'the log of a container as evidence; [KIND/]WORKLOAD/CONTAINER or its name alone (repeatable)',
      )
        .default([], 'none')
        .argParser(several),
    )
    .addOption(color())
    .addHelpText(
      'after',
      `${EXIT_HELP}\n  trace exits with 1 when a chain of the target is broken, and with 2 when nothing matches it\n`,
    )
    .action(async (target: string, paths: string[], options) =>
      done(await (await import('./commands.ts')).runTrace(target, paths, options)),
    );

  cli
    .command('verify')
    .description(
      'ask what runs in the cluster, hop by hop: logs, sockets, connections; and say who is wrong about the port',
    )
    .argument('[target]', 'as trace has it; every chain of the namespace when left out')
    .argument('[path...]', `manifests to hold against what runs: ${PATHS}`)
    .addOption(
      new Option(
        '--through <address>',
        'where the controller of routes is reached: ADDRESS[:PORT] or http(s)://… (repeatable; default: what their status says)',
      )
        .default([], 'none')
        .argParser(several),
    )
    .option(
      '--outside',
      'dial nodePorts, hostPorts and load balancers from here, as clients outside do',
      false,
    )
    .addOption(
      new Option(
        '--node <address>',
        'where clients reach a node, for --outside (repeatable; default: what the status of a Pod says)',
      )
        .default([], 'none')
        .argParser(several),
    )
    .option('--pod', 'run one short-lived Pod that looks from inside the cluster, and delete it', false)
    .option(
      '--ephemeral',
      'where no container of a Pod has `cat`, add one that has: it stays in its record',
      false,
    )
    .addOption(new Option('--pod-image <image>', 'image of that Pod or container').default('busybox:1.36'))
    .option('--dry-run', 'print what would be asked, and ask nothing of what runs', false)
    .addOption(
      new Option('-o, --output <format>', 'text or json; FORMAT=FILE writes to a file (repeatable)')
        .default([], 'text')
        .argParser(several),
    )
    .addOption(color())
    .addHelpText(
      'after',
      `${EXIT_HELP}\n  verify exits with 1 when a chain is broken or is not answered, and with 2 when nothing matches the target\n`,
    )
    .action(async (target: string | undefined, paths: string[], options) =>
      done(
        await (await import('./commands.ts')).runVerify(
          target === undefined ? paths : [target, ...paths],
          options,
        ),
      ),
    );

  cli
    .command('map')
    .description('draw the chains, from the Internet to the process, with both numbers at every arrow')
    .argument('[target]', 'as trace has it; every chain when left out')
    .argument('[path...]', PATHS)
    .addOption(
      new Option(
        '-o, --output <format>',
        'svg, html, mermaid, dot or png; FORMAT=FILE writes to a file (repeatable)',
      )
        .default([], 'svg')
        .argParser(several),
    )
    .addOption(
      new Option('--theme <theme>', 'colours of the svg; auto goes by the screen that shows it')
        .choices(['auto', 'light', 'dark'])
        .default('auto'),
    )
    .addHelpText('after', EXIT_HELP)
    .action(async (target: string | undefined, paths: string[], options) =>
      done(
        await (await import('./commands.ts')).runMap(
          target === undefined ? paths : [target, ...paths],
          options,
        ),
      ),
    );

  cli
    .command('fix')
    .description('mend what can be mended: print it as a diff, or write it with --write')
    .argument('[path...]', PATHS)
    .option('-w, --write', 'write the files; nothing is written without it', false)
    .option(
      '--unsafe',
      'also fixes that choose an end: asks about each on a terminal; all at once only with --end and --rule or --finding',
      false,
    )
    .addOption(
      new Option('--rule <id>', 'only findings of this rule (repeatable, or a list with commas)')
        .default([], 'all')
        .argParser(several),
    )
    .addOption(
      new Option('--finding <fingerprint>', 'only this finding; `check -o json` prints fingerprints'),
    )
    .addOption(
      new Option('--end <end>', 'with --unsafe: the end of the chain that is changed').choices([
        'service',
        'pod',
        'route',
      ]),
    )
    .addOption(color())
    .addHelpText(
      'after',
      `
Exit codes:
  0  nothing to write, or all of it is written
  1  the diff is not written yet
  2  wrong usage or configuration, or input that cannot be read or parsed
  3  could not check, or could not write
`,
    )
    .action(async (paths: string[], options) =>
      done(await (await import('./commands.ts')).runFix(paths, options)),
    );

  cli
    .command('ui')
    .description(
      'show the chains on a page that follows what changes; only on this machine, to who has its address',
    )
    .argument('[path...]', PATHS)
    .option('--port <number>', 'port of 127.0.0.1 (default: any that is free)', '0')
    .option('--allow-write', 'let the page apply fixes; nothing is written without it', false)
    .action(async (paths: string[], options) =>
      done(await (await import('./commands.ts')).runUi(paths, options)),
    );

  cli
    .command('explain')
    .description(
      'print the page of a rule or concept, the list of them, the kinds that are followed, or what is known of an image',
    )
    .argument(
      '[topic]',
      'the id that a finding shows; a concept: containerPort, PORT, compose …; kinds; or image',
    )
    .argument('[image]', 'after image: a name as manifests write it')
    .addOption(color())
    .action(async (topic: string | undefined, image: string | undefined, options) =>
      done(await (await import('./commands.ts')).runExplain(topic, image, options)),
    );

  cli
    .command('completion')
    .description('print what a shell reads to complete portolan')
    .addArgument(new Argument('<shell>', 'whose completion').choices(['bash', 'zsh', 'fish', 'powershell']))
    .action(async (shell: keyof typeof COMPLETION_SCRIPTS) =>
      print((await import('./commands.ts')).COMPLETION_SCRIPTS[shell]),
    );

  cli
    .command('man')
    .description('print the manual as a man page: `portolan man | man -l -`')
    .action(async () => {
      for (const command of cli.commands) addSharedOptions(command);
      print((await import('./commands.ts')).manPageOf(cli, VERSION));
    });

  cli
    .command('version')
    .description('print the version')
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'))
    .action(async ({ output }: { readonly output: 'text' | 'json' }) =>
      print(output === 'json' ? (await import('./commands.ts')).versionJson() : `${VERSION}\n`),
    );

  for (const command of cli.commands) if (words.includes(command.name())) addSharedOptions(command);
  return cli;
}

/** Does what the command line asks for, and sets the exit code. */
export async function run(): Promise<void> {
  const words = process.argv.slice(2);
  if (isKubectlCompletion()) {
    print(
      completionsFor(
        program(words, () => {}),
        words,
      ),
    );
    return;
  }
  try {
    await program(words, (code) => {
      process.exitCode = code;
    }).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own message; help and version are no faults.
      process.exitCode = error.exitCode === 0 ? EXIT.clean : EXIT.input;
      return;
    }
    complain(`portolan: ${wordsOf(error)}`);
    process.exitCode = isUsageError(error) || isGone(error) ? EXIT.input : EXIT.failed;
  }
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException)?.syscall === 'uv_cwd';

const wordsOf = (error: unknown): string =>
  isGone(error)
    ? 'the working directory is gone; change to one that exists'
    : error instanceof Error
      ? error.message
      : String(error);
