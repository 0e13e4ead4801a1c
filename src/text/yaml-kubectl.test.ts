import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toPlain } from './to-plain.ts';
import { readYaml } from './yaml.ts';
import { readSubset } from './yaml-subset.ts';

/** What our own reader takes, in the forms of which YAML 1.1, 1.2 and kubectl could think differently. */
const OBJECT = `kind: ConfigMap
apiVersion: v1
metadata:
  name: x
words: [yes, No, on, OFF, y, n, ~, null, Null, true, "true", 'no']
numbers: [0777, 0o17, 0x1F, 0b11, 1_000, 1e3, 1E3, .5, -.5, 1.0, 012, 08, +1, -0, 12:30, 1.2.3, 9007199254740991]
dates: [2020-01-01, 2020-01-01T00:00:00Z]
empty:
nothing: ""
8080: a
1.5: b
true: c
twice: 1
twice: 2
plain: a b
  c

  d # e
double: "a\\n\\u00e9\\x41
  b \\
  c"
single: 'it''s

  so'
literal: |
  a
   b

folded: >-
  a
  b

   c
  d
kept: |+
  a

base: &base
  a: 1
  b: [x, z]
merged:
  b: 3
  <<: *base
  a: 2
several:
  <<: [*base, {c: 4}]
name: &name v
list:
- *name
- - a
  - b
-
  c: *base
- &last {d: *name}
- *last
`;

/** What our own reader leaves to the parser, whose letter of YAML 1.2 kubectl does not follow. */
const COLONS = `kind: ConfigMap
apiVersion: v1
metadata: {name: x}
addresses: [1.2.3.4, 2001:db8::, 'a:', "b:,"]
data: {a: z:, b: 'q',c: e:f, "d":g, h: x:}
other: {"i":[k:], "j":{l: m:}}
`;

const kubectl = process.env.PORTOLAN_TEST_KUBECTL;

test('our own reader reads the forms that kubectl is asked about', () => {
  expect(readSubset(OBJECT, 0)).toBeDefined();
});

test('a colon in brackets that something follows is text', () => {
  expect(toPlain(readYaml(COLONS).documents[0]!.root!)).toMatchObject({
    addresses: ['1.2.3.4', '2001:db8::', 'a:', 'b:,'],
    data: { a: 'z:', b: 'q', c: 'e:f', d: 'g', h: 'x:' },
    other: { i: ['k:'], j: { l: 'm:' } },
  });
});

test.skipIf(!kubectl).each([
  ['of our own reader', OBJECT],
  ['of colons in brackets', COLONS],
])('the forms %s say what kubectl has them say', (_, text) => {
  // Without a server: it reads, adds the annotation, and prints.
  const printed = execFileSync(kubectl!, ['annotate', '--local', '-f', '-', 'a=b', '-o', 'json'], {
    input: text,
    encoding: 'utf8',
  });
  const theirs: { metadata: { annotations?: unknown } } = JSON.parse(printed);
  expect(theirs.metadata.annotations).toEqual({ a: 'b' });
  delete theirs.metadata.annotations;
  const [document] = readYaml(text).documents;
  expect(JSON.parse(JSON.stringify(toPlain(document!.root!)))).toEqual(theirs);
});
if (!kubectl)
  console.log('the test of YAML as kubectl reads it is skipped: PORTOLAN_TEST_KUBECTL is not set');
