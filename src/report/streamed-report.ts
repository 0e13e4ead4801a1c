import type { Report, ReportChain, ReportLink } from './report.ts';

/**
 * A report whose longest lists are made while somebody goes through them, and forgotten again. Its errors are whole
 * once that is done: that a text changed meanwhile shows when its lines are counted.
 */
export interface StreamedReport extends Omit<Report, 'links' | 'chains'> {
  readonly links: Iterable<ReportLink>;
  readonly chains: Iterable<ReportChain>;
}
