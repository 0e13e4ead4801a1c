import { expect, test } from 'vitest';
import { charactersSliced } from '../../testing/characters-sliced.ts';
import { ShownSource } from './shown-source.ts';

test('a line is put together once, however often it is asked for in a row', () => {
  const shown = new ShownSource(`${'{"kind":"Service"}'.repeat(500)}\nlast`);
  const first = shown.lineText(1);
  const cut = charactersSliced(() => {
    for (let times = 0; times < 1_000; times++) expect(shown.lineText(1)).toBe(first);
  });
  expect(cut).toBe(0);
  expect(shown.lineText(2)).toBe('last');
  expect(shown.lineText(1)).toBe(first);
});
