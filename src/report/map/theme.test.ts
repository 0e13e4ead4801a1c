import { describe, expect, test } from 'vitest';
import { type Colours, DARK, LIGHT } from './theme.ts';

/** As WCAG 2 has it. */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const WRITTEN: readonly (keyof Colours)[] = ['ink', 'soft', 'whole', 'broken', 'unproved'];
const BELOW: readonly (keyof Colours)[] = ['ground', 'lane', 'card'];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('%s', (_, colours) => {
  test.each(WRITTEN.flatMap((text) => BELOW.map((ground) => [text, ground] as const)))(
    '%s can be read on %s',
    (text, ground) => {
      expect(contrast(colours[text], colours[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );
});
