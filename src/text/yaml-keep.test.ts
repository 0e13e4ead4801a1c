import { expect, test } from 'vitest';
import { keep, keepSlice } from './yaml-keep.ts';

test('what is cut out is what stands there, whatever lies in its place already', () => {
  // Alike in every character that gives the place of a text, and in nothing but one of the others.
  const alike = Array.from(
    { length: 20 },
    (_, at) => `aaaaa${String.fromCharCode(98 + at)}aaaaaaaaaaaaaaaaaa`,
  );
  for (const text of [...alike, ...alike, '', 'x', 'xy', 'y'.repeat(81), 'ä€'.repeat(9)]) {
    expect(keepSlice(`<${text}>`, 1, 1 + text.length)).toBe(text);
    expect(keep(text)).toBe(text);
  }
});
