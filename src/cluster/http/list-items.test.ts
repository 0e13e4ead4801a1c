import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listItems } from './list-items.ts';

const text = fc.string({ unit: fc.constantFrom(...'a"\\[]{},: \né😀') });
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(text, fc.constant('items')), tie('value'), { maxKeys: 3 }),
  ),
})).value;
const list = fc.tuple(
  fc.dictionary(fc.oneof(text, fc.constant('items')), value, { maxKeys: 3 }),
  fc.array(value, { maxLength: 4 }),
  fc.constantFrom(undefined, 1, '\t'),
);

test('the objects of a list are those that JSON.parse has, and the rest is what stands around them', () => {
  fc.assert(
    fc.property(list, ([around, items, indent]) => {
      const { items: _, ...before } = around;
      const whole = { ...before, items, metadata: { continue: 'x' } };
      const read = listItems(Buffer.from(JSON.stringify(whole, null, indent)));
      const expected = JSON.parse(JSON.stringify(whole));
      expect([...read.items]).toEqual(expected.items);
      expect(read.rest).toEqual({ ...expected, items: [] });
    }),
    { numRuns: 300 },
  );
});

test('what is no list is all rest', () => {
  for (const one of [{ items: { items: [1] } }, [1], 'items', { a: '"items":[1]' }, null]) {
    const read = listItems(Buffer.from(JSON.stringify(one)));
    expect([[...read.items], read.rest]).toEqual([[], one]);
  }
});

test('a list that ends in the middle, or holds what is no JSON, is none', () => {
  const whole = Buffer.from(JSON.stringify({ items: [{ a: 'b]' }, { c: [1] }], metadata: {} }));
  for (let length = 0; length < whole.length; length += 1)
    expect(() => [...listItems(whole.subarray(0, length)).items], `${length} bytes`).toThrow(SyntaxError);
  for (const text of ['{"items":[1,]}', '{"items":[,]}', '{"items":[a]}', '{"items":[1}]}', '{"items":[1]]}'])
    expect(() => [...listItems(Buffer.from(text)).items], text).toThrow(SyntaxError);
});
