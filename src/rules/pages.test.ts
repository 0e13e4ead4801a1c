import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { manifestsUnder, pageOf } from '../testing/rule-page.ts';
import { allRules } from './index.ts';

const HEADINGS = ['What it finds', 'Why it breaks', 'Broken', 'Fixed', 'See for yourself'];
/** Ids of rules that are gone; their names never come back with another meaning. */
const RETIRED: readonly string[] = [];

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((file) => !file.includes('.test.') && file.endsWith('.ts'));
const NOT_RULES = new Set(['rule.ts', 'index.ts', 'pages.ts']);

function findingsOf(yaml: string): { rule: string; severity: string }[] {
  const { sets, errors } = check([{ path: 'page.yaml', text: yaml, kind: 'file', editable: true }], {
    rules: allRules,
  });
  expect(errors).toEqual([]);
  return sets.flatMap(({ findings }) => findings.map(({ rule, severity }) => ({ rule, severity })));
}

test('every file of the folder is a listed rule, and ids are their file names', () => {
  const ids = files.filter((file) => !NOT_RULES.has(file)).map((file) => file.slice(0, -3));
  expect(allRules.map(({ id }) => id)).toEqual(ids.toSorted());
  expect(ids.filter((id) => RETIRED.includes(id))).toEqual([]);
});

describe.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = pageOf(id);

  test('has a page with its headings in order and its summary', () => {
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    expect(page.startsWith(`# ${id}\n\n${rule.summary}\n`)).toBe(true);
    expect(rule.summary).toMatch(/^[A-Z].*\.$/);
  });

  test('finds the Broken block of its page', () => {
    expect(findingsOf(manifestsUnder('Broken', page)).map((finding) => finding.rule)).toContain(id);
  });

  test('accepts the Fixed block, and no rule finds an error there', () => {
    const fixed = manifestsUnder('Fixed', page);
    expect(fixed).not.toBe('');
    const findings = findingsOf(fixed);
    expect(findings.filter((finding) => finding.rule === id || finding.severity === 'error')).toEqual([]);
  });
});
