import { streamReport, toReport } from '../../engine/to-report.ts';
import type { Report, Severity } from '../../report/report.ts';
import type { StreamedReport } from '../../report/streamed-report.ts';
import { renderPlan } from '../../report/text/plan.ts';
import { allRules } from '../../rules/index.ts';
import { VERSION } from '../../version.ts';
import { updateBaseline, withBaseline } from '../baseline.ts';
import { checkAgain } from '../check-again.ts';
import {
  type Asked,
  type CheckArguments,
  inputsOf,
  isComparing,
  judged,
  reportOptions,
  writeAll,
} from '../check-report.ts';
import { EXIT, exitOf } from '../exit-codes.ts';
import { openSession, requireFound } from '../open-session.ts';
import { type Output, parseOutputs, REPORTS, spareInputs } from '../outputs.ts';
import { selectRules } from '../select-rules.ts';
import { tellErrors } from '../tell-errors.ts';
import { print, writeReport } from '../write.ts';

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
  const asked: Asked = { outputs, paths, args };
  if (args.watch) return checkAgain(session, asked);
  const found = requireFound(await session.check());
  if (args.writeBaseline || args.pruneBaseline) return updateBaseline(found, args);
  if (args.plan) return printPlan(toReport(found, { version: VERSION, detail: 'findings' }));
  spareInputs(outputs, inputsOf(found, asked));
  if (!isComparing(args) && outputs.every(({ format }) => format === 'json'))
    return writeJson(streamReport(found, reportOptions(asked)), outputs, args.failOn);
  const { report, compared } = judged(found, asked);
  await writeAll({ report, texts: session }, asked);
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

function printPlan(report: Report): number {
  print(renderPlan(report));
  tellErrors(report);
  return exitOf(report) ?? EXIT.clean;
}

const ORDER: readonly Severity[] = ['info', 'warning', 'error'];

const reaches = ({ summary }: Pick<Report, 'summary'>, least: Severity | 'never'): boolean =>
  least !== 'never' && ORDER.slice(ORDER.indexOf(least)).some((severity) => summary.findings[severity] > 0);
