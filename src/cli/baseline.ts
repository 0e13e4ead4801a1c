import { existsSync } from 'node:fs';
import type { CheckResult } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import { pruneBaseline, writeBaseline } from '../report/baseline.ts';
import { VERSION } from '../version.ts';
import { complain } from './complain.ts';
import { EXIT, exitOf } from './exit-codes.ts';
import { tellErrors } from './tell-errors.ts';
import { UsageError } from './usage-error.ts';
import { writeReport } from './write.ts';

/** Where a baseline lies that nobody names. */
const USUAL = 'portolan.baseline';

interface BaselineArguments {
  readonly baseline?: string;
  readonly changedSince?: string;
  readonly writeBaseline?: boolean;
  readonly pruneBaseline?: boolean;
}

/**
 * The arguments with the baseline that is read: one that is written anew need not be there.
 *
 * @throws UsageError for options that contradict each other
 */
export function withBaseline<Arguments extends BaselineArguments>(args: Arguments): Arguments {
  const { writeBaseline: writes, pruneBaseline: prunes, changedSince } = args;
  if (!writes && !prunes) return args;
  if (writes && prunes)
    throw new UsageError('`--write-baseline` takes out what is mended as well; give one of the two');
  if (changedSince !== undefined)
    throw new UsageError(
      'a baseline holds all findings, and `--changed-since` leaves some out; give one of the two',
    );
  const { baseline = USUAL } = args;
  const { baseline: _, ...others } = args;
  return writes && !existsSync(baseline) ? (others as Arguments) : { ...args, baseline };
}

/** Writes the baseline, or what is left of it. What it holds does not fail. */
export function updateBaseline(
  found: CheckResult,
  { baseline = USUAL, pruneBaseline: prunes }: BaselineArguments,
): number {
  const report = toReport(found, { version: VERSION });
  tellErrors(report);
  const mended = report.baseline?.mended ?? [];
  const text =
    prunes && found.baseline ? pruneBaseline(found.baseline, mended) : writeBaseline(report.findings);
  writeReport(baseline, text);
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  const gone = report.baseline ? `, ${mended.length} mended` : '';
  complain(`${baseline}: ${lines} ${lines === 1 ? 'finding' : 'findings'}${gone}`);
  return exitOf(report) ?? EXIT.clean;
}
