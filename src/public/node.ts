/**
 * portolan as a library on Node: everything that the command line does, over files, folders, URLs and standard input.
 *
 * @module
 */
import { toReport } from '../engine/to-report.ts';
import type { Observation } from '../model/observation.ts';
import type { Report } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import type { SessionOptions } from '../session/options.ts';
import { type Problem, wordProblems } from '../session/problem.ts';
import { open } from '../session/session.ts';
import type { SourceFile } from '../text/source.ts';
import { VERSION } from '../version.ts';

export * from './index.ts';
export type { Observation, Problem };

export interface CheckPathsOptions extends Omit<SessionOptions, 'rules' | 'logs' | 'reading'> {
  /** Rules to ask; all of them when left out. */
  readonly rules?: readonly Rule[];
  /** Logs of containers, as evidence of what they listen on. */
  readonly logs?: readonly ContainerLogFile[];
}

/** A file with the log of a container. */
export interface ContainerLogFile {
  readonly container: string;
  /** Name of the Deployment or the like that runs it; any when left out. */
  readonly workload?: string;
  /** As manifests spell it: `Deployment`; any when left out. */
  readonly kind?: string;
  /** Relative to `cwd`; `-` is standard input. */
  readonly file: string;
}

/** The run could not begin: a configuration, a log or standard input cannot be used. The message says all of it. */
export class CannotCheck extends Error {
  override readonly name = 'CannotCheck';
  /** Each with its file and, where there is one, its line. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(wordProblems(problems));
    this.problems = problems;
  }
}

/**
 * Checks as `portolan check` does: with the configuration file that it finds, with the Dockerfiles that lie beside
 * the manifests, and with whatever the options name besides.
 *
 * @param paths files, folders (recursive: `.yaml`, `.yml`, `.json`), http(s) URLs and `-` for standard input; the
 *   working directory when there is none
 * @returns the report that `-o json` prints; what cannot be read of the input is in its `errors`
 * @throws CannotCheck when the run cannot begin
 */
export const checkPaths = (paths: readonly string[], options: CheckPathsOptions = {}): Promise<Report> =>
  openSession(paths, options).check();

/** Checks the same paths again and again: for a watcher, an editor, a server. */
export interface Session {
  /**
   * Looks at everything again; what has not changed is not decoded again. One at a time.
   *
   * @throws CannotCheck when the run cannot begin
   */
  check(): Promise<Report>;
  /** Takes a source in place of what lies at its path, or beside the others: an editor's unsaved text. */
  update(source: SourceFile): void;
  /** Takes what lies at the path again. */
  forget(path: string): void;
  /**
   * The text that was checked, for the frames of `renderText`.
   *
   * @returns undefined for a path that was not read, and where the file has changed since
   */
  textOf(path: string): string | undefined;
  /** Whether a file that was checked has changed since, as far as somebody asked for its text. */
  isChanged(path: string): boolean;
}

/** A session over paths, which are those of `checkPaths`. Nothing is read before the first `check`. */
export function openSession(paths: readonly string[], options: CheckPathsOptions = {}): Session {
  const { rules = allRules, logs = [], ...rest } = options;
  const session = open(paths, {
    ...rest,
    rules,
    logs: logs.map(({ container, workload, kind, file }) => ({
      owner: { container, name: workload, kind },
      file,
    })),
  });
  return {
    check: async () => {
      const { found, problems } = await session.check();
      if (!found) throw new CannotCheck(problems);
      return toReport(found, { version: VERSION, paths });
    },
    update: (source) => session.update(source),
    forget: (path) => session.forget(path),
    textOf: (path) => session.textOf(path),
    isChanged: (path) => session.isChanged(path),
  };
}
