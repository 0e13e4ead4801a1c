import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './quoted-port-number.ts';

const service = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec:
  selector: { app: bakery }
  ports:
    - ${port}
`;
const deployment = (container: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: bakery } }
    spec:
      containers:
        - name: oven
          image: ghcr.io/example/oven
          ${container}
`;
const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: bakery, namespace: harbour }
spec:
  defaultBackend:
    service:
      name: bakery
      port: ${port}
`;

testRule(rule, {
  accepts: {
    'S-001 numbers without quotes': `${service('{ port: 80, targetPort: 8080, nodePort: 30080 }')}---${deployment('ports: [{ containerPort: 8080, hostPort: 80 }]')}`,
    'S-001 a text with a letter is a name': service('{ port: 80, targetPort: "http" }'),
    'S-005 a Service port may be called 80': service('{ name: "80", port: 80 }'),
    'what another tool fills in': service('{ port: "${PORT}" }'),
  },
  rejects: {
    'S-001 S-149 in a backendRef, a parentRef and a listener': `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: pier }
spec:
  parentRefs:
    - { name: gate, port: "80" } # error: quoted-port-number
  rules:
    - backendRefs:
        - { name: pier, port: "8080" } # error: quoted-port-number
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate }
spec:
  gatewayClassName: outside
  listeners:
    - { name: http, protocol: HTTP, port: "80" } # error: quoted-port-number
`,
    'S-002 a targetPort': service('{ port: 80, targetPort: "8080" } # error: quoted-port-number'),
    "S-002 a targetPort in the other quotes, before a Pod's own": `${service("{ port: 80, targetPort: '8080' } # error: quoted-port-number")}---${deployment('ports: [{ containerPort: 8080 }]')}`,
    'S-001 a Service port': service('{ port: "80" } # error: quoted-port-number'),
    'S-001 a nodePort': service('{ port: 80, nodePort: "30080" } # error: quoted-port-number'),
    'S-001 a containerPort and a hostPort': deployment(`ports:
            - containerPort: "8080" # error: quoted-port-number
              hostPort: "80" # error: quoted-port-number`),
    'S-002 a probe': deployment(`readinessProbe:
            httpGet:
              port: "8080" # error: quoted-port-number`),
    'S-074 a gRPC probe': deployment(`livenessProbe:
            grpc:
              port: '9000' # error: quoted-port-number`),
    'S-116 the number of an Ingress backend': ingress('{ number: "80" } # error: quoted-port-number'),
    'the port of an EndpointSlice': `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: bakery, namespace: harbour }
ports:
  - port: "80" # error: quoted-port-number
`,
    'S-001 a tag makes text as quotes do': service(
      '{ port: 80, targetPort: !!str 8080 } # error: quoted-port-number',
    ),
    'a number that is none without quotes either': service(
      '{ port: 80, targetPort: "80800" } # error: quoted-port-number',
    ),
    'S-180 D6 the port of a NetworkPolicy':
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec: { ingress: [{ ports: [{ port: "8080" }] }] } # error: quoted-port-number',
    'in JSON':
      '{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "a" }, "spec": { "ports": [{ "port": "80" }] } } # error: quoted-port-number',
  },
});

const fixOf = (yaml: string) => findingsOf(rule, sourcesOf(yaml))[0]?.fixes[0];

test('S-002 taking the quotes away is safe, as the API server accepts nothing now', () => {
  const fix = fixOf(service('{ port: 80, targetPort: "8080" }'));
  expect(fix?.applicability).toBe('safe');
  expect(fix?.edits.map(({ text }) => text)).toEqual(['8080']);
});

test('a text with an anchor may be wanted as text elsewhere', () => {
  expect(fixOf(service('{ port: 80, targetPort: &port "8080" }'))?.applicability).toBe('unsafe');
});

test('what is no port number is not written as one', () => {
  expect(fixOf(service('{ port: 80, targetPort: "0" }'))).toBeUndefined();
});
