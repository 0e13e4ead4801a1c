import type { Report } from '../report/report.ts';
import { deniedHints } from '../report/text/summary.ts';
import { complain } from './complain.ts';

/** What could not be read and what may not be seen, on standard error, where the output itself has no place for it. */
export function tellErrors(report: Report): void {
  for (const { path, line, column, message } of report.errors) {
    const place = path === '' ? '' : `${path}:${line}:${column}: `;
    complain(`error: ${place}${message}`);
  }
  for (const hint of deniedHints(report)) complain(`note: ${hint}`);
}
