import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from './edits.ts';

describe('applyEdits', () => {
  test('replaces, inserts and deletes, whatever the order of the edits', () => {
    const text = 'targetPort: http-web # old';
    const edits = [
      { start: 20, end: 26, text: '' },
      { start: 12, end: 20, text: 'http' },
      { start: 0, end: 0, text: '- ' },
    ];
    expect(applyEdits(text, edits)).toBe('- targetPort: http');
  });

  test('keeps insertions at one place in their order', () => {
    const edits = [
      { start: 1, end: 1, text: 'x' },
      { start: 1, end: 1, text: 'y' },
    ];
    expect(applyEdits('ab', edits)).toBe('axyb');
  });

  test('lets edits touch', () => {
    const edits = [
      { start: 1, end: 2, text: 'B' },
      { start: 0, end: 1, text: 'A' },
      { start: 1, end: 1, text: '-' },
    ];
    expect(applyEdits('ab', edits)).toBe('A-B');
  });

  test('refuses edits that overlap', () => {
    const edits = [
      { start: 0, end: 3, text: '' },
      { start: 2, end: 4, text: '' },
    ];
    expect(() => applyEdits('abcd', edits)).toThrow(
      new RangeError('the edit 2..4 overlaps the one before it, which ends at 3'),
    );
  });

  test.each([
    [-1, 0],
    [2, 1],
    [0, 5],
  ])('refuses %i..%i in a text of four characters', (start, end) => {
    expect(() => applyEdits('abcd', [{ start, end, text: '' }])).toThrow(RangeError);
  });

  test('changes the edited ranges and nothing else', () => {
    const piece = fc.record({ kept: fc.string(), replaced: fc.string({ minLength: 1 }), text: fc.string() });
    fc.assert(
      fc.property(fc.array(piece), fc.string(), (pieces, rest) => {
        let offset = 0;
        const edits = pieces.map(({ kept, replaced, text }) => {
          const start = offset + kept.length;
          offset = start + replaced.length;
          return { start, end: offset, text };
        });
        const before = pieces.map(({ kept, replaced }) => kept + replaced).join('') + rest;
        const after = pieces.map(({ kept, text }) => kept + text).join('') + rest;
        expect(applyEdits(before, edits.toReversed())).toBe(after);
      }),
    );
  });
});
