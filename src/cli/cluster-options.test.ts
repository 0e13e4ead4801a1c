import { Command } from 'commander';
import { expect, test } from 'vitest';
import { type ClusterArguments, connectOptions } from './cluster-arguments.ts';
import { clusterOptions } from './cluster-options.ts';

function optionsOf(...args: string[]): unknown {
  const command = new Command().exitOverride();
  for (const option of clusterOptions()) command.addOption(option);
  command.parse(args, { from: 'user' });
  try {
    return connectOptions(command.opts<ClusterArguments>());
  } catch (error) {
    return (error as Error).message;
  }
}

test('the flags are those of kubectl', () => {
  const args = ['--kubeconfig', 'k', '--context', 'c', '--as', 'jane', '--as-group', 'a', '--as-group', 'b'];
  expect(optionsOf(...args)).toEqual({ kubeconfig: 'k', context: 'c', as: 'jane', asGroups: ['a', 'b'] });
});

test.each([
  ['0', 0],
  ['5', 5000],
  ['1500ms', 1500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['soon', '`--request-timeout soon` is no time, such as 30s, 2m or 0 for none'],
  ['-1s', '`--request-timeout -1s` is no time, such as 30s, 2m or 0 for none'],
])('--request-timeout %s', (text, expected) => {
  const options = optionsOf(`--request-timeout=${text}`);
  expect(typeof options === 'string' ? options : (options as { timeoutMs: number }).timeoutMs).toBe(expected);
});

test.each(['0', '65', 'x'])('--parallel %s', (text) => {
  expect(optionsOf('--parallel', text)).toBe(`\`--parallel ${text}\` is no number from 1 to 64`);
});
