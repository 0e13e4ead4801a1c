import { type CheckResult, checkLoaded } from '../engine/check.ts';
import { type Loaded, load } from '../engine/load.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { isWorkload } from '../model/resource-set.ts';
import { isLogOf, type OwnedLog } from '../process/logs/observed-in-logs.ts';
import type { Rule } from '../rules/rule.ts';
import type { SourceFile } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { openConfig } from './config.ts';
import { type ImageArguments, imageConfigs } from './images.ts';
import { openInput, withInputErrors } from './input.ts';
import { readLogs } from './logs-option.ts';
import { UsageError } from './usage-error.ts';

/** What check and trace have in common. */
export interface FollowArguments extends ImageArguments {
  readonly filename: readonly string[];
  readonly namespace?: string;
  readonly setDir: readonly string[];
  readonly config?: string;
  readonly strict?: boolean;
  readonly logs?: readonly string[];
}

export interface Followed {
  readonly result: CheckResult;
  /** The configuration file, when there is one: findings may point into it. */
  readonly config: SourceFile | undefined;
}

/** From the command line to all that was found out: configuration, input, logs, images, then the checks. */
export async function follow(
  given: readonly string[],
  args: FollowArguments,
  rules: readonly Rule[],
): Promise<Followed> {
  const paths = [...given, ...args.filename];
  const config = await openConfig(args.config);
  const logs = await readLogs(args.logs ?? [], paths);
  const input = await openInput(paths);
  const { namespace, setDir, strict } = args;
  const loaded = load(input.sources, { namespace, strict, kinds: config?.kinds });
  requireContainers(logs, loaded);
  const { imageConfig, errors } = await imageConfigs(loaded, args, {
    paths: input.paths,
    hasDockerfile: input.hasDockerfile(),
    facts: config?.settings.facts,
  });
  const settings = { ...(config?.settings ?? DEFAULT_SETTINGS), imageConfig, logs };
  const result = checkLoaded(loaded, { ...config, setDirs: setDir, rules, settings });
  const told = withInputErrors(result, input);
  return { result: { ...told, errors: [...told.errors, ...errors] }, config: config?.source };
}

/** A log of no container would prove nothing, and nobody would notice. */
function requireContainers(logs: readonly OwnedLog[], { resources }: Loaded): void {
  if (logs.length === 0) return;
  const containers = resources
    .filter(isWorkload)
    .flatMap((workload) => workload.template.containers.map((container) => ({ workload, container })));
  for (const { owner } of logs) {
    if (containers.some(({ workload, container }) => isLogOf(owner, workload, container))) continue;
    const names = [...new Set(containers.map(({ container }) => container.name))];
    const near = nearest(owner.container, names);
    const [workload, shown] = [owner.workload ? ` of ${owner.workload}` : '', near.length > 0 ? near : names];
    throw new UsageError(
      `--logs: no container of the input is called ${owner.container}${workload}; there are ${shown.slice(0, 10).join(', ')}`,
    );
  }
}
