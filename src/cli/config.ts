import { resolve } from 'node:path';
import { type Applied, apply } from '../config/apply.ts';
import { displayPath } from '../sources/display-path.ts';
import { FileSource } from '../sources/file-source.ts';
import { findConfig } from '../sources/find-config.ts';
import { readNamedFile } from '../sources/read-file.ts';
import type { SourceFile } from '../text/source.ts';
import { UsageError } from './usage-error.ts';

/** The configuration of a run, with the file it was read from. */
export interface RunConfig extends Applied {
  readonly source: SourceFile;
}

/**
 * The configuration file that `--config` names, else the nearest one upwards from the working directory.
 *
 * @returns undefined when there is none
 * @throws UsageError naming every mistake with its line
 */
export async function openConfig(named: string | undefined): Promise<RunConfig | undefined> {
  const cwd = process.cwd();
  const file = named === undefined ? findConfig(cwd) : resolve(cwd, named);
  if (file === undefined) return undefined;
  const path = displayPath(file, cwd);
  const read = readNamedFile(file, cwd);
  if ('reason' in read) throw new UsageError(`${path}: ${read.reason}`);
  const source = new FileSource(path, file, read.text);
  // zod is read only by runs that have a configuration.
  const { readConfig } = await import('../config/read.ts');
  const { config, root, errors } = readConfig(source);
  if (config) return { ...apply(config, root, source), source };
  const lines = errors.map(({ path, line, column, message }) => `${path}:${line}:${column}: ${message}`);
  throw new UsageError(
    lines.length === 1 ? lines[0]! : ['the configuration cannot be used', ...lines].join('\n  '),
  );
}
