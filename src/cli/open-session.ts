import type { RenderSettings } from '../render/options.ts';
import type { Rule } from '../rules/rule.ts';
import type { LogOption } from '../session/logs.ts';
import type { Edge } from '../session/options.ts';
import { wordProblems } from '../session/problem.ts';
import { open, type Result, type Session } from '../session/session.ts';
import { type ClusterSourceArguments, clusterSettings } from './cluster-arguments.ts';
import { parseLogsOption } from './logs-option.ts';
import { showBuild, withProgress } from './progress.ts';
import { withSteadyHeap } from './steady-heap.ts';
import { UsageError } from './usage-error.ts';

/** What check and trace have in common, as the options of the command line have it. */
export interface SessionArguments extends ClusterSourceArguments {
  readonly filename: readonly string[];
  readonly setDir: readonly string[];
  readonly config?: string | false;
  readonly ignores?: boolean;
  readonly baseline?: string;
  readonly changedSince?: string;
  readonly strict?: boolean;
  readonly logs?: readonly string[];
  readonly dockerfile: readonly string[];
  readonly imageArchive: readonly string[];
  readonly images: boolean;
  readonly insecureRegistry: readonly string[];
  readonly raw?: boolean;
  readonly kustomize: readonly string[];
  readonly chart: readonly string[];
  readonly values: readonly string[];
  readonly set: readonly string[];
  readonly release?: string;
  readonly kubeVersion?: string;
  readonly apiVersions: readonly string[];
  readonly allowRemote?: boolean;
  readonly vary?: boolean;
  readonly watch?: boolean;
}

/** @throws UsageError for options that cannot be read */
export function openSession(
  given: readonly string[],
  args: SessionArguments,
  rules: readonly Rule[],
  edges: readonly Edge[] = [],
): Session {
  const logs: readonly LogOption[] = (args.logs ?? []).map(parseLogsOption);
  const paths = [...given, ...args.filename];
  return open(paths, {
    rules,
    namespace: args.namespace,
    setDirs: args.setDir,
    config: args.config,
    ignores: args.ignores,
    baseline: args.baseline,
    changedSince: args.changedSince,
    strict: args.strict,
    logs,
    dockerfiles: new Map(args.dockerfile.map(parseDockerfileOption)),
    imageArchives: args.imageArchive,
    images: args.images,
    insecureRegistries: args.insecureRegistry,
    again: args.watch,
    reading: (sources) => withProgress(withSteadyHeap(sources)),
    cluster: clusterSettings(args, paths.length + args.kustomize.length + args.chart.length > 0),
    render: args.raw ? undefined : renderSettings(args),
    edges,
  });
}

const renderSettings = (args: SessionArguments): RenderSettings => ({
  kustomizations: args.kustomize,
  charts: args.chart,
  allowRemote: args.allowRemote,
  vary: args.vary,
  onRoot: showBuild,
  helm: {
    release: args.release,
    namespace: args.namespace,
    values: args.values,
    set: args.set,
    kubeVersion: args.kubeVersion,
    apiVersions: args.apiVersions,
  },
});

/** @throws UsageError where the run could not begin */
export function requireFound({ found, problems }: Result): NonNullable<Result['found']> {
  if (found) return found;
  const option = problems.every(({ kind }) => kind === 'container') ? '--logs: ' : '';
  throw new UsageError(`${option}${wordProblems(problems)}`);
}

function parseDockerfileOption(text: string): [image: string, path: string] {
  const equals = text.indexOf('=');
  if (equals < 1 || equals === text.length - 1)
    throw new UsageError(
      `\`--dockerfile ${text}\` is no IMAGE=PATH, such as ghcr.io/acme/shop=shop/Dockerfile`,
    );
  return [text.slice(0, equals), text.slice(equals + 1)];
}
