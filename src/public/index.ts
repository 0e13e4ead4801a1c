/**
 * portolan as a library, for any JavaScript world: text in, report out. Nothing here reads files, prints or exits;
 * `portolan/node` adds files, standard input and URLs.
 *
 * @module
 */
import { check } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import type { Report } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import type { SourceFile } from '../text/source.ts';
import { VERSION } from '../version.ts';

export {
  type LogEvent,
  type LogListener,
  type LogObservations,
  listeningPorts,
} from '../process/logs/log-lines.ts';
export { renderGithub } from '../report/ci/github.ts';
export { renderGitlab } from '../report/ci/gitlab.ts';
export { renderJunit } from '../report/ci/junit.ts';
export { renderMarkdown } from '../report/ci/markdown.ts';
export type { InProject } from '../report/ci/project-path.ts';
export { renderPrometheus } from '../report/ci/prometheus.ts';
export { type RdjsonlOptions, renderRdjsonl } from '../report/ci/rdjsonl.ts';
export { type ComparedChain, type ComparedHop, compare } from '../report/compare/compare.ts';
export { renderComparison } from '../report/compare/render.ts';
export { renderJson } from '../report/json.ts';
export type {
  FixEnd,
  Report,
  ReportChain,
  ReportEnd,
  ReportError,
  ReportFinding,
  ReportFix,
  ReportIgnore,
  ReportIgnored,
  ReportLink,
  ReportLocation,
  ReportResource,
  ReportSource,
  Severity,
  State,
} from '../report/report.ts';
export { renderSarif } from '../report/sarif.ts';
export { renderText, type TextOptions } from '../report/text/render.ts';
export { plainStyle, type Style } from '../report/text/style.ts';
export { renderTrace } from '../report/trace/render.ts';
export type { Traced } from '../report/trace/select.ts';
export { type Trace, traceTarget } from '../report/trace/trace.ts';
export type { Rule } from '../rules/rule.ts';
export type { Bundle, Location, SourceFile, SourceKind } from '../text/source.ts';
export { allRules, VERSION };

/** A manifest as text. */
export interface Manifest {
  /** Shown in the report; its folders decide which manifests are applied together. */
  readonly path: string;
  /** YAML or JSON, one document or many; without a byte order mark. */
  readonly text: string;
}

export interface CheckOptions {
  /** Namespace of objects that name none; `default` when left out. */
  readonly namespace?: string;
  /** Folders that are applied by themselves; when left out, folders that define the same object are. */
  readonly setDirs?: readonly string[];
  /** Rules to ask; all of them when left out. */
  readonly rules?: readonly Rule[];
  /** Parse every document, also of kinds that say nothing about ports, so that their syntax errors are found. */
  readonly strict?: boolean;
}

/**
 * Follows every chain of the manifests and says where one breaks.
 *
 * @returns the report, as `portolan check -o json` prints it. Broken YAML is in `errors`, never thrown.
 */
export function checkManifests(manifests: Iterable<Manifest>, options: CheckOptions = {}): Report {
  return checkSources(
    [...manifests].map(({ path, text }) => ({ path, text, kind: 'file', editable: true })),
    options,
  );
}

/** The same for sources that know how they came to be. */
export function checkSources(sources: Iterable<SourceFile>, options: CheckOptions = {}): Report {
  const { namespace, setDirs, strict, rules = allRules } = options;
  return toReport(check(sources, { namespace, setDirs, strict, rules }), { version: VERSION });
}
