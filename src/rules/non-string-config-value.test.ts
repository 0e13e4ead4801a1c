import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './non-string-config-value.ts';

const configMap = (data: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: tide, namespace: harbour }
data:
  ${data}
`;
const secret = (data: string): string => `
apiVersion: v1
kind: Secret
metadata: { name: tide, namespace: harbour }
${data}
`;
const pod = (container: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: tide, namespace: harbour }
spec:
  containers:
    - name: gauge
      image: ghcr.io/example/gauge
      ${container}
`;

testRule(rule, {
  accepts: {
    'S-099 B4 quoted': configMap('PORT: "3005"'),
    'S-099 plain text': configMap('HOST: tide.example.com'),
    'S-099 null is the empty string': configMap('PORT: null'),
    'S-099 an env value of null': pod('env: [{ name: PORT, value: null }]'),
    'an integer where an integer belongs': pod('ports: [{ containerPort: 3005 }]'),
    'a name that is a number has rules of its own': pod('ports: [{ name: 80, containerPort: 3005 }]'),
  },
  rejects: {
    'S-099 B4 a number in a ConfigMap': configMap('PORT: 3005 # error: non-string-config-value'),
    'S-099 a boolean in a ConfigMap': configMap('TLS: true # error: non-string-config-value'),
    'S-099 a number in stringData': secret('stringData:\n  PORT: 3005 # error: non-string-config-value'),
    'S-097 a number in the data of a Secret': secret('data:\n  PORT: 3005 # error: non-string-config-value'),
    'S-099 B4 an env value': pod('env: [{ name: PORT, value: 3005 }] # error: non-string-config-value'),
    'an argument': pod('args: [--port, 3005] # error: non-string-config-value'),
    'an annotation': `
apiVersion: v1
kind: Service
metadata:
  name: tide
  annotations:
    prometheus.io/port: 9090 # error: non-string-config-value
spec: { ports: [{ port: 80 }] }
`,
    'a selector': `
apiVersion: v1
kind: Service
metadata: { name: tide }
spec:
  selector:
    shift: 1 # error: non-string-config-value
  ports: [{ port: 80 }]
`,
    'an anchored number': configMap('PORT: &port 3005 # error: non-string-config-value'),
  },
});

const findings = (manifest: string): ReturnType<typeof findingsOf> => findingsOf(rule, sourcesOf(manifest));

test('S-099 quotes the API server, and puts quotes around what is written', () => {
  const [map] = findings(configMap('PORT: 0x1F90'));
  expect(map!.notes[0]).toMatch(
    /json: cannot unmarshal number into Go struct field ConfigMap\.data of type string$/,
  );
  expect(map!.fixes).toMatchObject([{ applicability: 'safe', edits: [{ text: '"' }, { text: '"' }] }]);
  const [env] = findings(pod('env: [{ name: TLS, value: true }]'));
  expect(env!.notes[0]).toContain('unmarshal bool into Go struct field EnvVar.spec.containers.env.value of');
});

test('S-097 quotes make no base64, and an anchor may stand for a number elsewhere', () => {
  for (const manifest of [secret('data: { PORT: 3005 }'), configMap('PORT: &port 3005')]) {
    const [finding] = findings(manifest);
    expect(finding!.fixes).toEqual([]);
    expect(finding!.help).toHaveLength(1);
  }
});

test('never repeats the value of a Secret', () => {
  const [finding] = findings(secret('stringData: { PORT: 3005 }'));
  expect([finding!.message, ...finding!.notes, ...finding!.help].join()).not.toContain('3005');
});
