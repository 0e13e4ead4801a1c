import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitize, sanitizeLine } from './sanitize.ts';

test.each([
  ['a terminal escape', '\x1b[31mred', '␛[31mred'],
  ['a C1 control character', '\x9b31m', '\\u009b31m'],
  ['a carriage return and a backspace', 'a\rb\b', 'a␍b␈'],
  ['delete', '\x7f', '␡'],
  ['a right-to-left override', '\u202eevil', '\\u202eevil'],
  ['an isolate', '\u2066evil\u2069', '\\u2066evil\\u2069'],
  ['a zero width space in a name', 'ht\u200btp', 'ht\\u200btp'],
  ['a no-break space behind a name', 'http\u00a0', 'http\\u00a0'],
  ['a soft hyphen', 'ht\u00adtp', 'ht\\u00adtp'],
  ['a joiner behind a digit', '8080\u200d', '8080\\u200d'],
  ['a variation selector behind a letter', 'http\ufe0f', 'http\\ufe0f'],
  ['an invisible tag', 'http\u{e0061}', 'http\\u{e0061}'],
  ['what is no character', 'http\uffff', 'http\\uffff'],
  ['half a surrogate pair', '\ud83d', '\\ud83d'],
])('%s is made visible', (_, text, shown) => {
  expect(sanitize(text)).toBe(shown);
});

test.each([
  ['letters with accents', 'été e\u0301'],
  ['an emoji that is joined from others', '👩‍👩‍👧'],
  ['an emoji with a variation selector', '⚓\ufe0f'],
  ['a keycap', '8\ufe0f\u20e3'],
  ['a Persian word with a non-joiner', 'می\u200cخواهم'],
  ['line feed and tab', 'a\n\tb'],
])('%s stay', (_, text) => {
  expect(sanitize(text)).toBe(text);
});

test('text for one line keeps to it', () => {
  expect(sanitizeLine('harbour\n\terror: forged')).toBe('harbour␊␉error: forged');
});

test('nothing that steers a terminal is left of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(sanitizeLine(text)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      expect(sanitizeLine(text)).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});
