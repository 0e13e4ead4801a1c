import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from './suggest.ts';

describe('editDistance', () => {
  test.each([
    ['http', 'http', 0],
    ['http', 'htpt', 1],
    ['http', 'https', 1],
    ['metrics', 'metric', 1],
    ['grpc', 'http', 4],
    ['', 'web', 3],
    ['ca', 'abc', 3],
  ])('%s → %s takes %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });

  test('is the same both ways, zero only for equal words, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  test('a bound changes nothing but distances beyond it', () => {
    fc.assert(
      fc.property(word, word, fc.nat(8), (a, b, bound) => {
        expect(editDistance(a, b, bound)).toBe(Math.min(editDistance(a, b), bound + 1));
      }),
    );
  });
});

test('of two long texts it passes a line as broad as the bound', () => {
  const [a, b] = ['xy', 'yx'].map((end) => 'a'.repeat(2_000) + end) as [string, string];
  const minimum = Math.min;
  let steps = 0;
  Math.min = (...numbers) => {
    steps++;
    return minimum(...numbers);
  };
  try {
    expect(editDistance(a, b, 3)).toBe(1);
  } finally {
    Math.min = minimum;
  }
  expect(steps).toBeLessThan(50_000);
});

describe('nearest', () => {
  test('puts the nearest first and keeps the order of ties', () => {
    expect(nearest('http', ['https', 'grpc', 'htp', 'http2x', 'http'])).toEqual([
      'http',
      'https',
      'htp',
      'http2x',
    ]);
  });

  test('offers nothing that shares nothing with the word', () => {
    expect(nearest('db', ['ui', 'metrics'])).toEqual([]);
  });

  test('allows a third of a long word to differ', () => {
    expect(nearest('shop-frontend', ['shop-front', 'shop'])).toEqual(['shop-front']);
  });

  test('offers at most four unless told', () => {
    const names = ['web1', 'web2', 'web3', 'web4', 'web5'];
    expect(nearest('web', names)).toEqual(names.slice(0, 4));
    expect(nearest('web', names, 1)).toEqual(['web1']);
  });

  test('names a name once', () => {
    expect(nearest('htp', ['http', 'http'])).toEqual(['http']);
  });
});
