import { describe, expect, test } from 'vitest';
import { readYaml } from './yaml.ts';
import type { Scalar, YamlMap, YamlNode } from './yaml-node.ts';

type Plain = Scalar | Plain[] | { [key: string]: Plain };

function plain(node: YamlNode | null): Plain {
  if (node === null) return null;
  if (node.type === 'scalar') return node.value;
  if (node.type === 'list') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}

const roots = (text: string): Plain[] => readYaml(text).documents.map(({ root }) => plain(root));

/** The only error of a text: the characters it stands before, and what it says. */
function errorIn(text: string): [string, string] {
  const { errors } = readYaml(text);
  expect(errors).toHaveLength(1);
  return [text.slice(errors[0]!.offset), errors[0]!.message];
}

describe('splitting (S-187)', () => {
  test.each<[string, string, Plain[]]>([
    ['a line of dashes', 'a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    [
      'spaces and a comment behind the dashes',
      'a: 1\n---\t \nb: 2\n--- # next\nc: 3',
      [{ a: 1 }, { b: 2 }, { c: 3 }],
    ],
    ['dots', 'a: 1\n...\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['CRLF', 'a: 1\r\n---\r\nb: 2\r\n', [{ a: 1 }, { b: 2 }]],
    ['lone CR', 'a: 1\r---\rb: 2\r', [{ a: 1 }, { b: 2 }]],
    ['blank documents are left out', '---\n\n---\n---\na: 1\n---\n', [{ a: 1 }]],
    ['a comment alone is an empty document', '# nothing\n---\na: 1', [null, { a: 1 }]],
    ['null is an empty document', '~\n---\na: 1', [null, { a: 1 }]],
    ['directives belong to what follows', '%YAML 1.1\n---\na: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
    ['a byte order mark', '\uFEFFa: 1\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
    ['dashes in a value', 'a: ---\nb: x --- y\nc: |\n  ---\n', [{ a: '---', b: 'x --- y', c: '---\n' }]],
    ['JSON', '{\n\t"a": [1, {"b": null}]\n}\n', [{ a: [1, { b: null }] }]],
    ['brackets that close where they began', 'a:\n  - |\n    "\n  - [\n  b\n  ]\n', [{ a: ['"\n', ['b']] }]],
    ['JSON objects in a row', '{"a": "}{"}\n{"b": "\\""} {"c": 3}\n', [{ a: '}{' }, { b: '"' }, { c: 3 }]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(readYaml(text).errors).toEqual([]);
    expect(roots(text)).toEqual(expected);
  });

  test('ranges leave the separator out and count from the start of the text', () => {
    const text = '---\na: 1\n--- # x\nb: 2\n';
    const { documents } = readYaml(text);
    expect(documents.map(({ start, end }) => text.slice(start, end))).toEqual(['a: 1\n', 'b: 2\n']);
    expect(documents[1]!.root).toMatchObject({ start: 17, end: 21 });
  });
});

describe('places', () => {
  const spelled = (text: string, path: (root: YamlMap) => YamlNode): string => {
    const { start, end } = path(readYaml(text).documents[0]!.root as YamlMap);
    return text.slice(start, end);
  };
  const first = (root: YamlMap): YamlNode => root.entries[0]!.value;

  test.each([
    ['a: b # c', 'b'],
    ['a: "b c" # d', '"b c"'],
    ["a: 'it''s'", "'it''s'"],
    ['a: !!str 80', '!!str 80'],
    ['a: &x b', 'b'],
    ['a: one\n  two\nb: 1', 'one\n  two'],
    ['a: |- # > c\n  one\n\n  two\n\nb: 1', '|- # > c\n  one\n\n  two'],
    ['a: # > c\n  >\n  one\nb: 1', '>\n  one'],
    ['a: [1, {b: 2}, ] # c', '[1, {b: 2}, ]'],
    ['a: { # }\n  b: "}" } # c', '{ # }\n  b: "}" }'],
    ['a:\n  - 1\n  - b: 2\n    c: 3 # d\ne: 1', '- 1\n  - b: 2\n    c: 3'],
    ['a:\n  b: 1\n  c: 2\nd: 1', 'b: 1\n  c: 2'],
    ['a: [[b]]', '[[b]]'],
    ['a: [\n  b\n]\nc: 1', '[\n  b\n]'],
  ])('%j', (text, expected) => {
    expect(spelled(text, first)).toBe(expected);
  });

  test.each([
    ['a:\nb: 1', 2],
    ['a : # c\nb: 1', 3],
    ['? a\n:\nb: 1', 5],
    ['a: !!str\nb: 1', 3],
    ['a: &x\nb: 1', 5],
    ['{a: , b: 1}', 3],
    ['{a, b: 1}', 2],
  ])('nothing in %j stands behind its key', (text, start) => {
    expect(first(readYaml(text).documents[0]!.root as YamlMap)).toMatchObject({ start });
  });

  test('a pair in a list is a map without brackets', () => {
    const root = readYaml('[a: b , c]').documents[0]!.root;
    expect(root).toMatchObject({ items: [{ type: 'map', start: 1, end: 5 }, { start: 8 }] });
  });

  test('an empty list item stands behind its dash', () => {
    const root = readYaml('-\n- # c\n- 1').documents[0]!.root;
    expect(root).toMatchObject({ items: [{ start: 1 }, { start: 3 }, { start: 10 }] });
  });

  test('an alias is the node it names', () => {
    const root = readYaml('a: &x [1]\nb: *x').documents[0]!.root as YamlMap;
    expect(root.entries[1]!.value).toBe(root.entries[0]!.value);
  });
});

describe('maps', () => {
  test('a key written twice keeps its last value', () => {
    expect(roots('a: 1\nb: 2\na: 3')).toEqual([{ a: 3, b: 2 }]);
    const many = Array.from({ length: 50 }, (_, index) => `k${index}: ${index}\n`).join('');
    const root = readYaml(`${many}k3: new\nk49: newer`).documents[0]!.root as YamlMap;
    expect(root.entries).toHaveLength(50);
    expect(plain(root)).toMatchObject({ k3: 'new', k4: 4, k49: 'newer' });
  });

  test('keys are text, as in JSON', () => {
    expect(roots('8080: a\n"9090": b\nyes: c\n0x10: d\n1.10: e')).toEqual([
      { 8080: 'a', 9090: 'b', true: 'c', 16: 'd', 1.1: 'e' },
    ]);
  });

  test('merged keys come last, whoever wins', () => {
    const text = 'base: &b {p: 1, q: 1}\nbelow: {<<: *b, p: 2, s: 2}\nabove: {s: 2, p: 2, <<: *b}';
    const root = readYaml(text).documents[0]!.root as YamlMap;
    const [, below, above] = root.entries.map(({ value }) => value as YamlMap);
    expect(below!.entries.map(({ key, value }) => [key, plain(value)])).toEqual([
      ['p', 2],
      ['s', 2],
      ['q', 1],
    ]);
    // go-yaml v2, and so kubectl, lets `<<` override the keys above it.
    expect(above!.entries.map(({ key, value }) => [key, plain(value)])).toEqual([
      ['s', 2],
      ['p', 1],
      ['q', 1],
    ]);
  });

  test('the earlier map of a merged list wins', () => {
    expect(roots('<<: [{p: 1}, {p: 2, q: 2}]\nr: 3')).toEqual([{ p: 1, q: 2, r: 3 }]);
  });
});

describe('errors', () => {
  test('a broken document hides no other', () => {
    const { documents, errors } = readYaml('a: 1\n---\nb: [\n---\nc: 3\n---\n\td: 4\n');
    expect(documents.map(({ root }) => plain(root))).toEqual([{ a: 1 }, { c: 3 }]);
    expect(errors.map(({ offset }) => offset)).toEqual([14, 27]);
  });

  test.each([
    ['a:\n\tb: 1', '\tb: 1', 'a tab is used as indentation; YAML allows only spaces'],
    ['a:\n  b: 1\n\tc: 2', '\tc: 2', 'a tab is used as indentation; YAML allows only spaces'],
    ['a: [1', '', 'a `{` or `[` is not closed'],
    ['a: "b\n', '', 'a `"` is not closed'],
    ['a: b: c', ': c', 'a second `:` in one value; quote the value or look at the indentation'],
    ['a: @b', '@b', 'a value that begins with "@" needs quotes'],
    ['a: "b" c', 'c', 'more text follows a value that is complete'],
    ['a: 1\nb\nc: 2', ': 2', 'a key needs a `:` after it on the same line'],
    ['a:\n    b: 1\n  c: 2', 'c: 2', 'this line does not line up with the keys around it'],
    ['a: "\\q"', 'q"', 'this backslash escape is not one that YAML knows'],
    ['a: \u0000', '\u0000', 'a NUL byte stands in the text; this is not a text file'],
    ['a: *x', '*x', 'the alias `*x` has no anchor `&x` before it'],
    ['a: &x 1\r---\rb: *x', '*x', 'the alias `*x` has no anchor `&x` before it'],
    ['a: &x [1, *x]', '*x]', 'the anchor `&x` contains itself'],
    ['a: !!int http', '!!int http', 'this value cannot be read as `!!int`'],
    ['a: !<\n> b', ' b', 'a tag contains a character that does not belong there'],
    ['~: 1', '~: 1', 'a key is empty or `null`'],
    ['[a]: 1', '[a]: 1', 'a map or a list cannot be a key'],
    ['<<: 1', '1', '`<<` merges a map or a list of maps, nothing else'],
  ])('%j', (text, rest, message) => {
    expect(errorIn(text)).toEqual([rest, message]);
  });

  test.each(['[', '{a: ', '- ', '[{', '&a ['])('%j a hundred thousand times over is one error', (opening) => {
    expect(errorIn(opening.repeat(100_000))[1]).toBe('maps and lists are nested too deeply');
  });

  test('the nesting of real schemas is no trouble', () => {
    const text = Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}properties:\n`).join('');
    expect(readYaml(text).errors).toEqual([]);
  });

  const unfolds = 'the aliases of this document unfold to far more than it says';

  test('aliases of aliases of aliases are refused, as kubectl does', () => {
    let text = `a0: &a0 [${'x,'.repeat(9)}]\n`;
    for (let i = 1; i < 9; i++) text += `a${i}: &a${i} [${`*a${i - 1},`.repeat(9)}]\n`;
    expect(errorIn(text)[1]).toBe(unfolds);
  });

  test('so are merges of merges', () => {
    let text = 'a0: &a0 {x: 1}\n';
    for (let i = 1; i < 3000; i++) text += `a${i}: &a${i}\n  <<: *a${i - 1}\n  k${i}: 1\n`;
    expect(errorIn(text)[1]).toBe(unfolds);
  });

  test('so are aliases of one long text, as no object may be so long', () => {
    const users = (count: number) => Array.from({ length: count }, (_, i) => `u${i}: *long\n`).join('');
    const text = (length: number, count: number) => `a: &long "${'x'.repeat(length)}"\n${users(count)}`;
    expect(errorIn(text(20_000, 100))[1]).toBe(unfolds);
    const nested = `a: &long "${'x'.repeat(2_000)}"\nb: &list [${'*long,'.repeat(20)}]\n`;
    expect(errorIn(`${nested}c: [${'*list,'.repeat(50)}]\n`)[1]).toBe(unfolds);
    expect(readYaml(text(20_000, 70)).errors).toEqual([]);
    expect(readYaml(text(1_000_000, 3)).errors).toEqual([]);
  });

  test('a base that many documents share is not', () => {
    const users = Array.from({ length: 500 }, (_, i) => `u${i}: {<<: *base, name: u${i}}\n`).join('');
    expect(readYaml(`base: &base {p: 1, q: 2, r: 3}\n${users}`).errors).toEqual([]);
  });
});

describe('kinds nobody asked for', () => {
  const read = (text: string) => {
    const { documents, skipped } = readYaml(text, (kind) => kind === 'Service');
    return [documents.length, skipped.length];
  };

  test('are skipped, with their range', () => {
    const text =
      'apiVersion: v1\nkind: Service\n---\n# c\nkind: CronTab # c\napiVersion: stable.example.com/v1\n';
    const { documents, skipped } = readYaml(
      text,
      (kind, apiVersion) => kind === 'Service' && apiVersion === 'v1',
    );
    expect(documents).toHaveLength(1);
    expect(skipped).toEqual([
      { kind: 'CronTab', apiVersion: 'stable.example.com/v1', start: 33, end: text.length },
    ]);
  });

  test('unless they are templates', () => {
    const text = 'apiVersion: v1\nkind: Secret\nname: {{ .Values.name }}\n';
    expect(readYaml(text, () => false)).toMatchObject({ skipped: [], template: text.indexOf('{{') });
  });

  test('even when they do not parse', () => {
    expect(read('apiVersion: v1\nkind: Secret\ndata: [\n')).toEqual([0, 1]);
  });

  test.each([
    ['a list', 'apiVersion: v1\nkind: SecretList\nitems: []\n'],
    ['JSON', '{"apiVersion": "v1",\n"kind": "Secret"}'],
    ['a quoted key', 'apiVersion: v1\nkind: Secret\n"kind": Service\n'],
    ['an explicit key', 'apiVersion: v1\nkind: Secret\n? kind\n: Service\n'],
    ['two kinds', 'apiVersion: v1\nkind: Secret\nkind: Service\n'],
    ['a kind after a lone CR', 'apiVersion: v1\nkind: Secret\na: 1\rkind: Service\n'],
    ['a merge', 'kind: Secret\napiVersion: v1\n<<: {kind: Service}\n'],
    ['a quoted kind', 'apiVersion: v1\nkind: "Secret"\n'],
    ['a kind that goes on', 'apiVersion: v1\nkind: Secret\n  Service\n'],
    ['a kind that goes on after a blank line', 'apiVersion: v1\nkind: Secret\n\n  Service\n'],
    ['no kind', 'apiVersion: v1\nspec:\n  kind: Secret\n'],
    ['no version', 'kind: Secret\n'],
  ])('but not %s', (_, text) => {
    expect(read(text)).toEqual([1, 0]);
  });
});

describe('templates that were never rendered', () => {
  test.each([
    ['an action on its own line', '{{- if .Values.on }}\na: 1\n{{- end }}', 0],
    ['an action in a later document', 'a: [\n---\nb:\n  {{ toYaml .b }}', 14],
    ['a value', 'a: 1\nb: {{ .Values.b }}\n', 8],
    ['a list item', 'a:\n  - {{ .Values.b }}\n', 7],
    ['an item in brackets', 'a: [x, {{ .Values.b }}]\n', 7],
    ['an item after quoted ones', 'a: ["x", {{ .Values.b }}]\nc: {{ .Values.c }}\n', 9],
    ['a key', 'a:\n  {{ .Values.b }}: 1\n', 5],
    ['the middle of a key', 'a: 1\nb-{{ .Values.b }}: 1\n', 7],
    ['a key in a file that does not parse', 'a: @b\nb-{{ .Values.b }}: 1\n', 8],
    ['a line that continues a value', 'a: b\n  {{ include "c" . }}\n', 7],
    ["Terraform's directive", 'a: 1\n%{ if on }\nb: 2\n%{ endif }\n', 5],
    ["Jinja's statement", 'a: 1\n{% if on %}\nb: 2\n{% endif %}\n', 5],
    ["ERB's value", 'a: 1\nb: <%= @port %>\n', 8],
    ["CMake's and autoconf's value", 'a: 1\nname: @NAME@\n', 11],
    ["ERB's statement", 'a: 1\n<% if @on %>\nb: 2\n<% end %>\n', 5],
    ['a value in other brackets', 'a: 1\nb: [[ .Values.b ]]\n', 8],
    ['a statement in other brackets', 'a: 1\n[[- if .Values.on ]]\nb: 2\n[[- end ]]\n', 5],
    ['a line after a block scalar', 'a: |\n  text\n{{ .Values.b | indent 2 }}\nc: [', 12],
  ])('%s', (_, text, template) => {
    expect(readYaml(text)).toEqual({ documents: [], skipped: [], errors: [], template });
  });

  test.each([
    ['quotes', 'expr: "{{ $labels.pod }}"\nb: \'{{ x }}\'\n'],
    ['lines of quoted text', 'expr: "a\n  {{ $labels.pod }}"\n'],
    ['a literal block', 'a: |\n  {{ x }}\n  b: {{ y }}\n'],
    ['a folded block in a list', 'a:\n  - >-\n    {{ x }}\n  - b: |2\n      {{ y }}\n'],
    ['a comment', '# {{ x }}\na: 1 # {{ y }}\n'],
    ['lists in a list', 'a: [[1, 2], [x]]\nb: [["c"]]\n'],
    ['a value that goes on', 'a: b <% c\n'],
    ['the middle of a value', 'name: web-{{inputs.parameters.name}}\n'],
  ])('not in %s', (_, text) => {
    expect(readYaml(text)).toMatchObject({ documents: [{}], errors: [], template: undefined });
    const broken = readYaml(`${text}a: b: c\n`);
    expect(broken).toMatchObject({ documents: [], errors: [{}], template: undefined });
  });
});
