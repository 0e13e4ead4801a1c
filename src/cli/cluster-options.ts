import { Option } from 'commander';
import type { ConnectOptions } from '../cluster/cluster.ts';
import { UsageError } from './usage-error.ts';

/** kubectl's own flags, for whatever asks a cluster. */
export interface ClusterArguments {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly as?: string;
  readonly asGroup: readonly string[];
  readonly requestTimeout?: string;
  readonly parallel?: string;
}

const several = (value: string, before: readonly string[]): string[] => [...before, value];

export const clusterOptions = (): Option[] => [
  new Option(
    '--kubeconfig <file>',
    'kubeconfig (default: $KUBECONFIG, ~/.kube/config, the own service account)',
  ),
  new Option('--context <name>', 'context of the kubeconfig (default: the current one)'),
  new Option('--as <user>', 'whom to act as in the cluster'),
  new Option('--as-group <group>', 'a group to act as (repeatable)').default([], 'none').argParser(several),
  new Option(
    '--request-timeout <time>',
    'of each request to the cluster: 30, 30s, 2m, 0 for none (default: 30s)',
  ),
  new Option('--parallel <number>', 'requests to the cluster at once, at most (default: 4)'),
];

/** @throws UsageError for what cannot be read */
export const connectOptions = ({
  requestTimeout,
  parallel,
  asGroup,
  ...args
}: ClusterArguments): ConnectOptions => ({
  kubeconfig: args.kubeconfig,
  context: args.context,
  as: args.as,
  asGroups: asGroup,
  timeoutMs: requestTimeout === undefined ? undefined : timeoutOf(requestTimeout),
  parallel: parallel === undefined ? undefined : parallelOf(parallel),
});

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['', 1000],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function timeoutOf(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})(ms|s|m|h)?$/.exec(text) ?? [];
  if (number === undefined)
    throw new UsageError(`\`--request-timeout ${text}\` is no time, such as 30s, 2m or 0 for none`);
  return Number(number) * (UNITS.get(unit) ?? 1000);
}

const MOST_PARALLEL = 64;

function parallelOf(text: string): number {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > MOST_PARALLEL)
    throw new UsageError(`\`--parallel ${text}\` is no number from 1 to ${MOST_PARALLEL}`);
  return number;
}
