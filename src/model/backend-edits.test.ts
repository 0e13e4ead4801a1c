import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { applyEdits } from '../text/edits.ts';
import { sendTo, sendToEndpoint } from './backend-edits.ts';

const sent = (backend: string, servicePort: string, apiVersion = 'networking.k8s.io/v1'): string => {
  const ingress = `apiVersion: ${apiVersion}\nkind: Ingress\nmetadata: { name: gate }\nspec:\n  backend: ${backend}\n`;
  const text = `${ingress}---\napiVersion: v1\nkind: Service\nmetadata: { name: pier }\nspec: { ports: [${servicePort}] }\n`;
  const { ingresses, services } = graphOf(text).model;
  const change = sendTo(ingresses[0]!.defaultBackend!, services[0]!.ports[0]!);
  const edits = (change?.edits ?? []).map(({ at, text }) => ({ start: at.start, end: at.end, text }));
  return applyEdits(text, edits).split('\n')[4]!.trim();
};

test.each([
  [
    'a number by the number',
    '{ service: { port: { number: 8080 } } }',
    '{ service: { port: { number: 80 } } }',
  ],
  ['a name by the name', '{ service: { port: { name: wbe } } }', '{ service: { port: { name: web } } }'],
])('%s', (_, before, after) => {
  expect(sent(before, '{ name: web, port: 80 }')).toBe(`backend: ${after}`);
});

test('S-006 a name that no Ingress can hold by its number', () => {
  expect(sent('{ service: { port: { name: metrics } } }', '{ name: http-public-metrics, port: 9090 }')).toBe(
    'backend: { service: { port: { number: 9090 } } }',
  );
});

test('JSON keeps its quotes', () => {
  expect(sent('{"service": {"port": {"name": "wbe"}}}', '{ port: 80 }')).toBe(
    'backend: {"service": {"port": {"number": 80}}}',
  );
});

test('S-123 servicePort is one field for both', () => {
  expect(sent('{ serviceName: pier, servicePort: wbe }', '{ port: 80 }', 'extensions/v1beta1')).toBe(
    'backend: { serviceName: pier, servicePort: 80 }',
  );
});

test('nothing where the Service port is none', () => {
  expect(sent('{ service: { port: { name: wbe } } }', '{ port: 0 }')).toBe(
    'backend: { service: { port: { name: wbe } } }',
  );
});

test('S-168 an endpoint by the name of its Service port, as its number is another', () => {
  const text = `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: gate }
spec: { to: { name: pier }, port: { targetPort: 80 } }
---
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { ports: [{ name: web, port: 80, targetPort: 8080 }, { port: 81 }] }
`;
  const { routes, services } = graphOf(text).model;
  const [named, nameless] = services[0]!.ports;
  const backend = routes[0]!.rules[0]!.backends[0]!;
  const change = sendToEndpoint(backend, named!);
  expect(change?.edits.map(({ at, text }) => [at.source.text.slice(at.start, at.end), text])).toEqual([
    ['80', 'web'],
  ]);
  expect(sendToEndpoint(backend, nameless!)).toBeUndefined();
});
