import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readYaml } from './yaml.ts';
import type { YamlNode } from './yaml-node.ts';
import { keyText, resolvePlain, resolveTagged } from './yaml-scalar.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function toJson(node: YamlNode | null): Json {
  if (node === null) return null;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(toJson);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, toJson(value)]));
}

const HEAD = 'apiVersion: harbour.example/v1\nkind: Pier\nmetadata: {name: a}\n';

/** What kubectl makes of the text on this machine alone, without a cluster; undefined where it refuses. */
function throughKubectl(text: string): Json | undefined {
  const args = ['label', '--local', '-f', '-', '-o', 'json', 'x=y'];
  const { status, stdout } = spawnSync('kubectl', args, { input: HEAD + text, encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout).spec : undefined;
}

function throughUs(text: string): Json | undefined {
  const { documents, errors } = readYaml(HEAD + text);
  if (errors.length > 0) return undefined;
  const root = toJson(documents[0]?.root ?? null);
  return typeof root === 'object' && root !== null && !Array.isArray(root) ? root.spec : undefined;
}

const kubectlMissing = spawnSync('kubectl', ['version', '--client']).status !== 0;
const because = kubectlMissing ? ' (not run: no kubectl on PATH)' : '';

const SCALARS =
  `y Y yes Yes YES yEs n N no No NO nO on On ON off Off OFF true True TRUE tRue false False FALSE ~ null
Null NULL nUll 0777 0o17 0O17 0x1F 0X1f 0b1 0B1 0b102 -0b11 +0b1 1_000 _1 1__0 1_ 0899 08080 0_7 0x 0o8 1.5 1. .5 .5_0
.5_ .5__0 1_0.5 1e3 1e 1E+3 -1 +1 +-1 - 9007199254740991 9223372036854775808 18446744073709551616 1:30 12:30:45
2001-01-01 2001-12-14t21:59:43.10-05:00 80/tcp 8080 08 00 0 -0 1.10 1.2.3 . .. ... -.5 +.5 +.5e1 .e1 .5e1_0 .5e400 .inf2
0.0 -0.0 0x_1F 1e400 0b 0b_1 -0x10 +0x10 -0o17 -0777 +12e03 0xg 0xFFFFFFFFFFFFFFFFF << = a:b :a -a ?a a#b http`.split(
    /\s+/,
  );

const SHAPES = [
  'spec: ! 80',
  'spec: ! "80"',
  'spec: !!str 80',
  'spec: !!int "80"',
  'spec: !!int 1.5',
  'spec: !!int abc',
  'spec: !!float 1',
  'spec: !!float "1.5"',
  'spec: !!bool yes',
  'spec: !!bool 1',
  'spec: !!null ""',
  'spec: !!null x',
  'spec: !!binary aGVsbG8=',
  'spec: !!binary "%"',
  'spec: !port 80',
  'spec: !<tag:yaml.org,2002:int> "5"',
  'spec: !!str',
  'spec: ""',
  "spec: 'it''s'",
  'spec: "\\x41\\u00e9\\U0001F600\\N"',
  'spec: "a\\\n   b"',
  'spec: a\n  b\n\n  c',
  'spec: |\n\n  a\n \n   b\n\n',
  'spec: |2\n   a',
  'spec: |+\n  a\n\n',
  'spec: >-\n  a\n  b\n\n  c\n    d',
  'spec: {yes: 1, 0x10: 2, 010: 3, 1_0: 4, -5: 5, 12345678901234567: 6, "8080": 7, 2001-01-01: 8}',
  'spec: {1.5: a, 1e3: b, 1234567.5: c, 0.1: d, 1e30: e, 1e6: f, 0899: g, 0.00001: h, 0.0: i, 1.10: j}',
  'spec: {.inf: 1, -.inf: 2, .nan: 3}',
  'spec: {~: 1}',
  'spec: {? : 1}',
  'spec: {[a]: 1}',
  'spec: 1\nspec: 2',
  'spec: &a {b: *a}',
  'spec: *nowhere',
  'b: &b {p: 1, q: 1}\nspec: {p: 9, <<: *b, s: 1}',
  'b: &b {p: 1, q: 1}\nspec: {<<: *b, p: 9, s: 1}',
  'b: &b {p: 1, q: 1}\nc: &c {q: 2, r: 2}\nspec: {<<: [*b, *c]}',
  'b: &b {p: 1, q: 1}\nc: &c {q: 2, r: 2}\nspec:\n  <<: *b\n  <<: *c',
  'spec: {"<<": 1}',
  'spec: {<<: 1}',
  'spec: {<<: [1]}',
  'spec: {<<: []}',
  'spec:\n  a: [\n    x, # one\n  ]\n  b: 1',
  'spec: {\n\t"a": [\n\t\t1 ]\n}',
  'spec:\n  a: "x\n  y"',
  'spec:\n  a: \'x\n  y\n\n  z\'\n  b: [p\nq, "# no\n comment"]',
  'spec:\n\ta: 1',
  'spec: a: b',
  'spec: @a',
];

describe.skipIf(kubectlMissing)(`kubectl and we read the same${because}`, () => {
  test('every spelling of a scalar (S-001)', () => {
    const text = `spec:\n${SCALARS.map((scalar) => `- ${scalar}\n`).join('')}`;
    const [theirs, ours] = [throughKubectl(text), throughUs(text)];
    const bySpelling = (values: Json | undefined) =>
      SCALARS.map((scalar, i) => [scalar, (values as Json[])[i]]);
    expect(bySpelling(ours)).toEqual(bySpelling(theirs));
  });

  test.each(SHAPES)('%j', (text) => {
    expect(throughUs(`${text}\n`)).toEqual(throughKubectl(`${text}\n`));
  });
});

describe('resolvePlain', () => {
  test.each([
    ['yes', true],
    ['off', false],
    ['~', null],
    ['', null],
    ['8080', 8080],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b1', 1],
    ['1_000', 1000],
    ['08080', 8080],
    ['-0', 0],
    ['1.10', 1.1],
    ['1e400', '1e400'],
    ['80/tcp', '80/tcp'],
    ['yEs', 'yEs'],
    ['.inf', Number.POSITIVE_INFINITY],
    ['-.INF', Number.NEGATIVE_INFINITY],
    ['.NaN', Number.NaN],
  ])('%j is %j', (text, value) => {
    expect(resolvePlain(text)).toBe(value);
  });

  test('a number of a million digits is no trouble', () => {
    expect(resolvePlain(`0x${'f'.repeat(1_000_000)}`)).toMatch(/^0xf+$/);
  });
});

test('a tag that does not fit its text has no value', () => {
  expect(resolveTagged('!!int', 'http')).toBeUndefined();
  expect(resolveTagged('!!int', '80')).toBe(80);
  expect(resolveTagged('!!str', '80')).toBe('80');
});

test('keys are written as JSON keys', () => {
  expect(keyText(8080, '8080')).toBe('8080');
  expect(keyText(true, 'on')).toBe('true');
  expect(keyText(1.1, '1.10')).toBe('1.1');
  expect(keyText(null, '~')).toBeUndefined();
});
