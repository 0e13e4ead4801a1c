import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expand, referencesIn } from './expansion.ts';

const meanings: Record<string, string> = { A: '1', PORT: '8080', NEST: '$(A)$$' };
const expanded = (text: string): string => expand(text, (name) => meanings[name]);

describe('expand', () => {
  test.each([
    ['S-101 a name without a value stays', '$(B)', '$(B)'],
    ['S-101 a name with a value is replaced', 'x$(A)y$(PORT)', 'x1y8080'],
    ['S-102 $$ becomes $ everywhere', 'echo $$HOME $$', 'echo $HOME $'],
    ['S-102 $$ shields a reference', '$$(A)', '$(A)'],
    ['S-102 three and four dollars', '$$$(A) $$$$(A)', '$1 $$(A)'],
    ['S-103 no other spelling refers', '$A ${A} $(A', '$A ${A} $(A'],
    ['S-103 a lone dollar at the end', 'A$', 'A$'],
    ['S-103 the name ends at the first parenthesis', '$(A$(B))', '$(A$(B))'],
    ['S-103 a backslash shields nothing', '\\$(A)', '\\1'],
    ['S-103 an empty name', '$()', '$()'],
    ['S-104 substituted text is not scanned again', '$(NEST)', '$(A)$$'],
  ])('%s', (_, text, value) => expect(expanded(text)).toBe(value));

  test('what holds no dollar is what it was', () =>
    fc.assert(
      fc.property(fc.string(), (text) => expanded(text.replaceAll('$', '')) === text.replaceAll('$', '')),
    ));

  test('doubling every dollar shields the whole text', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '(', ')', 'A', ' ') }), (text) => {
        expect(expanded(text.replaceAll('$', '$$$$'))).toBe(text);
      }),
    ));

  test('a long text of unclosed references takes no quadratic time', () => {
    const text = '$('.repeat(200_000);
    expect(expanded(text)).toBe(text);
  });
});

test('referencesIn lists the names in order', () =>
  expect(referencesIn('$(A) $$(B) $(C)')).toEqual(['A', 'C']));
