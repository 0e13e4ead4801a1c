import { expect, test } from 'vitest';
import { checkManifests } from '../src/public/index.ts';

const pod = (name: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: gitea, namespace: yard, labels: { app: gitea } }
spec:
  containers:
    - name: gitea
      image: harbour/gitea
      ports: [{ name: ${name}, containerPort: 2222 }]
`;
const service = (port: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: gitea, namespace: yard }
spec: { selector: { app: gitea }, ports: [${port}] }
`;
const ingress = (port: string): string => `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gitea, namespace: yard }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: gitea, port: { ${port} } } } }
`;
const policy = (port: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: gitea, namespace: yard }
spec: { podSelector: { matchLabels: { app: gitea } }, ingress: [{ ports: [{ port: ${port} }] }] }
`;
const probed = (port: string, declared: string): string =>
  pod(declared).replace('containerPort: 2222 }]', `$&\n      readinessProbe: { httpGet: { port: ${port} } }`);

/** Of each finding with this rule, where its fixes lead. */
const fixesOf = (rule: string, text: string): string[] => {
  const { findings } = checkManifests([{ path: 'a.yaml', text }]);
  const told = findings.filter((one) => one.rule === rule);
  expect(told.length).toBe(1);
  return told.flatMap(({ fixes }) => fixes.map(({ title }) => title));
};

test.each<[string, (asked: string, only: string) => string]>([
  [
    'unresolved-target-port',
    (asked, only) => service(`{ name: ${asked}, port: 80, targetPort: ${asked} }`) + pod(only),
  ],
  [
    'undefined-backend-port',
    (asked, only) =>
      ingress(`name: ${asked}`) + service(`{ name: ${only}, port: 22, targetPort: ${only} }`) + pod(only),
  ],
  [
    'undefined-backend-port',
    (_, only) =>
      ingress('number: 80') + service(`{ name: ${only}, port: 22, targetPort: ${only} }`) + pod(only),
  ],
  ['unresolved-probe-port', (asked, only) => probed(asked, only)],
  [
    'unresolved-policy-port',
    (asked, only) => policy(asked) + service(`{ name: ${only}, port: 22, targetPort: ${only} }`) + pod(only),
  ],
])('%s offers the only port there is, and never that of SSH for the one of a browser', (rule, text) => {
  expect(fixesOf(rule, text('http', 'gate'))).not.toEqual([]);
  expect(fixesOf(rule, text('http', 'ssh'))).toEqual([]);
});
