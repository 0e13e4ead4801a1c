import type { Report } from '../report/report.ts';
import { complain } from './complain.ts';

/** What could not be read, on standard error, where the output itself has no place for it. */
export function tellErrors({ errors }: Report): void {
  for (const { path, line, column, message } of errors) {
    const place = path === '' ? '' : `${path}:${line}:${column}: `;
    complain(`error: ${place}${message}`);
  }
}
