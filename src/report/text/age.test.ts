import { expect, test } from 'vitest';
import { ageOf, withAge } from './age.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T12:00:30Z', '0 s ago'],
  ['2026-03-10T11:59:18.500Z', '41 s ago'],
  ['2026-03-10T11:55:00Z', '5 min ago'],
  ['2026-03-10T09:00:00+01:00', '4 h ago'],
  ['2026-03-09T11:00:00Z', '25 h ago'],
  ['2026-03-07T11:00:00Z', '3 days ago'],
  ['2026-03-10T13:00:00Z', ''],
  ['yesterday', ''],
])('%s', (at, age) => {
  expect(ageOf(at, NOW)).toBe(age);
});

test('a note that says a time says its age', () => {
  expect(withAge('seen at 2026-03-10T11:55:00Z', NOW)).toBe('seen at 2026-03-10T11:55:00Z, 5 min ago');
  expect(withAge('seen at 2026-03-10T11:55:00Z', undefined)).toBe('seen at 2026-03-10T11:55:00Z');
  expect(withAge('seen at yesterday noon', NOW)).toBe('seen at yesterday noon');
});
