import { resolve } from 'node:path';
import { withConcepts } from '../../concepts/find.ts';
import type { CheckResult } from '../../engine/check.ts';
import { streamReport, toReport } from '../../engine/to-report.ts';
import { amend } from '../../report/amend.ts';
import { compare } from '../../report/compare/compare.ts';
import { renderComparison } from '../../report/compare/render.ts';
import { toDrift } from '../../report/compare/to-drift.ts';
import type { Report, Severity } from '../../report/report.ts';
import { sanitizeLine } from '../../report/sanitize.ts';
import type { StreamedReport } from '../../report/streamed-report.ts';
import { Drawn } from '../../report/text/drawn.ts';
import { renderPlan } from '../../report/text/plan.ts';
import { allRules } from '../../rules/index.ts';
import type { Session } from '../../session/session.ts';
import { VERSION } from '../../version.ts';
import { updateBaseline, withBaseline } from '../baseline.ts';
import { addToStepSummary, isCiFormat, renderForCi } from '../ci-reports.ts';
import { inputWords } from '../cluster-arguments.ts';
import { EXIT, exitOf } from '../exit-codes.ts';
import { openSession, requireFound, type SessionArguments } from '../open-session.ts';
import { type Output, parseOutputs, REPORTS, spareInputs } from '../outputs.ts';
import { selectRules } from '../select-rules.ts';
import { tellErrors } from '../tell-errors.ts';
import { type ColorChoice, styleFor, widthOfTerminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { beginAnew, type Turn, watchChecks } from '../watch-checks.ts';
import { print, writeReport } from '../write.ts';

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

/** `portolan check`: reads, follows, judges, reports. Returns the exit code. */
export async function runCheck(given: readonly string[], args: CheckArguments): Promise<number> {
  const paths = [...given, ...args.compare];
  const outputs = parseOutputs(args.output, REPORTS, 'text');
  const rules = selectRules(allRules, args.rule, args.skipRule);
  const session = openSession(
    paths,
    isComparing(args) ? { ...withBaseline(args), cluster: true } : withBaseline(args),
    rules,
  );
  if (!args.watch) return checkOnce(session, outputs, paths, args);
  const watching: Watching = { drawn: new Drawn() };
  return watch(paths, args, outputs, (turn) => checkOnce(session, outputs, paths, args, watching, turn));
}

/** What one run of a watch leaves for the next. */
interface Watching {
  readonly drawn: Drawn;
  report?: Report;
}

async function checkOnce(
  session: Session,
  outputs: readonly Output<(typeof REPORTS)[number]>[],
  paths: readonly string[],
  args: CheckArguments,
  watching?: Watching,
  turn?: Turn,
): Promise<number> {
  const first = watching && turn && (await firstAnswer(session, outputs, paths, args, watching, turn));
  // Who saves again at once has another first answer, which everything would have to be looked at before.
  if (first !== undefined && (first === OVERTAKEN || (await turn?.isOvertaken(CALM_MS)))) return EXIT.clean;
  const found = requireFound(await session.check());
  if (args.writeBaseline || args.pruneBaseline) return updateBaseline(found, args);
  if (args.plan) return printPlan(toReport(found, { version: VERSION, detail: 'findings' }));
  const isWhole = isComparing(args) || outputs.some(({ format }) => format !== 'text');
  const detail = isWhole ? 'all' : 'findings';
  const options = { version: VERSION, detail, paths: inputWords(paths, args) } as const;
  spareInputs(outputs, inputsOf(found, paths, args));
  if (!watching && !isComparing(args) && outputs.every(({ format }) => format === 'json'))
    return writeJson(streamReport(found, options), outputs, args.failOn);
  const judged = toReport(found, options);
  const compared = isComparing(args) ? compare(judged) : undefined;
  const report = compared ? { ...judged, drift: toDrift(compared) } : judged;
  if (watching) watching.report = report;
  for (const output of outputs) {
    const text = await render(output, report, session, paths, args, watching?.drawn);
    if (text === first) continue;
    if (first === undefined) turn?.begin();
    else beginAnew();
    writeReport(output.file, text);
  }
  if (outputs.some(({ format }) => format === 'github')) addToStepSummary(report);
  const failOn = args.failOn ?? report.failOn ?? 'error';
  const isWrong = compared ? compared.some(({ isSame }) => !isSame) : reaches(report, failOn);
  return exitOf(report) ?? (isWrong ? EXIT.findings : EXIT.clean);
}

/** Written while it is made: the links of a large input take a fifth of what all else does. */
async function writeJson(
  report: StreamedReport,
  outputs: readonly Output<string>[],
  failOn: Severity | 'never' = report.failOn ?? 'error',
): Promise<number> {
  const { jsonPieces } = await import('../../report/json.ts');
  for (const { file } of outputs) writeReport(file, jsonPieces(report));
  return exitOf(report) ?? (reaches(report, failOn) ? EXIT.findings : EXIT.clean);
}

/**
 * What a change did, as far as what is near it tells, printed before everything is looked at again: whoever waits has
 * it at once, and hears more only if it is not the whole truth.
 */
async function firstAnswer(
  session: Session,
  outputs: readonly Output<(typeof REPORTS)[number]>[],
  paths: readonly string[],
  args: CheckArguments,
  { report, drawn }: Watching,
  turn: Turn,
): Promise<string | typeof OVERTAKEN | undefined> {
  const [output] = outputs;
  if (!report || !output || outputs.length > 1 || output.format !== 'text' || isComparing(args))
    return undefined;
  const near = turn.changed.length > 0 ? session.near(turn.changed) : undefined;
  if (!near) return undefined;
  const options = { version: VERSION, detail: 'findings', paths: inputWords(paths, args) } as const;
  const before = toReport(near.before, options);
  const amended = amend(report, before, toReport(near.after, { ...options, idPrefix: 'near-' }), near.paths);
  if (!amended) return undefined;
  const text = await render(output, amended, session, paths, args, drawn);
  if (await turn.isOvertaken()) return OVERTAKEN;
  turn.begin();
  writeReport(output.file, text);
  return text as string;
}

/** What was found out is of yesterday. */
const OVERTAKEN = Symbol('overtaken');
/** How long nothing changes before everything is looked at, which keeps the next change waiting. */
const CALM_MS = 200;

const isComparing = ({ compare: paths }: CheckArguments): boolean => paths.length > 0;

/** @throws UsageError for what cannot be watched, or is done once */
function watch(
  paths: readonly string[],
  args: CheckArguments,
  outputs: readonly Output<string>[],
  run: (turn: Turn) => Promise<unknown>,
): Promise<number> {
  const { filename, kustomize, chart, config, baseline, values } = args;
  if (args.writeBaseline || args.pruneBaseline || args.plan)
    throw new UsageError('`--watch` checks again and again; a baseline or a plan is made once, without it');
  const given = [...paths, ...filename];
  const stream = given.find((path) => path === '-' || /^https?:\/\//i.test(path));
  if (stream !== undefined)
    throw new UsageError(`\`--watch\` watches files and folders, and \`${sanitizeLine(stream)}\` is none`);
  const roots = [...given, ...kustomize, ...chart];
  const beside = [...(config ? [config] : []), ...(baseline === undefined ? [] : [baseline]), ...values];
  return watchChecks({
    paths: [...(roots.length > 0 ? roots : ['.']), ...beside],
    written: outputs.flatMap(({ file }) => file ?? []),
    run,
  });
}

/** All files that were read, as far as paths tell. */
function inputsOf(
  { sources, configuration, builtFrom = new Set() }: CheckResult,
  paths: readonly string[],
  { filename, logs = [], dockerfile, imageArchive, config, baseline }: CheckArguments,
): ReadonlySet<string> {
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

function printPlan(report: Report): number {
  print(renderPlan(report));
  tellErrors(report);
  return exitOf(report) ?? EXIT.clean;
}

async function render(
  { format, file }: Output<(typeof REPORTS)[number]>,
  report: Report,
  session: Session,
  paths: readonly string[],
  args: CheckArguments,
  drawn: Drawn | undefined,
): Promise<string | Iterable<string>> {
  if (format === 'json') return (await import('../../report/json.ts')).jsonPieces(report);
  if (format === 'sarif') {
    const [{ sarifPieces }, { pages }] = await Promise.all([
      import('../../report/sarif.ts'),
      import('../../rules/pages.ts'),
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
    return (await import('../html.ts')).htmlOf({ report, session, paths: inputWords(paths, args) });
  if (isCiFormat(format)) return renderForCi(format, report, session);
  const toFile = file !== undefined && file !== '-';
  const style = styleFor(toFile && args.color === 'auto' ? 'never' : args.color);
  if (args.compare.length > 0) {
    tellErrors(report);
    return renderComparison(compare(report), { style, now: Date.now() });
  }
  const { renderText } = await import('../../report/text/render.ts');
  return renderText(report, {
    width: widthOfTerminal(),
    style,
    textOf: (path) => session.textOf(path),
    isChanged: (path) => session.isChanged(path),
    quiet: args.quiet,
    ...(drawn ? { drawn } : {}),
    now: Date.now(),
  });
}

const ORDER: readonly Severity[] = ['info', 'warning', 'error'];

const reaches = ({ summary }: Pick<Report, 'summary'>, least: Severity | 'never'): boolean =>
  least !== 'never' && ORDER.slice(ORDER.indexOf(least)).some((severity) => summary.findings[severity] > 0);
