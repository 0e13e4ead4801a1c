import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { because, HELM, KUBECTL } from '../testing/renderers.ts';
import { TestRepository } from '../testing/repository.ts';
import { filesUnder, manifestsUnder, pageOf, seenUnder } from '../testing/rule-page.ts';
import { allRules } from './index.ts';

const HEADINGS = ['What it finds', 'Why it breaks', 'Broken', 'Fixed', 'See for yourself'];
/** Ids of rules that are gone; their names never come back with another meaning. */
const RETIRED: readonly string[] = [];

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((file) => !file.includes('.test.') && file.endsWith('.ts'));
const NOT_RULES = new Set(['rule.ts', 'index.ts', 'pages.ts']);

function findingsUnder(heading: 'Broken' | 'Fixed', page: string): { rule: string; severity: string }[] {
  const text = manifestsUnder(heading, page);
  expect(text).not.toBe('');
  const { sets, errors } = check([{ path: 'page.yaml', text, kind: 'file', editable: true }], {
    rules: allRules,
    settings: { ...DEFAULT_SETTINGS, observations: seenUnder(heading, page) },
  });
  expect(errors).toEqual([]);
  return sets.flatMap(({ findings }) => findings.map(({ rule, severity }) => ({ rule, severity })));
}

test('every file of the folder is a listed rule, and ids are their file names', () => {
  const ids = files.filter((file) => !NOT_RULES.has(file)).map((file) => file.slice(0, -3));
  expect(allRules.map(({ id }) => id)).toEqual(ids.toSorted());
  expect(ids.filter((id) => RETIRED.includes(id))).toEqual([]);
});

const foundInFiles = async (
  files: Readonly<Record<string, string>>,
): Promise<{ rule: string; severity: string }[]> => {
  const repository = new TestRepository(files);
  try {
    const { findings, errors } = await repository.check(['.'], { vary: true });
    expect(errors).toEqual([]);
    return [...findings];
  } finally {
    repository.remove();
  }
};

/** Rules that need a build are asked of one. */
const isBuilt = (id: string): boolean => Object.keys(filesUnder('Broken', pageOf(id))).length > 0;
const cannotBuild = HELM === undefined || KUBECTL === undefined;

describe.skipIf(cannotBuild).each(allRules.filter(({ id }) => isBuilt(id)).map(({ id }) => id))(
  `%s, built${because('helm') || because('kubectl')}`,
  (id) => {
    test('is found in the files of the Broken block', async () => {
      const found = await foundInFiles(filesUnder('Broken', pageOf(id)));
      expect(found.map(({ rule }) => rule)).toContain(id);
    });

    test('accepts those of the Fixed block', async () => {
      const found = await foundInFiles(filesUnder('Fixed', pageOf(id)));
      expect(found.filter(({ rule, severity }) => rule === id || severity === 'error')).toEqual([]);
    });
  },
);

test.each(allRules.map((rule) => [rule.id, rule] as const))(
  '%s has a page with its headings in order and its summary',
  (id, rule) => {
    const page = pageOf(id);
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    expect(page.startsWith(`# ${id}\n\n${rule.summary}\n`)).toBe(true);
    expect(rule.summary).toMatch(/^[A-Z].*\.$/);
  },
);

describe.each(allRules.filter(({ id }) => !isBuilt(id)).map(({ id }) => id))('%s', (id) => {
  const page = pageOf(id);

  test('finds the Broken block of its page', () => {
    expect(findingsUnder('Broken', page).map((finding) => finding.rule)).toContain(id);
  });

  test('accepts the Fixed block, and no rule finds an error there', () => {
    const findings = findingsUnder('Fixed', page);
    expect(findings.filter((finding) => finding.rule === id || finding.severity === 'error')).toEqual([]);
  });
});
