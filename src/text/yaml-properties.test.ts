import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readYaml } from './yaml.ts';
import type { YamlNode, YamlScalar } from './yaml-node.ts';

type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

const word = fc.constantFrom(
  'http',
  'web-api',
  'shop',
  '8080',
  '0777',
  'yes',
  '~',
  '1.5',
  '80/tcp',
  'a b',
  "it's",
);
const scalar = fc.oneof(
  word,
  fc.integer().map(String),
  word.map((text) => `"${text}"`),
  word.map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.string({ maxLength: 20 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '!!str 80',
    '!!int "80"',
    '"a\\\n      b"',
    'one\n      two',
    '""',
    '',
    '&anchor 80',
    '# note',
  ),
);
const flow = fc.array(word, { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
const block = fc.constantFrom('|\n      one\n       two\n', '>-\n      one\n\n      two', '|+\n      x\n\n');
const value = fc.oneof(
  scalar,
  flow,
  block,
  fc.constantFrom('{ a: 1, b: [x, y] }', '[\n  a, # c\n  ]', '{a, b: }'),
);

/** Deployments and Services as people write them, with a value or two that they would not. */
const manifest = fc
  .record({
    kind: fc.constantFrom('Service', 'Deployment', 'ConfigMap'),
    name: word,
    values: fc.array(value, { maxLength: 6 }),
  })
  .map(({ kind, name, values }) =>
    [
      `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}`,
      'spec:\n  ports:',
      ...values.map((written, index) => `    - name: p${index} # port\n      targetPort: ${written}`),
      '',
    ].join('\n'),
  );
const separator = fc.constantFrom('---\n', '--- # c\n', '...\n', '\r\n---\r\n', '\n');
const stream = fc
  .array(fc.tuple(manifest, separator), { maxLength: 4 })
  .map((documents) => documents.flat().join(''));

/** Pieces of streams cut anywhere and glued together, with whatever may stand in a file that is not YAML. */
const debris = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'{}[]"\'`|>&*!%@#?:-,. \t\r\n\0\u0007\ud800\udc00\uFEFF\u2028ab0'.split('')),
  }),
  fc.constantFrom(
    '<<: *a\n',
    '&a ',
    '*a',
    '{{ x }}',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\n? ',
    '!!int ',
    '[',
    '\n\t',
  ),
);
const spliced = fc
  .array(
    fc.oneof(
      debris,
      fc.tuple(stream, fc.nat(), fc.nat()).map(([text, a, b]) => cut(text, a, b)),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(''));

function cut(text: string, a: number, b: number): string {
  const [from, to] = [a % (text.length + 1), b % (text.length + 1)];
  return text.slice(Math.min(from, to), Math.max(from, to));
}

function scalarsOf(node: YamlNode | null): YamlScalar[] {
  if (node === null) return [];
  if (node.type === 'scalar') return [node];
  if (node.type === 'list') return node.items.flatMap(scalarsOf);
  return node.entries.flatMap(({ keyNode, value }) => [keyNode, ...scalarsOf(value)]);
}

function expectInside(node: YamlNode, start: number, end: number, shared: boolean): void {
  expect(node.start).toBeLessThanOrEqual(node.end);
  expect(node.start).toBeGreaterThanOrEqual(start);
  expect(node.end).toBeLessThanOrEqual(end);
  if (node.type === 'scalar') return;
  const children =
    node.type === 'list' ? node.items : node.entries.flatMap(({ keyNode, value }) => [keyNode, value]);
  const [from, to] = shared ? [0, end] : [node.start, node.end];
  for (const child of children) expectInside(child, from, to, shared);
}

const anything = fc.oneof(stream, spliced);

test('every text is read: nothing is thrown, and every place lies in the text', () => {
  fc.assert(
    fc.property(anything, fc.boolean(), (text, picky) => {
      const { documents, skipped, errors, template } = readYaml(
        text,
        picky ? (kind) => kind === 'Service' : undefined,
      );
      const ranges = [...documents, ...skipped].sort((a, b) => a.start - b.start);
      let before = 0;
      for (const { start, end } of ranges) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThanOrEqual(start);
        before = end;
      }
      expect(before).toBeLessThanOrEqual(text.length);
      for (const { offset, message } of errors) {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(text.length);
        expect(message).toMatch(/^[^A-Z\n][^\n]*[^.\n]$/);
      }
      if (template !== undefined)
        expect(text.slice(template, template + 2)).toMatch(/^(?:\{[{%]|%\{|<%|\[\[|@[A-Z])$/);
    }),
    { numRuns: 1000 },
  );
});

test('children lie inside their parents, unless an alias brought them', () => {
  fc.assert(
    fc.property(anything, (text) => {
      for (const { root, start, end } of readYaml(text).documents) {
        if (root !== null) expectInside(root, text.includes('*') ? 0 : start, end, text.includes('*'));
      }
    }),
    { numRuns: 1000 },
  );
});

test('the text of a scalar says the same when it stands alone', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const { documents } = readYaml(text);
      for (const { start, end, value } of documents.flatMap(({ root }) => scalarsOf(root))) {
        const alone = text.slice(start, end);
        // A block scalar takes its indentation from where it stands, and what reads as a mark alone is no value alone.
        if (/^(?:[|>\uFEFF]|---|\.\.\.|[-?:](?:\s|$))|:$/.test(alone)) continue;
        const [document] = readYaml(alone).documents;
        const root = document?.root ?? { type: 'scalar', value: null };
        expect(root).toMatchObject({ type: 'scalar', value });
      }
    }),
    { numRuns: 1000 },
  );
});

test('JSON is read as JSON', () => {
  const json = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.string(), json, { noNullPrototype: true })),
      fc.constantFrom('', '\t', 2),
      (objects, space) => {
        const text = objects.map((object) => JSON.stringify(object, null, space)).join('\n');
        const { documents, errors, template } = readYaml(text);
        expect(template).toBeUndefined();
        expect(errors).toEqual([]);
        expect(documents.map(({ root }) => toValue(root!))).toEqual(objects);
      },
    ),
  );
});

function toValue(node: YamlNode): Value {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(toValue);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, toValue(value)]));
}
