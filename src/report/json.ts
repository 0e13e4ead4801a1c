import type { Report } from './report.ts';

/** The report as JSON, the shape that other programs rely on (`schema/report.schema.json`). */
export const renderJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
