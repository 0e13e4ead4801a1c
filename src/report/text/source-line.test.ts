import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitize } from '../sanitize.ts';
import { viewsOf } from './source-line.ts';
import { columnsOf, graphemesOf, widthOf } from './width.ts';

/** Characters that stay apart from their neighbours, of every width. */
const character = fc.constantFrom(
  'a',
  '-',
  ':',
  ' ',
  '港',
  '🚢',
  '👩‍👩‍👧',
  'e\u0301',
  '\x1b',
  '\u202e',
  '\u200b',
);
const word = fc.array(character, { minLength: 1, maxLength: 4 }).map((characters) => characters.join(''));
const around = fc
  .array(fc.oneof(character, fc.constant('\t')), { maxLength: 150 })
  .map((all) => all.join(''));

/** What stands between two columns. */
function between(text: string, from: number, to: number): string {
  let column = 0;
  let found = '';
  for (const grapheme of graphemesOf(text)) {
    if (column >= from && column < to) found += grapheme;
    column += columnsOf(grapheme);
  }
  return found;
}

test('a mark stands under its text, wherever the line is cut', () => {
  fc.assert(
    fc.property(around, word, around, fc.integer({ min: 60, max: 120 }), (before, marked, after, room) => {
      const line = before + marked + after;
      const span = { start: before.length, end: before.length + marked.length };
      const [view] = viewsOf(line, [span], room);
      const [{ from, to } = { from: -1, to: -1 }] = view!.places;
      expect(between(view!.text, from, to)).toBe(sanitize(marked));
    }),
    { numRuns: 500 },
  );
});

test('every view fits the room, and every span has its place', () => {
  const span = fc.record({ start: fc.nat(400), end: fc.nat(400) });
  fc.assert(
    fc.property(
      around,
      fc.array(span, { maxLength: 4 }),
      fc.integer({ min: 12, max: 80 }),
      (line, spans, room) => {
        const clamped = spans.map(({ start, end }) => ({
          start: Math.min(start, line.length),
          end: Math.min(Math.max(start, end), line.length),
        }));
        const views = viewsOf(line, clamped, room);
        expect(views.flatMap(({ places }) => places)).toHaveLength(spans.length);
        for (const { text, places } of views) {
          expect(widthOf(text)).toBeLessThanOrEqual(room);
          for (const { from, to } of places) {
            expect(to).toBeGreaterThan(from);
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeLessThanOrEqual(room);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
