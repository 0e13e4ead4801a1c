import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insideScalar } from './inside-scalar.ts';
import { Located, type SourceFile, textOf } from './source.ts';
import { readYaml } from './yaml.ts';
import type { YamlMap, YamlScalar } from './yaml-node.ts';

function scalarOf(text: string): Located<string> {
  const source: SourceFile = { path: 'a.yaml', kind: 'file', text, editable: true };
  const root = readYaml(text).documents[0]!.root as YamlMap;
  const { value, start, end } = root.entries[0]!.value as YamlScalar;
  return new Located(String(value), source, start, end);
}

/** The characters of the source that are said to spell `part` of the value of the text's first key. */
function spelling(text: string, part: string): string {
  const scalar = scalarOf(text);
  const start = scalar.value.indexOf(part);
  expect(start).toBeGreaterThanOrEqual(0);
  return textOf(insideScalar(scalar)(start, start + part.length));
}

describe('the characters themselves', () => {
  test.each([
    ['plain', 'a: listen 80; # x\n', 'listen 80'],
    ['single quotes', "a: 'listen 80; it''s; listen 81'\n", 'listen 81'],
    ['double quotes', 'a: "x;\\n\\tlisten \\u0038\\x30; listen 81; \\\\ \\"listen 82\\""\n', 'listen 82'],
    ['a literal block', 'a: |\n  server {\n\n    listen 80;\n  }\n', 'listen 80'],
    ['its last line', 'a: |-\n  server\n  listen 80', 'listen 80'],
    ['its last line with spaces behind', 'a: |+\n  server\n  listen 80  \n\n', 'listen 80'],
    ['an indentation indicator', 'a: |2\n      deep\n    listen 80;\n', 'listen 80'],
    ['a comment on the header', 'a: |  # listen 80\n  listen 80;\n', 'listen 80'],
    ['blank lines first', 'a: |\n\n \n  listen 80;\n', 'listen 80'],
    ['CRLF', 'a: |\r\n  server {\r\n    listen 80;\r\n  }\r\n', 'listen 80'],
    ['no indentation left', 'a: |\n listen 80;\n\n listen 81;\n', 'listen 81'],
    ['a flow map', '{"a": "x\\nlisten 80;\\n"}', 'listen 80'],
  ])('%s', (_, text, part) => {
    expect(spelling(text, part)).toBe(part);
  });

  test('escapes belong to their characters', () => {
    expect(spelling('a: "x \\u0038\\x30 y"\n', '80')).toBe('\\u0038\\x30');
    expect(spelling('a: "x \\U0001F600 80"\n', '80')).toBe('80');
  });

  test('a range over two lines of a block takes the indentation between them', () => {
    expect(spelling('a: |\n  listen\n  80;\n', 'listen\n80')).toBe('listen\n  80');
  });
});

test.each([
  ['a folded block', 'a: >\n  listen\n  80;\n', 'listen 80', '>\n  listen\n  80;'],
  ['quotes over two lines', 'a: "listen\n  80"\n', '80', '"listen\n  80"'],
  ['plain text over two lines', 'a: listen\n  80\n', '80', 'listen\n  80'],
  ['a tag', 'a: !!binary bGlzdGVuIDgw\n', 'listen 80', '!!binary bGlzdGVuIDgw'],
])('%s has one place for all of its parts', (_, text, part, whole) => {
  expect(spelling(text, part)).toBe(whole);
});

test('a value that was decoded has one place for all of its parts', () => {
  const { source, start, end } = scalarOf('a: bGlzdGVuIDgw\n');
  expect(textOf(insideScalar(new Located('listen 80', source, start, end))(0, 6))).toBe('bGlzdGVuIDgw');
});

describe('any value', () => {
  const line = fc.string({ unit: fc.constantFrom(...'ab: #\'"\\{}8'), maxLength: 12 });
  const value = fc.array(line, { maxLength: 6 }).map((lines) => lines.join('\n'));
  const range = fc.tuple(fc.nat(80), fc.nat(20));
  const wordOf = (text: string): string => text.replace(/\s+/g, ' ');

  test('as JSON, a range is spelled by the escapes of its characters', () => {
    fc.assert(
      fc.property(value, range, (text, [from, length]) => {
        const start = Math.min(from, text.length);
        const end = Math.min(start + length, text.length);
        const scalar = scalarOf(`{"a": ${JSON.stringify(text)}}`);
        expect(JSON.parse(`"${textOf(insideScalar(scalar)(start, end))}"`)).toBe(text.slice(start, end));
      }),
    );
  });

  test('as a literal block, a range is spelled by itself and indentation', () => {
    fc.assert(
      fc.property(value, range, fc.integer({ min: 1, max: 4 }), (body, [from, length], indent) => {
        const pad = ' '.repeat(indent);
        const block = `x\n${body}\nx\n`;
        const scalar = scalarOf(`a: |\n${block.replace(/^(?=.)/gm, pad)}`);
        expect(scalar.value).toBe(block);
        const start = Math.min(from, block.length - 2);
        const end = Math.min(start + length, block.length - 1);
        const at = insideScalar(scalar)(start, end);
        expect(wordOf(textOf(at))).toBe(wordOf(block.slice(start, end).replaceAll('\n', `\n${pad}`)));
      }),
    );
  });

  test('whatever the spelling, a place lies inside the scalar', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(20), fc.nat(20), (spelled, text, start, length) => {
        const source: SourceFile = { path: 'a', kind: 'file', text: spelled, editable: true };
        const at = insideScalar(new Located(text, source, 0, spelled.length))(start, start + length);
        expect(at.start).toBeGreaterThanOrEqual(0);
        expect(at.end).toBeGreaterThanOrEqual(at.start);
      }),
    );
  });
});
