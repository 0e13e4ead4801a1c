import { expect, test } from 'vitest';
import { charactersSliced } from '../testing/characters-sliced.ts';
import { joinFlowLines } from './yaml-flow.ts';

test('a line of many colons is gone through once', () => {
  const text = 'x: kind: kind: '.repeat(500);
  expect(charactersSliced(() => expect(joinFlowLines(text)).toBe(text))).toBeLessThan(2 * text.length);
});
