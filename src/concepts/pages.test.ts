import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { renderPage } from '../cli/page.ts';
import type { Report, ReportFinding } from '../report/report.ts';
import { chainHops } from '../report/text/chain-line.ts';
import { contextOf } from '../report/text/context.ts';
import { plainStyle } from '../report/text/style.ts';
import { allRules } from '../rules/index.ts';
import { conceptPageOf, examplesOf, rowOf } from '../testing/concept-page.ts';
import { reportOf } from '../testing/report-of.ts';
import { concepts } from './concepts.ts';
import { withRules } from './find.ts';

const MOST_LINES = 40;
const HEADINGS = ['Broken', 'Fixed'];

test('every page is of a concept', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file.endsWith('.md'));
  expect(files.toSorted()).toEqual(concepts.map(({ id }) => `${id}.md`).toSorted());
});

test('the index of the documentation has every concept, and what it is in a sentence', () => {
  const index = readFileSync(new URL('../../docs/concepts.md', import.meta.url), 'utf8');
  for (const { id, name, summary } of concepts)
    expect(index).toContain(`[${name}](../src/concepts/${id}.md): ${summary}`);
});

describe.each(concepts.map((concept) => [concept.name, concept] as const))('%s', (name, concept) => {
  const page = conceptPageOf(concept.id);
  const { broken, fixed } = examplesOf(page);
  const [brokenReport, fixedReport] = [broken, fixed].map((text) => reportOf({ 'page.yaml': text }));
  const [, rule] = /`portolan check` finds `(\S+)` in the first/.exec(page) ?? [];

  test('is told in its headings, its sentence and forty lines', () => {
    expect(page.startsWith(`# ${name}\n\n${concept.summary}\n\n\`\`\`text\n`)).toBe(true);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    expect(concept.summary).toMatch(/^[A-Z].*\.$/);
    expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    const shown = renderPage(withRules(page, concept), undefined, plainStyle, 100);
    expect(shown.trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    const [, picture = ''] = /```text\n(.*?)```/s.exec(page) ?? [];
    expect(picture.split('\n').filter((line) => line.length > 96)).toEqual([]);
  });

  test('is behind rules that there are', () => {
    const ids = new Set(allRules.map(({ id }) => id));
    expect(concept.rules.filter((id) => !ids.has(id))).toEqual([]);
    expect(concept.rules).toContain(rule);
  });

  test('has a broken example that gives the finding it names, and a fixed one that gives none', () => {
    expect(brokenReport!.findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(fixedReport!.findings).toEqual([]);
    expect([...brokenReport!.errors, ...fixedReport!.errors]).toEqual([]);
  });

  test('draws what is so', () => {
    const hops = hopsOf(brokenReport!, brokenReport!.findings[0]!);
    for (const [row, report, so] of [
      ['broken', brokenReport!, hops],
      ['fixed', fixedReport!, hopsToTheEnd(fixedReport!)],
    ] as const) {
      const { drawn, remark } = rowOf(row, page);
      expect(drawn).toMatch(row === 'broken' ? /→|✗/ : /^[^✗]+→[^✗]+$/);
      // What is about no chain has a picture of its own.
      if (hops !== '') expect(drawn).toBe(so);
      const known = JSON.stringify(report).match(/\d+/g);
      const numbers = `${drawn} ${remark}`.match(/\d+/g) ?? [];
      expect(numbers.filter((number) => !known?.includes(number))).toEqual([]);
    }
  });
});

function hopsOf(report: Report, finding: Pick<ReportFinding, 'link'>): string {
  const context = contextOf(report, { width: 100, style: plainStyle, textOf: () => undefined });
  return chainHops(finding, context).join(' ').replaceAll('default/', '');
}

/** The first chain, as far as it goes. */
const hopsToTheEnd = (report: Report): string =>
  hopsOf(report, { link: report.chains[0]?.links.at(-1) ?? null });
