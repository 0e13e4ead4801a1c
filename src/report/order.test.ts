import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortFindings } from './order.ts';
import type { ReportFinding, Severity } from './report.ts';

interface Short {
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: Severity;
  readonly rule?: string;
  readonly message?: string;
  readonly set?: string;
}

const finding = ({
  path = 'app.yaml',
  line = 1,
  column = 1,
  severity = 'warning',
  rule = 'unmatched-selector',
  message = 'm',
  set = '',
}: Short): ReportFinding => ({
  rule,
  severity,
  set,
  message,
  link: null,
  resources: [],
  stopsTraffic: false,
  labels: [
    { location: { path, line, column, endLine: line, endColumn: column + 1 }, message: '', primary: true },
  ],
  notes: [],
  help: [],
  fixes: [],
  docs: '',
  fingerprint: '',
});

test.each<[string, Short, Short]>([
  ['path', { path: 'a.yaml', line: 9 }, { path: 'b.yaml', line: 1 }],
  // Collation would put `a` first.
  ['path by code unit', { path: 'Z.yaml' }, { path: 'a.yaml' }],
  ['line as a number', { line: 9, column: 5 }, { line: 10, column: 1 }],
  ['column as a number', { column: 9, severity: 'info' }, { column: 10, severity: 'error' }],
  ['severity', { severity: 'error', rule: 'z' }, { severity: 'warning', rule: 'a' }],
  ['mildest last', { severity: 'warning', rule: 'z' }, { severity: 'info', rule: 'a' }],
  ['rule', { rule: 'a', message: 'z' }, { rule: 'b', message: 'a' }],
  ['message', { message: 'a', set: 'z' }, { message: 'b', set: 'a' }],
  ['set', { set: 'dev' }, { set: 'prod' }],
])('%s', (_, first, second) => {
  const sorted = [finding(first), finding(second)];
  expect(sortFindings(sorted)).toEqual(sorted);
  expect(sortFindings(sorted.toReversed())).toEqual(sorted);
});

test('the order that findings come in makes no difference, and the list given stays as it is', () => {
  const few = fc.integer({ min: 1, max: 3 });
  const any = fc.record({
    path: fc.constantFrom('a.yaml', 'B.yaml', 'ä.yaml'),
    line: few,
    column: few,
    severity: fc.constantFrom<Severity[]>('error', 'warning', 'info'),
    rule: fc.constantFrom('one', 'two'),
    message: fc.constantFrom('x', 'y'),
    set: fc.constantFrom('', 'dev'),
  });
  const shuffled = fc
    .array(any.map(finding))
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(shuffled, ([all, mixed]) => {
      const before = [...mixed];
      expect(sortFindings(mixed)).toEqual(sortFindings(all));
      expect(mixed).toEqual(before);
    }),
  );
});
