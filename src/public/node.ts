/**
 * portolan as a library on Node: everything that the command line does, over files, folders, URLs and standard input.
 *
 * @module
 */
import type { ClusterSettings } from '../cluster/bring.ts';
import type { CheckResult } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import { chooser } from '../fix/choose.ts';
import { mend } from '../fix/mend.ts';
import { onlyWritable } from '../fix/writable.ts';
import type { Observation } from '../model/observation.ts';
import type { FixEnd, Report } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import type { SessionOptions } from '../session/options.ts';
import { type Problem, wordProblems } from '../session/problem.ts';
import { open, type Session as PathSession } from '../session/session.ts';
import { whyNotWritable, writeBack } from '../sources/write-back.ts';
import type { SourceFile } from '../text/source.ts';
import { VERSION } from '../version.ts';
import { type Verification, type VerifyPathsOptions, verifyPathsWith } from './verify-paths.ts';

export * from './index.ts';
export type { PlannedStep } from './verify-paths.ts';
export type { ClusterSettings, Observation, Problem, Verification, VerifyPathsOptions };

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
 * Checks as `portolan check` does: where `cluster` is given, what a live cluster has and what was seen of it; with the configuration file that it finds, with the Dockerfiles that lie beside
 * the manifests, and with whatever the options name besides.
 *
 * @param paths files, folders (recursive: `.yaml`, `.yml`, `.json`), http(s) URLs and `-` for standard input; the
 *   working directory when there is none
 * @returns the report that `-o json` prints; what cannot be read of the input is in its `errors`
 * @throws CannotCheck when the run cannot begin
 */
export const checkPaths = (paths: readonly string[], options: CheckPathsOptions = {}): Promise<Report> =>
  openSession(paths, options).check();

/**
 * Asks what runs, hop by hop, as `portolan verify` does: logs, sockets, connections, controllers. It writes nothing to
 * the cluster but what `pod` and `ephemeral` say.
 *
 * @param paths manifests that are held against what runs; those of the cluster when there are none
 * @returns the report with all that was seen, and the chains of the target
 * @throws CannotCheck when the run cannot begin; RangeError for a target that there is not, and for what is no address
 *   in `through`; Error where no cluster is meant, and where the signal ends it
 */
export const verifyPaths = (
  paths: readonly string[],
  options: VerifyPathsOptions = {},
): Promise<Verification> => verifyPathsWith(paths, options, (problems) => new CannotCheck(problems));

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

/** How one fix is made. */
export interface ApplyFixOptions {
  /** Write the files; when false, say only what would be written. True when left out. */
  readonly write?: boolean;
}

/** What became of a fix. */
export interface AppliedFix {
  /** Files with their texts before and after, by path as the report shows it; none where the fix is not made. */
  readonly files: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  /** Whether the files on the disk are the new ones. */
  readonly written: boolean;
  /** Why it is not made, or not written; one phrase. Undefined where it is. */
  readonly declined?: string;
  /** What is found with the fix in place, written or not. */
  readonly report: Report;
}

/**
 * Makes one fix of one finding, as `portolan fix --finding FINGERPRINT --end END` does: it is proved by a check of the
 * whole input with the fix in place, and made only if its link is whole and nothing else comes of it. Must not overlap
 * with a check of the session, whose next one sees the new files.
 *
 * @param fingerprint `fingerprint` of a finding of the session's report
 * @param end the end of the chain to change: one of the `end`s of the finding's `fixes`
 * @returns what was changed, or why nothing was; files outside of the session's paths are never written
 * @throws CannotCheck when the run cannot begin, RangeError for a finding or an end that there is not
 */
export async function applyFix(
  session: Session,
  fingerprint: string,
  end: FixEnd,
  { write = true }: ApplyFixOptions = {},
): Promise<AppliedFix> {
  const own = OWN.get(session);
  if (!own) throw new TypeError('the session is none of openSession');
  const report = await session.check();
  const finding = report.findings.find((one) => one.fingerprint === fingerprint);
  if (!finding?.fixes.some((fix) => fix.end === end))
    throw new RangeError(`no finding ${fingerprint} has a fix that changes the ${end} end`);
  const writing = { cwd: own.cwd, within: own.paths.length > 0 ? own.paths : ['.'] };
  const { choose, refused } = onlyWritable(chooser({ fingerprint, end }), report, (path) =>
    whyNotWritable(path, writing),
  );
  const bench = await own.session.bench(own.toReport);
  try {
    const { files, after, declined } = await mend(bench, choose);
    const reason = [...refused, ...declined][0]?.reason;
    if (files.length === 0 || !write) {
      return { files, written: false, ...(reason === undefined ? {} : { declined: reason }), report: after };
    }
    const { left } = writeBack(files, writing);
    const unwritten = left[0] && `${left[0].path}: ${left[0].reason}`;
    return {
      files,
      written: left.length === 0,
      ...(unwritten === undefined ? {} : { declined: unwritten }),
      report: after,
    };
  } finally {
    bench.close();
  }
}

interface Own {
  readonly session: PathSession;
  readonly paths: readonly string[];
  readonly cwd: string;
  readonly toReport: (found: CheckResult) => Report;
}

/** What stands behind the sessions that were handed out. */
const OWN = new WeakMap<Session, Own>();

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
  const reportOf = (found: CheckResult): Report => toReport(found, { version: VERSION, paths });
  const handedOut: Session = {
    check: async () => {
      const { found, problems } = await session.check();
      if (!found) throw new CannotCheck(problems);
      return reportOf(found);
    },
    update: (source) => session.update(source),
    forget: (path) => session.forget(path),
    textOf: (path) => session.textOf(path),
    isChanged: (path) => session.isChanged(path),
  };
  OWN.set(handedOut, { session, paths, cwd: options.cwd ?? process.cwd(), toReport: reportOf });
  return handedOut;
}
