import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unbound-knative-port.ts';

const bakery = (container: string, apiVersion = 'serving.knative.dev/v1'): string => `
apiVersion: ${apiVersion}
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    spec:
      containers:
        ${container}
`;
const MARK = '# error: unbound-knative-port';
const nginx = (port: string): string => `- image: nginx:1.27
          ports:
            - containerPort: ${port}`;

testRule(rule, {
  accepts: {
    'S-175 the port that is declared': bakery(nginx('80')),
    'S-175 the port that is not declared': bakery('- image: nginxinc/nginx-unprivileged:1.27'),
    'S-175 an image that nothing is known of': bakery('- image: example.com/bakery:1.4'),
    'a Service of Kubernetes': bakery(nginx('8080'), 'v1'),
  },
  rejects: {
    'S-175 A1 another port than the declared one': bakery(nginx(`8080 ${MARK}`)),
    'S-175 A1 another than 8080, and none is declared': bakery(`- name: oven ${MARK}
          image: nginx:1.27`),
  },
});

const flagged = (ports: string): string => `- image: example.com/bakery:1.4
          command: [python, -m, http.server, '8000']
          ${ports}`;

test('the declared port is changed, or the setting that moves the process, or a port is declared', () => {
  const advice = (container: string): string[] =>
    findingsOf(rule, sourcesOf(bakery(container))).flatMap(({ fixes, help }) => [
      ...fixes.map(({ title }) => title),
      ...help,
    ]);
  expect(advice(nginx('8080'))).toEqual(['change containerPort to `80`']);
  expect(advice('- image: nginx:1.27')).toEqual(['declare `containerPort: 80`']);
  expect(advice(flagged('ports: [{ containerPort: 9000 }]'))).toEqual([
    'change containerPort to `8000`',
    'let the process listen on 9000',
  ]);
  expect(advice(flagged('imagePullPolicy: Always'))).toEqual([
    'let the process listen on 8080',
    'declare `containerPort: 8000`',
  ]);
});
