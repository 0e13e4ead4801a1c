import type { Report } from '../report/report.ts';
import type { Bench } from './bench.ts';
import { type Choice, type Proposal, withoutOverlaps } from './proposal.ts';
import { whyNotProved } from './prove.ts';
import { editsByPath, splice } from './splice.ts';

/** A fix that was not made, and why; one phrase. */
export interface Declined extends Proposal {
  readonly reason: string;
}

export interface Mended {
  /** What was found before anything was changed, and what is found now. */
  readonly before: Report;
  readonly after: Report;
  readonly files: readonly MendedFile[];
  readonly done: readonly Proposal[];
  readonly declined: readonly Declined[];
}

export interface MendedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Makes the fixes that are chosen, round by round: those that do not overlap are spliced in together, the input is
 * checked again, and they are kept if that proves them. Where it does not, fewer are tried together, down to one,
 * which is declined.
 */
export async function mend(bench: Bench, choose: Choice, checked?: Report): Promise<Mended> {
  const before = checked ?? (await bench.check());
  let report = before;
  const originals = new Map<string, string>();
  const done: Proposal[] = [];
  const declined: Declined[] = [];
  const tried = new Set<string>();
  for (let most = Number.POSITIVE_INFINITY; ; ) {
    const wanted = proposalsIn(report, choose).filter((one) => !tried.has(keyOf(one)));
    const round = withoutOverlaps(wanted).slice(0, most);
    if (round.length === 0) break;
    const outcome = await attempt(bench, report, round);
    if (typeof outcome !== 'string') {
      for (const [path, text] of outcome.replaced) if (!originals.has(path)) originals.set(path, text);
      for (const one of round) {
        tried.add(keyOf(one));
        done.push(one);
      }
      report = outcome.report;
      most *= 2;
    } else if (round.length === 1) {
      tried.add(keyOf(round[0]!));
      declined.push({ ...round[0]!, reason: outcome });
      most = 2;
    } else {
      most = Math.ceil(round.length / 2);
    }
  }
  const files = [...originals]
    .map(([path, text]) => ({ path, before: text, after: bench.textOf(path) ?? text }))
    .filter((file) => file.before !== file.after)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { before, after: report, files, done, declined };
}

const proposalsIn = ({ findings }: Report, choose: Choice): Proposal[] =>
  findings.flatMap((finding) => {
    const fix = choose(finding);
    return fix ? { finding, fix } : [];
  });

/** The same finding may come again behind another; the same fix of it is not made twice. */
const keyOf = ({ finding, fix }: Proposal): string =>
  [finding.fingerprint, finding.set, fix.title].join('\0');

interface Kept {
  readonly report: Report;
  /** The texts that others took the place of. */
  readonly replaced: ReadonlyMap<string, string>;
}

/** @returns why the round proves nothing, in one phrase; the bench is as it was then */
async function attempt(bench: Bench, report: Report, round: readonly Proposal[]): Promise<Kept | string> {
  const replaced = new Map<string, string>();
  const spliced = new Map<string, string>();
  for (const [path, edits] of editsByPath(round.map(({ fix }) => fix))) {
    const text = bench.textOf(path);
    const after = text === undefined ? undefined : splice(text, edits);
    if (text === undefined || after === undefined) return `${path} does not say any more what was checked`;
    replaced.set(path, text);
    spliced.set(path, after);
  }
  for (const [path, text] of spliced) bench.put(path, text);
  const after = await bench.check();
  const reason = whyNotProved(report, after, round);
  if (reason === undefined) return { report: after, replaced };
  for (const [path, text] of replaced) bench.put(path, text);
  return reason;
}
