import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { dock, withFinding } from '../../testing/sarif-of.ts';
import type { Report } from '../report.ts';
import { renderJunit } from './junit.ts';

interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
  readonly testcase: readonly Record<string, unknown>[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'testcase' || name === 'testsuite',
});

function suitesOf(report: Report): Suite[] {
  const xml = renderJunit(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).testsuites.testsuite;
}

const having = (cases: readonly Record<string, unknown>[], outcome: string): number =>
  cases.filter((one) => outcome in one).length;

test('the counts of each suite are those of its cases, and no suite is empty', () => {
  for (const { testcase, ...suite } of suitesOf(reportOf(VARIED))) {
    expect(suite).toMatchObject({
      tests: String(testcase.length),
      failures: String(having(testcase, 'failure')),
      errors: String(having(testcase, 'error')),
      skipped: String(having(testcase, 'skipped')),
    });
    expect(testcase.length).toBeGreaterThan(0);
    for (const one of testcase) expect(one.name).not.toBe('');
  }
});

/**
 * What Jenkins lets each element have (jenkinsci/xunit-plugin 031e285, `types/model/xsd/junit-10.xsd`), as far as it is
 * written here.
 */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'time', 'tests', 'failures', 'errors'],
  testsuite: [
    'name',
    'tests',
    'failures',
    'errors',
    'skipped',
    'time',
    'timestamp',
    'hostname',
    'id',
    'package',
  ],
  testcase: ['name', 'time', 'classname', 'group'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  skipped: ['type', 'message'],
  'system-out': [],
};

test('no element has an attribute that Jenkins refuses', () => {
  const all = [reportOf(VARIED), withFinding({ ignored: { by: 'comment', reason: 'we know' } })];
  const xml = all.map((report) => renderJunit(report)).join('');
  const elements = [...xml.matchAll(/<([a-z][a-z-]*)((?: [a-z]+="[^"]*")*)\/?>/g)];
  expect(new Set(elements.map(([, name]) => name))).toContain('skipped');
  for (const [, name, attributes] of elements) {
    const given = [...attributes!.matchAll(/ ([a-z]+)="/g)].map(([, attribute]) => attribute);
    expect(given.filter((one) => !ATTRIBUTES[name!]?.includes(one!))).toEqual([]);
  }
});

test('an error fails, a note passes with output, what is ignored is skipped with its reason', () => {
  const outcomeOf = (report: Report): Record<string, unknown> => suitesOf(report)[0]!.testcase[0]!;
  expect(outcomeOf(dock())).toHaveProperty('failure');
  expect(outcomeOf(withFinding({ severity: 'warning' }))).toHaveProperty('failure');
  expect(outcomeOf(withFinding({ severity: 'info' }))).toHaveProperty('system-out');
  expect(outcomeOf(withFinding({ ignored: { by: 'comment', reason: 'we know' } }))).toMatchObject({
    skipped: { message: 'ignored by comment: we know' },
  });
});

test('a file without findings has one test, which passed; what cannot be read is an error', () => {
  const report = dock();
  const [suite] = suitesOf({ ...report, findings: [] });
  expect(suite).toMatchObject({ name: 'app.yaml', tests: '1', failures: '0' });
  const unread = { path: 'bad.yaml', line: 2, column: 1, message: 'a tab' };
  const suites = suitesOf({ ...report, findings: [], errors: [unread] });
  expect(suites.find(({ name }) => name === 'bad.yaml')).toMatchObject({ errors: '1' });
});

test.each([
  ['a tag', '</testcase><script>'],
  ['an end of CDATA', ']]>'],
  ['an entity', '&x; &#0;'],
  ['a control character', '\x00\x1b[31m\ufffe'],
  ['a quote', '" name="x'],
])('%s in a name is text', (_, name) => {
  const [suite] = suitesOf(withFinding({ message: name, notes: [name] }));
  expect(suite!.testcase).toHaveLength(1);
  expect(Object.keys(suite!.testcase[0]!).toSorted()).toEqual(['classname', 'failure', 'name']);
});
