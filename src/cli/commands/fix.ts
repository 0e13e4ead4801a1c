import { toReport } from '../../engine/to-report.ts';
import { chooser } from '../../fix/choose.ts';
import { type Declined, type Mended, mend } from '../../fix/mend.ts';
import { onlyWritable } from '../../fix/writable.ts';
import type { FixEnd, Report, ReportFinding } from '../../report/report.ts';
import { sanitize, sanitizeLine, withoutCommands } from '../../report/sanitize.ts';
import { allRules } from '../../rules/index.ts';
import { type WriteOptions, whyNotWritable, writeBack } from '../../sources/write-back.ts';
import { VERSION } from '../../version.ts';
import { askForEnds } from '../ask-for-ends.ts';
import { complain } from '../complain.ts';
import { EXIT, exitOf } from '../exit-codes.ts';
import { namedPaths } from '../named-paths.ts';
import { openSession, requireFound, type SessionArguments } from '../open-session.ts';
import { namedRules } from '../select-rules.ts';
import { tellErrors } from '../tell-errors.ts';
import { type ColorChoice, styleFor } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { print } from '../write.ts';

export interface FixArguments extends SessionArguments {
  readonly write: boolean;
  readonly unsafe: boolean;
  readonly rule: readonly string[];
  readonly finding?: string;
  readonly end?: FixEnd;
  readonly color: ColorChoice;
}

/** `portolan fix`: prints what it would change as a unified diff, or writes it. Exit code 1 while something is left to be written. */
export async function runFix(paths: readonly string[], args: FixArguments): Promise<number> {
  const isAsking = requireChoice(args);
  const rules = args.rule.length > 0 ? namedRules(allRules, args.rule) : undefined;
  const session = openSession(paths, args, allRules);
  const report = reportOf(requireFound(await session.check()));
  tellErrors(report);
  const wanted = { rules, fingerprint: args.finding, end: args.unsafe ? args.end : undefined };
  if (args.finding !== undefined) requireFinding(report, args.finding);

  const writing = { cwd: process.cwd(), within: namedPaths(paths, args) };
  const whyNot = (path: string): string | undefined => whyNotWritable(path, writing);
  const { choose, refused } = onlyWritable(chooser(wanted), report, whyNot);
  const bench = await session.bench(reportOf);
  let mended: Mended;
  try {
    mended = await mend(bench, choose);
    if (isAsking) mended = await askForEnds(bench, mended, { rules, whyNot, style: styleFor(args.color) });
  } finally {
    bench.close();
  }
  for (const one of [...refused, ...mended.declined]) tellDeclined(one);
  if (!args.write) await printDiff(mended, args.color);
  const isWritten = args.write ? write(mended, writing) : mended.files.length === 0;
  complain(summaryOf(mended, args.write && isWritten));
  if (args.write && !isWritten) return EXIT.failed;
  return exitOf(report) ?? (isWritten ? EXIT.clean : EXIT.findings);
}

const reportOf = (found: Parameters<typeof toReport>[0]): Report => toReport(found, { version: VERSION });

/** Whether each end is asked for; all at once is only what was named. */
function requireChoice({ unsafe, rule, finding, end }: FixArguments): boolean {
  if (end !== undefined && !unsafe)
    throw new UsageError('`--end` chooses an end, which may change what works today; say `--unsafe` with it');
  if (!unsafe) return false;
  if (end !== undefined) {
    if (rule.length > 0 || finding !== undefined) return false;
    throw new UsageError(
      '`--end` is for what is named with it: give `--rule RULE` or `--finding FINGERPRINT`',
    );
  }
  if (process.stdin.isTTY && process.stderr.isTTY) return true;
  throw new UsageError(
    '`--unsafe` asks about one finding at a time on a terminal, and this is none; give `--rule RULE` or `--finding FINGERPRINT`, and `--end service`, `pod` or `route`',
  );
}

function requireFinding({ findings }: Report, fingerprint: string): void {
  if (findings.some((one) => one.fingerprint === fingerprint)) return;
  throw new UsageError(
    `no finding has the fingerprint \`${fingerprint}\`; \`portolan check -o json\` prints that of each`,
  );
}

async function printDiff({ files }: Mended, color: ColorChoice): Promise<void> {
  const { unifiedDiff } = await import('../../fix/unified-diff.ts');
  const style = styleFor(color);
  for (const file of files) {
    const lines = unifiedDiff(file).map((line) => {
      // A carriage return before a line feed is part of the file.
      const ending = line.endsWith('\r') ? '\r' : '';
      const shown = withoutCommands(sanitize(ending ? line.slice(0, -1) : line)) + ending;
      if (/^(?:---|\+\+\+) [ab]\//.test(shown)) return style.bold(shown);
      if (shown.startsWith('-')) return style.error(shown);
      return shown.startsWith('+') ? style.accent(shown) : shown.startsWith('@@') ? style.dim(shown) : shown;
    });
    print(`${lines.join('\n')}\n`);
  }
}

/** @returns whether every file is new */
function write({ files }: Mended, options: WriteOptions): boolean {
  const { written, left } = writeBack(files, options);
  for (const path of written) complain(`written: ${path}`);
  for (const { path, reason } of left) complain(`not written, and as it was: ${path}: ${reason}`);
  return left.length === 0;
}

function tellDeclined({ finding, fix, reason }: Declined): void {
  complain(`not fixed: ${placeOf(finding)}: ${sanitizeLine(fix.title)}: ${sanitizeLine(reason)}`);
}

const placeOf = ({ rule, labels: [label] }: ReportFinding): string => {
  const at = label?.origin ?? label?.location;
  return at ? `${at.path}:${at.line}:${at.column} ${rule}` : rule;
};

function summaryOf({ done, files, after }: Mended, isWritten: boolean): string {
  const left = after.findings.filter(({ ignored }) => !ignored);
  const unsafe = left.filter(({ fixes }) => fixes.length > 0).length;
  const rest =
    left.length === 0
      ? 'nothing is left to be found'
      : `${plural(left.length, 'finding')} left${unsafe > 0 ? `, ${unsafe} of them with a fix that chooses an end (\`--unsafe\`)` : ''}`;
  if (done.length === 0) return `no fix to make; ${rest}`;
  const what = `${plural(done.length, 'finding')} in ${plural(files.length, 'file')}`;
  return isWritten ? `fixed ${what}; ${rest}` : `would fix ${what}; ${rest}; \`--write\` writes it`;
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
