import { SEVERITIES } from '../order.ts';
import { plural } from '../plural.ts';
import type { Report, ReportFinding } from '../report.ts';

/** The findings that count, in the report's order: not those that somebody chose to ignore. */
export const countedIn = ({ findings }: Report): ReportFinding[] =>
  findings.filter(({ ignored }) => !ignored);

/** The gravest first; of one severity in the report's order. */
export const worstFirst = (findings: readonly ReportFinding[]): ReportFinding[] =>
  findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));

/** `2 errors, 1 warning`; undefined where there is none. */
export function wordsFor(findings: readonly ReportFinding[]): string | undefined {
  const parts = SEVERITIES.flatMap((severity) => {
    const many = findings.filter((finding) => finding.severity === severity).length;
    return many === 0 ? [] : [plural(many, severity === 'info' ? 'note' : severity)];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}
