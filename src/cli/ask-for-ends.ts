import { createInterface } from 'node:readline/promises';
import type { Bench } from '../fix/bench.ts';
import { unsafeFixes } from '../fix/choose.ts';
import { type Mended, mend } from '../fix/mend.ts';
import { touchedBy } from '../fix/touched.ts';
import { onlyWritable, type Writable } from '../fix/writable.ts';
import type { Report, ReportFinding, ReportFix } from '../report/report.ts';
import { sanitizeLine } from '../report/sanitize.ts';
import { renderFinding } from '../report/text/finding.ts';
import type { Style } from '../report/text/style.ts';
import { complain } from './complain.ts';
import { widthOfTerminal } from './terminal.ts';

interface Asking {
  readonly rules: ReadonlySet<string> | undefined;
  readonly whyNot: Writable;
  readonly style: Style;
}

const MOST_TOUCHED = 6;

/** Asks on the terminal about one finding after the other; each choice is proved before the next question. */
export async function askForEnds(bench: Bench, begun: Mended, asking: Asking): Promise<Mended> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  let isOver = false;
  const ended = new Promise<string>((answer) => {
    terminal.once('close', () => {
      isOver = true;
      answer('q');
    });
  });
  const ask = (question: string): Promise<string> => Promise.race([terminal.question(question), ended]);
  const asked = new Set<string>();
  let mended = begun;
  try {
    for (let next = nextOf(mended.after, asked, asking); next && !isOver; ) {
      asked.add(next.fingerprint);
      const fixes = unsafeFixes(next);
      process.stderr.write(`\n${describeChoices(next, fixes, mended.after, bench, asking.style)}`);
      const answer = (await ask(`change which? [1-${fixes.length}, s skip, q quit] `)).trim().toLowerCase();
      if (answer.startsWith('q')) break;
      const fix = fixes[Number(answer) - 1];
      if (fix) mended = await make(bench, mended, next, fix, asking.whyNot);
      next = nextOf(mended.after, asked, asking);
    }
  } finally {
    terminal.close();
  }
  return mended;
}

const nextOf = (report: Report, asked: ReadonlySet<string>, { rules }: Asking): ReportFinding | undefined =>
  report.findings.find(
    (one) =>
      !one.ignored &&
      !asked.has(one.fingerprint) &&
      (!rules || rules.has(one.rule)) &&
      unsafeFixes(one).length > 0,
  );

/** Both ends, what each choice changes, and what else hangs on it. */
function describeChoices(
  finding: ReportFinding,
  fixes: readonly ReportFix[],
  report: Report,
  bench: Bench,
  style: Style,
): string {
  const shown = renderFinding(finding, report, {
    width: widthOfTerminal(),
    style,
    textOf: (path) => bench.textOf(path),
  });
  const choices = fixes.flatMap((fix, index) => {
    const touched = touchedBy(report, { finding, fix });
    const more = touched.length - MOST_TOUCHED;
    return [
      `  ${style.bold(`${index + 1})`)} ${sanitizeLine(fix.title)}: changes ${changedBy(fix)}, ${filesOf(fix)}`,
      ...touched.slice(0, MOST_TOUCHED).map((one) => `       touches ${sanitizeLine(one)}`),
      ...(more > 0 ? [`       and ${more} more`] : []),
    ];
  });
  return `${shown}${choices.join('\n')}\n`;
}

/** The words of `--end`, for who does the same to many at once. */
const changedBy = ({ end, changes }: ReportFix): string =>
  changes ? `${sanitizeLine(`${changes.kind} \`${changes.name}\``)} (the ${end} end)` : `the ${end} end`;

const filesOf = ({ edits }: ReportFix): string =>
  [...new Set(edits.map(({ path, start }) => sanitizeLine(`${path}:${start.line}`)))].join(', ');

async function make(
  bench: Bench,
  mended: Mended,
  finding: ReportFinding,
  fix: ReportFix,
  whyNot: Writable,
): Promise<Mended> {
  const isChosen = (one: ReportFinding): ReportFix | undefined =>
    one.fingerprint === finding.fingerprint ? one.fixes.find(({ title }) => title === fix.title) : undefined;
  const { choose, refused } = onlyWritable(isChosen, mended.after, whyNot);
  const made = await mend(bench, choose, mended.after);
  for (const { reason } of [...refused, ...made.declined]) complain(`not fixed: ${reason}`);
  const before = new Map(mended.files.map((file) => [file.path, file.before]));
  const files = new Map(mended.files.map((file) => [file.path, file]));
  for (const file of made.files)
    files.set(file.path, { ...file, before: before.get(file.path) ?? file.before });
  return {
    before: mended.before,
    after: made.after,
    files: [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    done: [...mended.done, ...made.done],
    declined: mended.declined,
  };
}
