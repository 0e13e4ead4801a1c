/**
 * portolan as a library on Node: the same checks over files and folders.
 *
 * @module
 */
import type { Report, ReportError } from '../report/report.ts';
import { collectFiles } from '../sources/collect.ts';
import { type CheckOptions, checkSources } from './index.ts';

export * from './index.ts';

export interface CheckPathsOptions extends CheckOptions {
  /** Paths are relative to it and shown relative to it; the process's working directory when left out. */
  readonly cwd?: string;
}

/**
 * Checks files and folders (recursive: `.yaml`, `.yml`, `.json`) as `portolan check` does.
 *
 * @returns the report; what cannot be read is in its `errors`, never thrown
 */
export function checkPaths(paths: readonly string[], options: CheckPathsOptions = {}): Report {
  const errors: ReportError[] = [];
  const sources = collectFiles(paths, {
    cwd: options.cwd ?? process.cwd(),
    onError: (error) => void errors.push(error),
  });
  const report = checkSources(sources, options);
  return { ...report, errors: [...errors, ...report.errors] };
}
