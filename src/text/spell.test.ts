import { expect, test } from 'vitest';
import { spell } from './spell.ts';

const place = (text: string) => ({
  source: { path: 'a.yaml', text, kind: 'file', editable: true } as const,
  start: 0,
  end: text.length,
});

test.each([
  ['plain', 'http', 'http'],
  ['plain', '80', '"80"'],
  ['plain', '1e3', '"1e3"'],
  ['plain', 'on', '"on"'],
  ['plain', 'No', '"No"'],
  ['plain', 'online', 'online'],
  ['plain', 'app.example/web-1_a', 'app.example/web-1_a'],
  ['"json"', 'http', '"http"'],
  ["'quoted'", 'http', '"http"'],
])('in the place of %s, %s is written %s', (old, text, written) => {
  expect(spell(place(old), text).text).toBe(written);
});
