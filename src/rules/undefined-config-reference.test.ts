import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './undefined-config-reference.ts';

const configMap = (name: string, data = '{ PORT: "8080" }'): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: harbour }
data: ${data}
`;
const pod = (environment: string, name = 'ferry'): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: harbour }
spec:
  containers:
    - name: deck
      image: ghcr.io/example/ferry
      ${environment}
`;
const entry = (reference: string, mark = ''): string => `env:
        - name: PORT
          valueFrom:
            configMapKeyRef: ${reference}${mark && ` # ${mark}`}`;
const all = (...documents: string[]): string => documents.join('---');
const MARK = 'error: undefined-config-reference';

testRule(rule, {
  accepts: {
    'B6 the key is there': all(configMap('ferry'), pod(entry('{ name: ferry, key: PORT }'))),
    'the object may be made elsewhere': all(configMap('quay'), pod(entry('{ name: timetable, key: PORT }'))),
    'a ConfigMap of nearly this name belongs to somebody else': all(
      configMap('boat'),
      pod('envFrom: [{ configMapRef: { name: boat } }]', 'boat'),
      pod(entry('{ name: goat, key: PORT }')),
    ),
    'a ConfigMap of nearly this name is part of a projected volume': all(
      configMap('boat'),
      pod('volumeMounts: [{ name: all, mountPath: /etc/boat }]', 'boat').trimEnd() +
        '\n  volumes: [{ name: all, projected: { sources: [{ configMap: { name: boat } }] } }]\n',
      pod(entry('{ name: goat, key: PORT }')),
    ),
    'S-094 an optional object': all(
      configMap('ferry'),
      pod(entry('{ name: fery, key: PORT, optional: true }')),
    ),
    'S-095 an optional key that is left out on purpose': all(
      configMap('ferry', '{ COLOUR: blue }'),
      pod(entry('{ name: ferry, key: PORT, optional: true }')),
    ),
    'S-095 the key of nearly this name is read by another variable': all(
      configMap('ferry', '{ PORT_A: "8080" }'),
      pod(`env:
        - { name: PORT_A, valueFrom: { configMapKeyRef: { name: ferry, key: PORT_A } } }
        - { name: PORT_B, valueFrom: { configMapKeyRef: { name: ferry, key: PORT_B, optional: true } } }`),
    ),
    'it feeds no port': all(
      configMap('ferry'),
      pod('env: [{ name: COLOUR, valueFrom: { configMapKeyRef: { name: ferry, key: COLOUR } } }]'),
    ),
    'S-099 a value that is no string is another mistake': all(
      configMap('ferry', '{ PORT: 8080 }'),
      pod(entry('{ name: ferry, key: PORT }')),
    ),
  },
  rejects: {
    'S-094 B6 the object is called differently': all(
      configMap('ferry'),
      pod(entry('{ name: fery, key: PORT }', MARK)),
    ),
    'S-094 a whole source': all(
      configMap('ferry'),
      pod(`envFrom: [{ configMapRef: { name: fery } }] # ${MARK}`),
    ),
    'S-094 the key is called differently': all(
      configMap('ferry', '{ PROT: "8080" }'),
      pod(entry('{ name: ferry, key: PORT }', MARK)),
    ),
    'S-096 binaryData does not count': all(
      `${configMap('ferry', '{ HOST: pier }')}binaryData: { PORT: ODA4MA== }\n`,
      pod(entry('{ name: ferry, key: PORT }', MARK)),
    ),
    'S-095 an optional key is left unset without a word': all(
      configMap('ferry', '{ PROT: "8080" }'),
      pod(entry('{ name: ferry, key: PORT, optional: true }', 'warning: undefined-config-reference')),
    ),
    'a Secret lacks the key': all(
      '\napiVersion: v1\nkind: Secret\nmetadata: { name: ferry, namespace: harbour }\nstringData: { HOST: pier }\n',
      pod(`env: [{ name: PORT, valueFrom: { secretKeyRef: { name: ferry, key: PORT } } }] # ${MARK}`),
    ),
  },
});

test('S-094 many variables want one missing object: one finding, one fix for all', () => {
  const manifest = all(
    configMap('ferry', '{ PORT: "8080", ADMIN_PORT: "9090" }'),
    pod(`env:
        - { name: PORT, valueFrom: { configMapKeyRef: { name: fery, key: PORT } } }
        - { name: ADMIN_PORT, valueFrom: { configMapKeyRef: { name: fery, key: ADMIN_PORT } } }`),
  );
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  expect(findings[0]!.message).toBe(
    'container `deck` of Pod `harbour/ferry` reads `PORT` from ConfigMap `harbour/fery`, which does not exist',
  );
  expect(findings[0]!.fixes[0]!.edits).toHaveLength(2);
});

test('offers no object that lacks the key', () => {
  const manifest = all(configMap('ferry', '{ HOST: pier }'), pod(entry('{ name: fery, key: PORT }')));
  expect(findingsOf(rule, sourcesOf(manifest))[0]!.fixes).toEqual([]);
});
