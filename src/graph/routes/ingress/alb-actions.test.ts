import { expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { textOf } from '../../../text/source.ts';

const ingress = (annotations: string, className = 'alb'): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gate
  namespace: harbour
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
${annotations}
spec:
  ingressClassName: ${className}
  rules:
    - http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: split, port: { name: use-annotation } } } }
---
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { ports: [{ name: web, port: 80, targetPort: 8080 }] }
`;
const albClass = `---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: alb }
spec: { controller: ingress.k8s.aws/alb }
`;
const action = (json: string): string => `    alb.ingress.kubernetes.io/actions.split: >-\n      ${json}`;
const forward = (...groups: string[]): string =>
  action(`{"type":"forward","forwardConfig":{"targetGroups":[${groups.join(',')}]}}`);
const group = (name: string, port: string): string =>
  `{"serviceName":"${name}","servicePort":${port},"weight":50}`;
const backends = (annotations: string, className?: string): string[] =>
  linesOf(ingress(annotations, className), 'backend');

test('S-117 an action forwards to ports of Services, and a number in quotes is a number', () => {
  expect(
    backends(
      forward(
        group('pier', '80'),
        group('pier', '"80"'),
        group('pier', '"web"'),
        group('pier', '8080'),
        group('quay', '80'),
      ),
    ),
  ).toEqual([
    'whole 80 → Service/pier:80',
    'whole 80 → Service/pier:80',
    'whole web → Service/pier:80',
    'broken 8080 → Service/pier',
    'broken 80 → nothing',
  ]);
});

test('the place of an action is inside its annotation', () => {
  const json = `'{"type":"forward","forwardConfig":{"targetGroups":[${group('pier', '8080')}]}}'`;
  const { backends: links } = graphOf(ingress(`    alb.ingress.kubernetes.io/actions.split: ${json}`));
  expect(links.map(({ backend }) => [textOf(backend.service!), textOf(backend.portNumber!)])).toEqual([
    ['pier', '8080'],
  ]);
});

test.each(['redirect', 'fixed-response'])('a %s is answered by the load balancer itself', (type) => {
  expect(backends(action(`{"Type":"${type}"}`))).toEqual(['whole use-annotation → nothing']);
});

test('what no Service of the input shows proves nothing', () => {
  expect(backends(action('{"type":"forward","targetGroupARN":"arn:aws:harbour"}'))).toEqual([
    'unproved use-annotation → nothing',
  ]);
  expect(backends(action('{"type":'))).toEqual(['unproved use-annotation → nothing']);
});

test('an action that no annotation defines', () => {
  expect(backends('')).toEqual(['unproved use-annotation → nothing']);
  expect(linesOf(ingress('') + albClass, 'backend')).toEqual(['broken use-annotation → nothing']);
});

test('S-005 to another controller it is the name of a port', () => {
  const traefik = albClass.replace('ingress.k8s.aws/alb', 'traefik.io/ingress-controller');
  expect(linesOf(ingress(forward(group('pier', '80'))) + traefik, 'backend')).toEqual([
    'broken use-annotation → nothing',
  ]);
});

test.each([
  ['', [80]],
  ["    alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:harbour'", [443]],
  [`    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP": 80}, {"HTTPS": 8443}]'`, [80, 8443]],
])('S-119 the ports that clients dial are said by annotations: %s', (annotations, ports) => {
  const { chains } = graphOf(ingress(annotations));
  expect(chains.filter(({ entry }) => entry.kind === 'ingress').map(({ entry }) => entry.port)).toEqual(
    ports,
  );
});
