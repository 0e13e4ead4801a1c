import type { ReportFix, ReportLocation } from './report.ts';

type ReportEdit = ReportFix['edits'][number];

/** What an edit takes away, as a place: one of no characters where something is put in. */
export const placeOfEdit = ({ path, start, end }: ReportEdit): ReportLocation => ({
  path,
  line: start.line,
  column: start.column,
  endLine: end.line,
  endColumn: end.column,
});
