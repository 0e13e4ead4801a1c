import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type Applied, apply } from '../config/apply.ts';
import type { Policy } from '../config/policy.ts';
import { unknownRules } from '../config/rules.ts';
import { displayPath } from '../sources/display-path.ts';
import { FileSource } from '../sources/file-source.ts';
import { findConfig, PACKAGE_KEY, PACKAGE_NAME } from '../sources/find-config.ts';
import type { InputError } from '../sources/input-error.ts';
import { homeOf, isInside } from '../sources/inside.ts';
import { readNamedFile } from '../sources/read-file.ts';
import type { SourceFile } from '../text/source.ts';
import type { Problem } from './problem.ts';

/** The configuration of a run, with the file it was read from. */
export interface Configuration extends Applied {
  readonly source: SourceFile;
  /** Absolute. */
  readonly folder: string;
}

/** What counts of findings, as far as somebody said so. */
export const policyOf = (
  configuration: Configuration | undefined,
  hearsManifests: boolean,
  cwd: string,
): Policy => ({
  hearsManifests,
  severityOf: (rule, path) =>
    configuration?.severityOf(rule, pathFrom(configuration.folder, resolve(cwd, path))),
});

function pathFrom(folder: string, file: string): string | undefined {
  const path = relative(folder, file).split(sep).join('/');
  return path.startsWith('../') || isAbsolute(path) ? undefined : path;
}

/** A configuration, none, or why it cannot be used. */
export type Configured =
  | { readonly configuration: Configuration | undefined; readonly problems: readonly [] }
  | { readonly configuration: undefined; readonly problems: readonly [Problem, ...Problem[]] };

const LEADS_OUT =
  'this symbolic link leads out of the repository, and is not followed; name what it leads to with `--config`';

/** What is not there any more is told when it is read. */
function leadsOut(file: string): boolean {
  try {
    return !isInside(realpathSync.native(file), homeOf(dirname(file)));
  } catch {
    return false;
  }
}

/**
 * The configuration file that is named, else the nearest one upwards from the working directory; `false` reads none.
 * One that is named wins whole: a pull request adds nothing to a configuration from elsewhere.
 *
 * @param before what was read the last time; the same again while the file says the same, so that what was decoded
 *   with its kinds stays good
 * @returns every mistake in it with its line
 */
export async function openConfiguration(
  named: string | false | undefined,
  cwd: string,
  before?: Configuration,
): Promise<Configured> {
  if (named === false) return { configuration: undefined, problems: [] };
  const [file, other] = named === undefined ? findConfig(cwd) : [resolve(cwd, named)];
  if (file === undefined) return { configuration: undefined, problems: [] };
  const path = displayPath(file, cwd);
  if (other !== undefined) {
    const message = `${displayPath(other, cwd)} lies beside it, and one of them has to go; \`--config\` names one`;
    return { configuration: undefined, problems: [{ kind: 'configuration', path, message }] };
  }
  if (named === undefined && leadsOut(file)) {
    return { configuration: undefined, problems: [{ kind: 'configuration', path, message: LEADS_OUT }] };
  }
  const read = readNamedFile(file, cwd);
  if ('reason' in read) {
    return { configuration: undefined, problems: [{ kind: 'configuration', path, message: read.reason }] };
  }
  const source = new FileSource(path, file, read.text);
  if (before && before.source.path === path && before.source.version === source.version) {
    return { configuration: before, problems: [] };
  }
  // zod is read only by runs that have a configuration.
  const { readConfig } = await import('../config/read.ts');
  const { config, root, errors } = readConfig(
    source,
    basename(file) === PACKAGE_NAME ? PACKAGE_KEY : undefined,
  );
  const wrong = config ? unknownRules(source, root) : errors;
  if (config && wrong.length === 0) {
    return { configuration: { ...apply(config, root, source), source, folder: dirname(file) }, problems: [] };
  }
  const [first, ...more] = wrong as readonly [InputError, ...InputError[]];
  const problemOf = (error: InputError): Problem => ({ kind: 'configuration', ...error });
  return { configuration: undefined, problems: [problemOf(first), ...more.map(problemOf)] };
}
