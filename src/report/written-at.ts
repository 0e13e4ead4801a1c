import type { ReportFinding, ReportLocation } from './report.ts';

/** Where a person wrote it, as far as that is known: whoever shows findings beside files shows this. */
export const writtenAt = ({ location, origin }: ReportFinding['labels'][number]): ReportLocation =>
  origin ?? location;
