import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report, State } from '../report/report.ts';
import { reportOf, VARIED } from '../testing/report-of.ts';

const examples = new URL('../../examples/', import.meta.url);
const ALL_EXAMPLES = Object.fromEntries(
  readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [file, readFileSync(new URL(file, examples), 'utf8')]),
);

const worst = (states: readonly State[]): State =>
  states.includes('broken') ? 'broken' : states.includes('unproved') ? 'unproved' : 'whole';

describe.each<[string, Report]>([
  ['one of everything', reportOf(VARIED)],
  ['the examples, which make several sets', reportOf(ALL_EXAMPLES)],
  ['nothing', reportOf({})],
])('%s', (_, report) => {
  const links = new Map(report.links.map((link) => [link.id, link]));

  test('each link has an id of its own, and each mention of one finds it', () => {
    expect(links.size).toBe(report.links.length);
    const mentioned = [
      ...report.chains.flatMap((chain) => chain.links),
      ...report.findings.flatMap(({ link }) => link ?? []),
    ];
    expect(mentioned.filter((id) => !links.has(id))).toEqual([]);
  });

  test('a chain is as good as its worst link, and has at least one', () => {
    for (const chain of report.chains) {
      expect(chain.links).not.toEqual([]);
      expect(chain.state).toBe(worst(chain.links.map((id) => links.get(id)!.state)));
    }
  });

  test('the summary counts what is listed', () => {
    const count = (all: readonly { readonly state: State }[], state: State): number =>
      all.filter((one) => one.state === state).length;
    for (const state of ['whole', 'broken', 'unproved'] as const) {
      expect(report.summary.links[state]).toBe(count(report.links, state));
      expect(report.summary.chains[state]).toBe(count(report.chains, state));
    }
    for (const severity of ['error', 'warning', 'info'] as const) {
      expect(report.summary.findings[severity]).toBe(
        report.findings.filter((one) => one.severity === severity).length,
      );
    }
  });

  test('the first label of a finding is the primary one, and the only', () => {
    for (const { labels } of report.findings)
      expect(labels.map(({ primary }) => primary)).toEqual(labels.map((_, index) => index === 0));
  });

  test('every set named anywhere is listed, and every broken link is told', () => {
    const names = new Set(['', ...report.sets.map(({ name }) => name)]);
    for (const { set } of [...report.links, ...report.chains, ...report.findings, ...report.sources])
      expect(names).toContain(set);
    const told = new Set(report.findings.map(({ link }) => link));
    expect(report.links.filter(({ state, id }) => state === 'broken' && !told.has(id))).toEqual([]);
  });
});
