import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { completionsFor } from './complete.ts';

const program = new Command('portolan').version('1');
program
  .command('check')
  .description('check every chain')
  .option('-q, --quiet', 'print errors only')
  .option('--kubeconfig <file>', 'kubeconfig')
  .option('-n, --namespace <name>', 'namespace')
  .addOption(new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']));
program.command('trace').description('follow one chain');

test.each([
  [[''], 'check\tcheck every chain\ntrace\tfollow one chain\n:4\n'],
  [['ch'], 'check\tcheck every chain\n:4\n'],
  [['--ver'], '--version\toutput the version number\n:4\n'],
  [['check', ''], ':0\n'],
  [['""'], 'check\tcheck every chain\ntrace\tfollow one chain\n:4\n'],
  [['check', '--color', '""'], 'auto\t\nalways\t\nnever\t\n:4\n'],
  [['check', '--k'], '--kubeconfig\tkubeconfig\n:4\n'],
  [['check', '-q', '--color', 'a'], 'auto\t\nalways\t\n:4\n'],
  [['check', '--kubeconfig', ''], ':0\n'],
  [['check', '-n', ''], ':4\n'],
  [[], 'check\tcheck every chain\ntrace\tfollow one chain\n:4\n'],
])('%j', (words, expected) => {
  expect(completionsFor(program, words)).toBe(expected);
});
