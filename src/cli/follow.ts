import { type CheckResult, checkLoaded } from '../engine/check.ts';
import { load } from '../engine/load.ts';
import { DEFAULT_SETTINGS } from '../graph/settings.ts';
import type { Rule } from '../rules/rule.ts';
import type { SourceFile } from '../text/source.ts';
import { openConfig } from './config.ts';
import { type ImageArguments, imageConfigs } from './images.ts';
import { openInput, withInputErrors } from './input.ts';
import { readLogs } from './logs-option.ts';

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
