import { describe, expect, test } from 'vitest';
import { reportOf, VARIED } from '../../testing/report-of.ts';
import { DOCK, dock, withFinding } from '../../testing/sarif-of.ts';
import type { Report } from '../report.ts';
import { renderRdjsonl } from './rdjsonl.ts';

const linesOf = (report: Report, text = DOCK): ReturnType<typeof JSON.parse>[] =>
  renderRdjsonl(report, { textOf: () => text })
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

test('each finding and each error is one line with a place', () => {
  const report = reportOf(VARIED);
  const lines = linesOf(report, '');
  expect(lines).toHaveLength(report.findings.length + report.errors.length);
  for (const { message, location, severity } of lines) {
    expect(message).not.toBe('');
    expect(location.path).not.toBe('');
    expect(location.range.start.line).toBeGreaterThan(0);
    expect(['ERROR', 'WARNING', 'INFO']).toContain(severity);
  }
});

test('the other end is a related place', () => {
  const [{ relatedLocations, code }] = linesOf(dock()) as [ReturnType<typeof JSON.parse>];
  expect(code.value).toBe('unresolved-target-port');
  expect(relatedLocations.map((related: { message: string }) => related.message)).toEqual(['names 8080/TCP']);
});

describe('a fix is a suggestion', () => {
  test('where it changes the lines of its diagnostic, and not at the other end', () => {
    const report = dock();
    expect(report.findings[0]!.fixes.map(({ end }) => end)).toEqual(['service', 'pod']);
    const [{ suggestions, location }] = linesOf(report) as [ReturnType<typeof JSON.parse>];
    expect(suggestions).toMatchObject([{ text: 'http', range: location.range }]);
  });

  test('that makes the text whole when it is taken', () => {
    const [{ suggestions }] = linesOf(dock()) as [ReturnType<typeof JSON.parse>];
    const [{ range, text }] = suggestions;
    const line = DOCK.split('\n')[range.start.line - 1]!;
    expect(line.slice(0, range.start.column - 1) + text + line.slice(range.end.column - 1)).toBe(
      '      targetPort: http',
    );
  });

  test('not where it changes two places or another file', () => {
    const [fix] = dock().findings[0]!.fixes;
    const [edit] = fix!.edits;
    const twice = withFinding({ fixes: [{ ...fix!, edits: [edit!, edit!] }] });
    const elsewhere = withFinding({ fixes: [{ ...fix!, edits: [{ ...edit!, path: 'other.yaml' }] }] });
    for (const report of [twice, elsewhere]) expect(linesOf(report)[0].suggestions).toBeUndefined();
  });
});

test('columns are counted in bytes, as reviewdog does', () => {
  const text = DOCK.replace('      targetPort: htpt', '      "targetPort": "é🚢htpt"');
  const report = withFinding({
    labels: [
      {
        location: { path: 'app.yaml', line: 16, column: 25, endLine: 16, endColumn: 29 },
        message: 'x',
        primary: true,
      },
    ],
  });
  // Before it stand é, which is one unit of UTF-16 and two bytes, and a ship of two units and four bytes.
  expect(linesOf(report, text)[0].location.range).toEqual({
    start: { line: 16, column: 28 },
    end: { line: 16, column: 32 },
  });
});
