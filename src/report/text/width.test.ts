import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fill, graphemesOf, widthOf, wrap } from './width.ts';

test.each([
  ['port', 4],
  ['été', 3],
  ['e\u0301te\u0301', 3],
  ['港口', 4],
  ['ｐｏｒｔ', 8],
  ['항구', 4],
  ['\u1112\u1161\u11bc', 2],
  ['🚢', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['⚓\ufe0f', 2],
  ['8\ufe0f\u20e3', 2],
  ['की', 2],
  ['→│╰', 3],
  ['\u0301', 0],
])('%s takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

describe('wrapping', () => {
  test('breaks between words and counts columns, not characters', () => {
    expect(wrap('港口 港口 harbour', 9)).toEqual(['港口 港口', 'harbour']);
  });

  test('a word longer than the line stands alone', () => {
    expect(wrap('a bbbbbbbb c', 4)).toEqual(['a', 'bbbbbbbb', 'c']);
  });

  test('keeps code whole that fits on a line', () => {
    expect(wrap('run `a b` now', 8)).toEqual(['run', '`a b`', 'now']);
    expect(wrap('run `a b c d` now', 8)).toEqual(['run `a b', 'c d` now']);
  });

  test('keeps pieces whole', () => {
    expect(fill(['Internet', '→ Ingress harbour/bakery', '→ Service bakery'], 24)).toEqual([
      'Internet',
      '→ Ingress harbour/bakery',
      '→ Service bakery',
    ]);
  });

  test('loses no word, and no line is too long unless it is one word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrap(text, width);
        const words = text.split(/[ \t\n]+/).filter((word) => word !== '');
        expect(lines.flatMap((line) => line.split(' '))).toEqual(words);
        for (const line of lines) if (line.includes(' ')) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('long texts', () => {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const piece = fc.constantFrom(
    'a',
    '\u00e9',
    'e\u0301',
    '\u1112\u1161\u11bc',
    '🇩🇪',
    '👩‍👩‍👧',
    '❤\ufe0f',
    '한',
    '\u0600',
  );

  test('are the same graphemes as at once', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 60, maxLength: 400 }), (parts) => {
        const text = parts.join('');
        const whole = Array.from(segmenter.segment(text), ({ segment }) => segment);
        expect([...graphemesOf(text)]).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test('are segmented a little at a time, which costs as much as the text is long', () => {
    let given = 0;
    let most = 0;
    const { segment } = Intl.Segmenter.prototype;
    Intl.Segmenter.prototype.segment = function (text) {
      given += text.length;
      most = Math.max(most, text.length);
      return segment.call(this, text);
    };
    try {
      expect(widthOf('é'.repeat(10_000))).toBe(10_000);
    } finally {
      Intl.Segmenter.prototype.segment = segment;
    }
    expect(most).toBeLessThan(1_000);
    expect(given).toBeLessThan(11_000);
  });
});
