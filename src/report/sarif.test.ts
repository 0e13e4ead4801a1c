import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { dock, listedRules, runOf, withFinding } from '../testing/sarif-of.ts';
import type { ReportFinding } from './report.ts';
import { renderSarif } from './sarif.ts';

test('a result points at its rule in the list', () => {
  const { results, tool } = runOf(reportOf(VARIED));
  expect(results.length).toBeGreaterThan(0);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex!]?.id).toBe(ruleId);
  expect(runOf(dock(), []).results[0]).not.toHaveProperty('ruleIndex');
});

test.each([
  ['error', 'error', 'error', 'very-high'],
  ['warning', 'warning', 'warning', 'high'],
  ['info', 'note', 'recommendation', 'high'],
] as const)('%s is level %s', (severity, level, problem, precision) => {
  const listed = [{ id: 'unresolved-target-port', summary: 's', severity, page: '' }];
  const { results, tool } = runOf(withFinding({ severity }), listed);
  expect(results[0]!.level).toBe(level);
  expect(tool.driver.rules[0]).toMatchObject({
    defaultConfiguration: { level },
    properties: { precision, 'problem.severity': problem },
  });
});

test.each([0, 1, 40])('%i results are laid out as JSON is', (count) => {
  const report = dock();
  const findings = Array.from({ length: count }, () => report.findings[0]!);
  const text = renderSarif({ ...report, findings }, listedRules);
  expect(JSON.parse(text).runs[0].results).toHaveLength(count);
  expect(text).toBe(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
});

describe('input errors', () => {
  test('are notifications, and the run has not succeeded', () => {
    const { invocations } = runOf(
      reportOf({ 'bad file.yaml': 'apiVersion: v1\nkind: Service\n\tname: x\n' }),
    );
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'bad%20file.yaml' },
                region: { startLine: 3, startColumn: 1 },
              },
            },
          ],
        },
      ],
    });
  });

  test('without any, it has', () => {
    expect(runOf(dock()).invocations).toEqual([
      { executionSuccessful: true, toolExecutionNotifications: [] },
    ]);
  });
});

describe('what GitHub would refuse', () => {
  test('more than 25 000 results: the mildest are left out, and it is said', () => {
    const [finding] = dock().findings;
    const many = (length: number, severity: ReportFinding['severity']): ReportFinding[] =>
      Array.from({ length }, () => ({ ...finding!, severity, fixes: [], link: null }));
    const findings = [
      ...many(3, 'info'),
      ...many(24_998, 'warning'),
      ...many(2, 'error'),
      ...many(1, 'warning'),
    ];
    const error = { path: 'bad.yaml', line: 2, column: 1, message: 'a tab cannot indent' };
    const { results, invocations } = runOf({ ...dock(), findings, errors: [error] });
    const levels = results.map(({ level }) => level);
    expect(levels).toEqual([...Array(24_998).fill('warning'), 'error', 'error']);
    expect(invocations[0]).toMatchObject({
      toolExecutionNotifications: [
        { level: 'error', message: { text: error.message } },
        {
          level: 'warning',
          message: {
            text: '4 findings of the least severity are left out: code scanning takes 25000 at most.',
          },
        },
      ],
    });
  });

  test('a result with too many places shows the first hundred, and says how many more there are', () => {
    const [label] = dock().findings[0]!.labels;
    const [result] = runOf(withFinding({ labels: Array(103).fill(label) })).results;
    expect(result!.relatedLocations).toHaveLength(99);
    expect(result!.message.text).toMatch(/\]\(99\), and 3 more places\.\n/);
  });
});

test('two runs on the same input print the same bytes', () => {
  expect(renderSarif(reportOf(VARIED), listedRules)).toBe(renderSarif(reportOf(VARIED), listedRules));
});
