import { expect, test } from 'vitest';
import { breakText, textWidth, wrapText } from './text-size.ts';

const IMAGE = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/adservice:v0.10.2';

test('no word of a note is lost, however long it is, and no line is wider than its room', () => {
  const text = `the image ${IMAGE} is not in the table of image facts; a log line of ${'x'.repeat(90)} would prove it`;
  const lines = wrapText(text, 216, 11.5);
  expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  for (const line of lines) expect(textWidth(line, 11.5)).toBeLessThanOrEqual(216 * 1.1);
});

test('a long name goes on after its punctuation', () => {
  expect(breakText(IMAGE, 216, 11.5)).toEqual([
    'us-central1-docker.pkg.dev/online-',
    'boutique-ci/microservices-demo/adservice:v0.10.2',
  ]);
});

test('a character is never cut in two, and a room for nothing takes one', () => {
  expect(breakText('🚢🚢🚢', 1, 11.5)).toEqual(['🚢', '🚢🚢']);
  const ships = `x${'🚢'.repeat(20)}`;
  const [first, rest] = breakText(ships, 216, 11.5);
  expect(first + rest).toBe(ships);
  // It throws for a half of a character.
  expect(() => [first, rest].map(encodeURIComponent)).not.toThrow();
});
