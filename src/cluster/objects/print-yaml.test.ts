import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPlain } from '../../text/to-plain.ts';
import { readYaml } from '../../text/yaml.ts';
import type { JsonObject } from '../json.ts';
import { printYaml } from './print-yaml.ts';

const read = (text: string): unknown => {
  const { documents, errors } = readYaml(text, undefined, true);
  expect(errors).toEqual([]);
  return toPlain(documents[0]!.root!);
};

test('an object as kubectl prints it', () => {
  expect(
    printYaml({
      kind: 'Service',
      apiVersion: 'v1',
      metadata: {
        name: 'web',
        annotations: { 'a.b/c': '8080', empty: '', more: 'a: b', text: 'one\ntwo\n' },
        labels: {},
      },
      spec: {
        ports: [{ port: 80, targetPort: 'http', name: null }, { port: 443 }],
        clusterIPs: ['10.0.0.1'],
        args: [['-c', 'x\ny'], []],
        on: true,
      },
    }),
  ).toBe(`apiVersion: v1
kind: Service
metadata:
  annotations:
    a.b/c: "8080"
    empty: ""
    more: 'a: b'
    text: |
      one
      two
  labels: {}
  name: web
spec:
  args:
  - - -c
    - |-
      x
      y
  - []
  clusterIPs:
  - 10.0.0.1
  "on": true
  ports:
  - name: null
    port: 80
    targetPort: http
  - port: 443
`);
});

test('whatever an object holds is read again as it was', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aZ09-:#\'"\\ \n\t{}[],&*!|>%@`?=~.+_é€😀\u0007\u0085\u2028') }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'yes',
      'null',
      '1e3',
      '0x1f',
      '1:30',
      '2020-01-01',
      '.inf',
      '1_000',
      '-',
      '---',
      '012',
      '+1',
      ' a',
      'a ',
    ),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(fc.dictionary(text, value, { minKeys: 1, maxKeys: 4 }), (object) => {
      expect(read(printYaml(object as JsonObject))).toEqual(JSON.parse(JSON.stringify(object)));
    }),
    { numRuns: 500 },
  );
});

const kubectl = process.env.PORTOLAN_TEST_KUBECTL;
test.skipIf(!kubectl)('the same texts as the real kubectl', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'x',
      namespace: 'default',
      annotations: { a: 'yes', b: '1.5', c: "it's", d: '*', e: 'a #b', f: '# x', g: 'ends:' },
    },
    data: {
      multi: 'a\n  b\n\nc',
      'keeps-end': 'a\n\n',
      'first-blank': '  a\nb\n',
      number: '012',
      time: '12:30',
      tab: 'a\tb\nc',
      date: '2020-01-01',
      e1: '1e3',
      tilde: '~',
      quote: '"x"',
      dash: '- a',
      eq: '=',
      long: 'x',
    },
  };
  const printed = execFileSync(kubectl!, ['create', '--dry-run=client', '-o', 'yaml', '-f', '-'], {
    input: JSON.stringify(object),
    encoding: 'utf8',
    env: { ...process.env, KUBECONFIG: process.env.PORTOLAN_TEST_KUBECONFIG },
  });
  expect(printYaml(object)).toBe(printed);
});
if (!kubectl)
  console.log('the test of YAML as kubectl prints it is skipped: PORTOLAN_TEST_KUBECTL is not set');
