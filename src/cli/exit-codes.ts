import type { Report } from '../report/report.ts';
import { UsageError } from './usage-error.ts';

/** What `portolan` says to scripts; documented in `--help` and in the README. */
export const EXIT = {
  clean: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage or configuration, or input that cannot be read or parsed. */
  input: 2,
  /** Could not check: a part of portolan or a renderer failed, the cluster refused, a report could not be written. */
  failed: 3,
} as const;

export const EXIT_HELP = `
Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  wrong usage or configuration, or input that cannot be read or parsed
  3  could not check, or could not write a report
`;

/** What the errors of a report say, whatever its findings say; undefined when there are none. */
export function exitOf({
  errors,
}: Pick<Report, 'errors'>): typeof EXIT.failed | typeof EXIT.input | undefined {
  if (errors.some(({ fault }) => fault)) return EXIT.failed;
  return errors.length > 0 ? EXIT.input : undefined;
}

/**
 * Of a target that is not among what was read: where reading failed, as a cluster refused, it may be there all the same.
 *
 * @throws UsageError where all was read
 */
export function exitOfMissing(report: Report, missing: string): typeof EXIT.failed {
  if (exitOf(report) === EXIT.failed) return EXIT.failed;
  throw new UsageError(missing);
}
