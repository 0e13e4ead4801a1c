import type { ReportFinding, ReportFix } from '../report/report.ts';

/** A finding, and the fix of it that was chosen. */
export interface Proposal {
  readonly finding: ReportFinding;
  readonly fix: ReportFix;
}

/** Says which fix of a finding is wanted, if any. */
export type Choice = (finding: ReportFinding) => ReportFix | undefined;

type Edit = ReportFix['edits'][number];

/**
 * As many proposals as can be applied in one go, in the order of the text: of two that touch the same characters the
 * first, as the other may mean something else by then. Two sets may propose the same edit; it is made once.
 */
export function withoutOverlaps(proposals: readonly Proposal[]): Proposal[] {
  const taken = new Map<string, Edit[]>();
  const kept: Proposal[] = [];
  for (const proposal of proposals) {
    const { edits } = proposal.fix;
    if (
      edits.some((edit) => taken.get(edit.path)?.some((other) => !isSame(edit, other) && meet(edit, other)))
    )
      continue;
    for (const edit of edits) taken.set(edit.path, [...(taken.get(edit.path) ?? []), edit]);
    kept.push(proposal);
  }
  return kept;
}

const isSame = (a: Edit, b: Edit): boolean =>
  a.text === b.text && compare(a.start, b.start) === 0 && compare(a.end, b.end) === 0;

/** Neighbours meet as well. */
const meet = (a: Edit, b: Edit): boolean => compare(a.start, b.end) <= 0 && compare(b.start, a.end) <= 0;

const compare = (a: Edit['start'], b: Edit['start']): number => a.line - b.line || a.column - b.column;
