import { expect, test } from 'vitest';
import { graphOf } from '../../testing/graph-of.ts';
import { clueOf } from './backend-clues.ts';

const clue = (port: string, servicePorts: string, containerPorts = ''): string | undefined => {
  const graph = graphOf(`
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate }
spec: { defaultBackend: { service: { name: pier, port: ${port} } } }
---
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { selector: { app: pier }, ports: [${servicePorts}] }
---
apiVersion: v1
kind: Pod
metadata: { name: pier, labels: { app: pier } }
spec:
  initContainers: [{ name: tide, ports: [{ name: tide, containerPort: 7000 }] }]
  containers: [{ name: pier, ports: [${containerPorts}] }]
`);
  const found = clueOf(graph.backends[0]!, graph);
  return found && `${found.kind} ${found.meant?.port?.value ?? '-'}`;
};

test.each([
  [
    'S-117 the targetPort',
    '{ number: 8080 }',
    '{ name: a, port: 81 }, { name: b, port: 80, targetPort: 8080 }',
    '',
    'target-port 80',
  ],
  ['S-117 the targetPort by name', '{ name: http }', '{ port: 80, targetPort: http }', '', 'target-port 80'],
  [
    'the number behind a name',
    '{ number: 8080 }',
    '{ port: 80, targetPort: http }',
    '{ name: http, containerPort: 8080 }',
    'forwarded 80',
  ],
  [
    'the name of the number behind',
    '{ name: http }',
    '{ port: 80, targetPort: 8080 }',
    '{ name: http, containerPort: 8080 }',
    'forwarded 80',
  ],
  [
    'a port of a container',
    '{ number: 9090 }',
    '{ port: 80 }',
    '{ containerPort: 9090 }',
    'container-port -',
  ],
  ['S-002 a number as name', '{ name: "80" }', '{ name: web, port: 80 }', '', 'number-as-name 80'],
  [
    'S-002 a targetPort as name',
    '{ name: "8080" }',
    '{ name: web, port: 80, targetPort: 8080 }',
    '',
    'target-port 80',
  ],
  [
    'a similar name',
    '{ name: wbe }',
    '{ name: web, port: 80 }, { name: metrics, port: 81 }',
    '',
    'similar-name 80',
  ],
  ['an init container is gone by then', '{ number: 7000 }', '{ name: web, port: 80 }', '', undefined],
  ['nothing', '{ number: 3000 }', '{ name: web, port: 80 }', '{ containerPort: 8080 }', undefined],
])('%s', (_, port, servicePorts, containerPorts, expected) => {
  expect(clue(port, servicePorts, containerPorts)).toBe(expected);
});

test('S-168 the Service port, where endpoints are asked for', () => {
  const graph = graphOf(`
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: gate }
spec: { to: { name: pier }, port: { targetPort: 80 } }
---
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { ports: [{ name: web, port: 80, targetPort: 8080 }], selector: { app: pier } }
`);
  expect(clueOf(graph.backends[0]!, graph)?.kind).toBe('service-port');
});
