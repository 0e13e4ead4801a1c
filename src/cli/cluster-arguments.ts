import type { ClusterSettings } from '../cluster/bring.ts';
import type { ConnectOptions } from '../cluster/cluster.ts';
import { isKubectlPlugin } from './program-name.ts';
import { UsageError } from './usage-error.ts';

// Apart from the options themselves, as whoever runs a command has no more need of the parser of command lines.

/** kubectl's own flags, for whatever asks a cluster. */
export interface ClusterArguments {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly as?: string;
  readonly asGroup: readonly string[];
  readonly requestTimeout?: string;
  readonly parallel?: string;
}

/** For whatever takes a cluster's objects as its input. */
export interface ClusterSourceArguments extends ClusterArguments {
  readonly cluster?: boolean;
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly secrets?: boolean;
}

/** The input of a run as its command line named it, for commands that a person runs after it. */
export function inputWords(
  paths: readonly string[],
  args: ClusterSourceArguments & { readonly filename: readonly string[] },
): string[] {
  const { cluster, context, kubeconfig, namespace, allNamespaces } = args;
  const all = [...paths, ...args.filename];
  if (!cluster && !(isKubectlPlugin() && cluster === false && all.length === 0)) return all;
  return [
    '--cluster',
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(allNamespaces ? ['-A'] : namespace === undefined ? [] : ['-n', namespace]),
    ...all,
  ];
}

const CLUSTER_ONLY = {
  kubeconfig: '--kubeconfig',
  context: '--context',
  as: '--as',
  requestTimeout: '--request-timeout',
  parallel: '--parallel',
  allNamespaces: '--all-namespaces',
  selector: '--selector',
} as const;

/**
 * The cluster that is meant: with `--cluster`, and without a word where kubectl runs portolan and no path is given.
 *
 * @throws UsageError for what cannot be read, and for a flag of a cluster where none is asked
 */
export function clusterSettings(
  args: ClusterSourceArguments,
  hasPaths: boolean,
): ClusterSettings | undefined {
  if (args.cluster === undefined) return undefined;
  if (args.cluster || (isKubectlPlugin() && !hasPaths)) {
    const { namespace, allNamespaces, selector, secrets } = args;
    return { ...connectOptions(args), namespace, allNamespaces, selector, secrets };
  }
  for (const [name, flag] of Object.entries(CLUSTER_ONLY)) {
    if (args[name as keyof typeof CLUSTER_ONLY])
      throw new UsageError(`${flag} is about a cluster; give --cluster as well`);
  }
  return undefined;
}

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
