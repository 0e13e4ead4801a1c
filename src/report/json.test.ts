import { expect, test } from 'vitest';
import { reportOf, VARIED } from '../testing/report-of.ts';
import { renderJson } from './json.ts';

test('is the report, indented by two, with a line feed at the end', () => {
  const report = reportOf(VARIED);
  const text = renderJson(report);
  expect(JSON.parse(text)).toEqual(report);
  expect(text.split('\n').slice(0, 3)).toEqual(['{', '  "schema": "portolan/v1",', '  "tool": {']);
  expect(text).toBe(`${JSON.stringify(report, undefined, 2)}\n`);
});

test('two runs on the same input print the same bytes', () => {
  expect(renderJson(reportOf(VARIED))).toBe(renderJson(reportOf(VARIED)));
});

test('the order that sources come in makes no difference to what is found', () => {
  const reversed = Object.fromEntries(Object.entries(VARIED).toReversed());
  expect(reportOf(reversed).findings).toEqual(reportOf(VARIED).findings);
});
