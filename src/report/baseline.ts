import type { ReportBaseline, ReportFinding } from './report.ts';
import { sanitizeLine } from './sanitize.ts';

/** Findings that were there before, by their fingerprints; one may be there several times. */
export interface Baseline {
  /** As shown. */
  readonly path: string;
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Where it was, which is for people: a finding may move. */
  readonly place: string;
  /** All of it, as it is written. */
  readonly line: string;
}

const HEADER = [
  '# Findings that were there before, which do not count: fingerprint, rule, file and what it meant, one a line.',
  '# `portolan check --write-baseline` writes it, `--prune-baseline` takes out what is mended.',
];

const ENTRY = /^[0-9a-f]{16} [a-z][a-z0-9-]* /;

/** @returns the entries, or the first line, from 1, that is none */
export function parseBaseline(text: string): readonly BaselineEntry[] | { readonly wrong: number } {
  const entries: BaselineEntry[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [fingerprint = '', rule = ''] = line.split(' ', 2);
    const begin = fingerprint.length + rule.length + 2;
    const end = line.indexOf(': ', begin);
    if (!ENTRY.test(line) || end <= begin) return { wrong: index + 1 };
    const place = line.slice(begin, end);
    entries.push({ fingerprint, rule, place, line });
  }
  return entries;
}

/** All findings that count, or that a baseline has already; sorted, so that two branches rarely change one line. */
export const writeBaseline = (findings: readonly ReportFinding[]): string =>
  linesToText(findings.filter(({ ignored }) => !ignored || ignored.by === 'baseline').map(lineOf));

/** The same without what is mended; nothing is added. */
export function pruneBaseline({ entries }: Baseline, mended: readonly string[]): string {
  const left = new Map<string, number>();
  for (const line of mended) left.set(line, (left.get(line) ?? 0) + 1);
  const kept = entries.filter(({ line }) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
  return linesToText(kept.map(({ line }) => line));
}

const linesToText = (lines: readonly string[]): string => {
  const sorted = lines.toSorted((a, b) => {
    const [one, other] = [a.slice(17), b.slice(17)];
    return one < other ? -1 : one > other ? 1 : a < b ? -1 : 1;
  });
  return `${[...HEADER, ...sorted].join('\n')}\n`;
};

function lineOf({ fingerprint, rule, labels: [label], message }: ReportFinding): string {
  const path = (label?.origin ?? label?.location)?.path ?? '';
  return sanitizeLine(`${fingerprint} ${rule} ${path}: ${message}`);
}

/**
 * Marks what a baseline has.
 *
 * @param isLookedAt whether this run would find it: it asks the rule, and reads the file
 */
export function applyBaseline(
  findings: readonly ReportFinding[],
  { path, entries }: Baseline,
  isLookedAt: (entry: BaselineEntry) => boolean,
): { readonly findings: ReportFinding[]; readonly baseline: ReportBaseline } {
  const left = new Map<string, BaselineEntry[]>();
  for (const entry of entries) left.set(entry.fingerprint, [...(left.get(entry.fingerprint) ?? []), entry]);
  let known = 0;
  const marked = findings.map((finding): ReportFinding => {
    if (finding.ignored || !left.get(finding.fingerprint)?.pop()) return finding;
    known++;
    return { ...finding, ignored: { by: 'baseline', reason: `it is in ${path}` } };
  });
  const mended = [...left.values()].flat().filter(isLookedAt);
  return { findings: marked, baseline: { path, known, mended: mended.map(({ line }) => line) } };
}
