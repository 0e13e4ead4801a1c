import { resolve } from 'node:path';
import { withConcepts } from '../concepts/find.ts';
import type { CheckResult } from '../engine/check.ts';
import { type ReportOptions, toReport } from '../engine/to-report.ts';
import { compare } from '../report/compare/compare.ts';
import { renderComparison } from '../report/compare/render.ts';
import { toDrift } from '../report/compare/to-drift.ts';
import type { Report, Severity } from '../report/report.ts';
import type { Drawn } from '../report/text/drawn.ts';
import type { Style } from '../report/text/style.ts';
import { allRules } from '../rules/index.ts';
import type { Texts } from '../session/ended-run.ts';
import { VERSION } from '../version.ts';
import { addToStepSummary, isCiFormat, renderForCi } from './ci-reports.ts';
import { inputWords } from './cluster-arguments.ts';
import type { SessionArguments } from './open-session.ts';
import type { Output, REPORTS } from './outputs.ts';
import { tellErrors } from './tell-errors.ts';
import { type ColorChoice, styleFor, widthOfTerminal } from './terminal.ts';
import { writeReport } from './write.ts';

export interface CheckArguments extends SessionArguments {
  readonly output: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly rule: readonly string[];
  readonly skipRule: readonly string[];
  readonly color: ColorChoice;
  readonly quiet: boolean;
  readonly plan?: boolean;
  readonly watch?: boolean;
  readonly writeBaseline?: boolean;
  readonly pruneBaseline?: boolean;
  readonly compare: readonly string[];
}

export type CheckOutput = Output<(typeof REPORTS)[number]>;

/** What `check` was asked to write, and of what. */
export interface Asked {
  readonly outputs: readonly CheckOutput[];
  /** All that it was given, with what `--compare` names. */
  readonly paths: readonly string[];
  readonly args: CheckArguments;
}

export const isComparing = ({ compare: paths }: CheckArguments): boolean => paths.length > 0;

export function reportOptions({ outputs, paths, args }: Asked): ReportOptions {
  const isWhole = isComparing(args) || outputs.some(({ format }) => format !== 'text');
  return { version: VERSION, detail: isWhole ? 'all' : 'findings', paths: inputWords(paths, args) };
}

/** All files that were read, as far as paths tell. */
export function inputsOf(
  { sources, configuration, builtFrom = new Set() }: CheckResult,
  { paths, args }: Asked,
): ReadonlySet<string> {
  const { filename, logs = [], dockerfile, imageArchive, config, baseline } = args;
  const pairs = [...logs, ...dockerfile].map((pair) => pair.slice(pair.indexOf('=') + 1));
  const named = [
    ...paths,
    ...filename,
    ...pairs,
    ...imageArchive,
    ...(config ? [config] : []),
    ...(baseline === undefined ? [] : [baseline]),
  ];
  const read = [...sources.map(({ source }) => source.path), ...(configuration ? [configuration] : [])];
  return new Set([...[...named, ...read].map((path) => resolve(path)), ...builtFrom]);
}

/** What a run found, worded; where files are compared with a cluster, with what differs. */
export function judged(
  found: CheckResult,
  asked: Asked,
): { readonly report: Report; readonly compared?: ReturnType<typeof compare> } {
  const report = toReport(found, reportOptions(asked));
  if (!isComparing(asked.args)) return { report };
  const compared = compare(report);
  return { report: { ...report, drift: toDrift(compared) }, compared };
}

/** A report, and the texts that it speaks of. */
export interface Told {
  readonly report: Report;
  readonly texts: Texts;
}

export async function writeAll(told: Told, asked: Asked): Promise<void> {
  for (const output of asked.outputs) writeReport(output.file, await render(output, told, asked));
  if (asked.outputs.some(({ format }) => format === 'github')) addToStepSummary(told.report);
}

async function render(
  output: CheckOutput,
  { report, texts }: Told,
  asked: Asked,
): Promise<string | Iterable<string>> {
  const { format } = output;
  const { paths, args } = asked;
  if (format === 'json') return (await import('../report/json.ts')).jsonPieces(report);
  if (format === 'sarif') {
    const [{ sarifPieces }, { pages }] = await Promise.all([
      import('../report/sarif.ts'),
      import('../rules/pages.ts'),
    ]);
    return sarifPieces(
      report,
      allRules.map(({ id, summary, severity }) => ({
        id,
        summary,
        severity,
        page: withConcepts(pages.get(id) ?? '', id),
      })),
    );
  }
  if (format === 'html')
    return (await import('./html.ts')).htmlOf({ report, texts, paths: inputWords(paths, args) });
  if (isCiFormat(format)) return renderForCi(format, report, texts);
  if (!isComparing(args)) return renderForPeople(output, { report, texts }, asked);
  tellErrors(report);
  return renderComparison(compare(report), { style: styleOf(output, asked), now: Date.now() });
}

/** @param drawn what the report before it was drawn to, where there are several */
export async function renderForPeople(
  output: CheckOutput,
  { report, texts }: Told,
  asked: Asked,
  drawn?: Drawn,
): Promise<string> {
  const { renderText } = await import('../report/text/render.ts');
  return renderText(report, {
    width: widthOfTerminal(),
    style: styleOf(output, asked),
    textOf: (path) => texts.textOf(path),
    isChanged: (path) => texts.isChanged(path),
    quiet: asked.args.quiet,
    ...(drawn ? { drawn } : {}),
    now: Date.now(),
  });
}

function styleOf({ file }: CheckOutput, { args: { color } }: Asked): Style {
  const toFile = file !== undefined && file !== '-';
  return styleFor(toFile && color === 'auto' ? 'never' : color);
}
