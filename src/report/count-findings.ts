import type { Report } from './report.ts';

/** What a summary says of findings: those that count by their severity, and how many do not. */
export function countFindings(findings: Report['findings']): Pick<Report['summary'], 'findings' | 'ignored'> {
  const counts = { error: 0, warning: 0, info: 0 };
  let ignored = 0;
  for (const one of findings) {
    if (one.ignored) ignored += 1;
    else counts[one.severity] += 1;
  }
  return { findings: counts, ignored };
}
