import type { FixEnd, ReportFinding, ReportFix } from '../report/report.ts';
import type { Choice } from './proposal.ts';

/** Which fixes are wanted. */
export interface Wanted {
  /** Of these rules alone; of all when left out. */
  readonly rules?: ReadonlySet<string> | undefined;
  /** Of this finding alone. */
  readonly fingerprint?: string | undefined;
  /** Those that change this end of a chain, safe or not; the safe ones of any end when left out. */
  readonly end?: FixEnd | undefined;
}

/** Chooses one fix of each finding that is wanted. What somebody ignores is fixed only when it is named. */
export const chooser =
  ({ rules, fingerprint, end }: Wanted): Choice =>
  (finding) => {
    if (fingerprint !== undefined ? finding.fingerprint !== fingerprint : finding.ignored) return undefined;
    if (rules && !rules.has(finding.rule)) return undefined;
    return end === undefined ? safeFix(finding) : finding.fixes.find((fix) => fix.end === end);
  };

const safeFix = ({ fixes }: ReportFinding): ReportFix | undefined =>
  fixes.find(({ applicability }) => applicability === 'safe');

/** Fixes of a finding that choose an end, which a person has to. */
export const unsafeFixes = ({ fixes }: ReportFinding): ReportFix[] =>
  fixes.filter(({ applicability }) => applicability === 'unsafe');
