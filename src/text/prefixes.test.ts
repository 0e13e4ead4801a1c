import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charactersSliced } from '../testing/characters-sliced.ts';
import { greatestOf, Prefixes } from './prefixes.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\ud83d\ude00', '\uffff'), maxLength: 6 });

test('all that a text begins with are found, whenever they are set', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), word, (all, text) => {
      const prefixes = new Prefixes<string>();
      for (const [at, one] of all.entries()) {
        prefixes.set(one, one);
        if (at % 3 === 0) prefixes.of(text);
      }
      const wanted = [...new Set(all)].filter((one) => text.startsWith(one));
      expect(prefixes.of(text).toSorted()).toEqual(wanted.toSorted());
    }),
    { numRuns: 1_000 },
  );
});

test('what is set later counts, and what is set again stands for the last', () => {
  const prefixes = new Prefixes<number>();
  prefixes.set('a', 1);
  expect(greatestOf(prefixes, 'abc')).toBe(1);
  prefixes.set('ab', 3);
  prefixes.set('a', 2);
  expect(prefixes.of('abc').toSorted()).toEqual([2, 3]);
  expect(greatestOf(prefixes, 'b')).toBe(-1);
});

test('a text is not cut anew for each length that a beginning may have', () => {
  const folders = Array.from({ length: 200 }, (_, at) => 'd/'.repeat(at));
  const prefixes = new Prefixes<string>();
  for (const one of folders) prefixes.set(one, one);
  const cut = charactersSliced(() => {
    for (const one of folders) expect(prefixes.of(one)).toHaveLength(one.length / 2 + 1);
  });
  // Vitest cuts a few.
  expect(cut).toBeLessThan(10_000);
});
