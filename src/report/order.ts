import type { ReportChain, ReportFinding, ReportLocation, ReportUnproved, State } from './report.ts';

/** The gravest first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** As a summary counts them. */
export const STATES: readonly State[] = ['whole', 'broken', 'unproved'];

/** Broken chains first, then what is not proved; of either, what somebody outside may meet comes before the rest. */
export const worstFirst = (chains: readonly ReportChain[]): ReportChain[] =>
  chains.toSorted((a, b) => gravity(a) - gravity(b));

const gravity = ({ state, entry }: ReportChain): number =>
  2 * WORST_FIRST.indexOf(state) + (entry.kind === 'cluster' ? 1 : 0);

/** Where to look first. */
export const WORST_FIRST: readonly State[] = ['broken', 'unproved', 'whole'];

/** By place, then by severity, rule and words; the same on every machine, whatever its language. */
export const sortFindings = (findings: readonly ReportFinding[]): ReportFinding[] =>
  findings.toSorted(compare);

function compare(a: ReportFinding, b: ReportFinding): number {
  const [here, there] = [a.labels[0]!.location, b.labels[0]!.location];
  return (
    byText(here.path, there.path) ||
    here.line - there.line ||
    here.column - there.column ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    byText(a.rule, b.rule) ||
    byText(a.message, b.message) ||
    byText(a.set, b.set)
  );
}

/** What most links wait for first. */
export const sortUnproved = (unproved: readonly ReportUnproved[]): ReportUnproved[] =>
  unproved.toSorted((a, b) => b.links - a.links || (a.kind < b.kind ? -1 : 1));

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Errors and ignores. */
export const byPlace = (
  a: Pick<ReportLocation, 'path' | 'line' | 'column'>,
  b: Pick<ReportLocation, 'path' | 'line' | 'column'>,
): number => byText(a.path, b.path) || a.line - b.line || a.column - b.column;
