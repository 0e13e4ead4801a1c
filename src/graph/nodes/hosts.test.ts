import { expect, test } from 'vitest';
import { linesOf } from '../../testing/graph-of.ts';

const workload = (kind: string, name: string, ports: string, spec = ''): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name} }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${spec}
      containers: [{ name: a, ports: [${ports}] }]
`;
const hosts = (...documents: string[]): string[] => linesOf(documents.join('---'), 'host');

test('S-003 hostPort 0 is unset', () => {
  expect(hosts(workload('DaemonSet', 'a', '{ containerPort: 80, hostPort: 0 }'))).toEqual([]);
});

test('S-061 one hostPort twice in a Pod, unless the addresses differ', () => {
  const twice = (a: string, b: string): string =>
    workload(
      'Deployment',
      'a',
      `{ containerPort: 80, hostPort: 80${a} }, { containerPort: 81, hostPort: 80${b} }`,
    );
  expect(hosts(twice('', ''))).toEqual(['broken 80 → Deployment/a:80', 'broken 80 → Deployment/a:81']);
  expect(hosts(twice('', ', hostIP: 10.0.0.1'))[0]).toMatch(/^whole/);
});

test('S-063 two DaemonSets meet on every node, two Deployments may not', () => {
  const both = (kind: string, spec = ''): string[] =>
    hosts(
      workload(kind, 'a', '{ containerPort: 80, hostPort: 8080 }', spec),
      workload(kind, 'b', '{ containerPort: 80, hostPort: 8080 }'),
    );
  expect(both('DaemonSet')).toEqual(['broken 8080 → DaemonSet/a:80', 'broken 8080 → DaemonSet/b:80']);
  expect(both('DaemonSet', 'nodeSelector: { pool: edge }')[0]).toMatch(/^whole/);
  expect(both('Deployment')[0]).toMatch(/^whole/);
});

test('S-063 the protocol is part of the port', () => {
  expect(
    hosts(
      workload('DaemonSet', 'a', '{ containerPort: 53, hostPort: 53 }'),
      workload('DaemonSet', 'b', '{ containerPort: 53, hostPort: 53, protocol: UDP }'),
    )[0],
  ).toMatch(/^whole/);
});

test('S-065 hostNetwork takes the port of the node, which is told of two workloads alone', () => {
  const pier = workload('DaemonSet', 'pier', '{ containerPort: 80 }', 'hostNetwork: true');
  const quay = pier.replaceAll('pier', 'quay');
  expect(hosts(pier)).toEqual([]);
  expect(hosts(pier, quay)).toEqual(['broken 80 → DaemonSet/pier:80', 'broken 80 → DaemonSet/quay:80']);
  expect(hosts(pier.replace('80 }', '80 }, { containerPort: 80 }'))).toEqual([]);
});

test('S-064 with hostNetwork both numbers are one', () => {
  expect(
    hosts(workload('Deployment', 'a', '{ containerPort: 80, hostPort: 8080 }', 'hostNetwork: true')),
  ).toEqual(['broken 8080 → Deployment/a:80']);
  expect(
    hosts(workload('Deployment', 'a', '{ containerPort: 80, hostPort: 80 }', 'hostNetwork: true')),
  ).toEqual(['whole 80 → Deployment/a:80']);
});

test('S-064 a containerPort that is filled in later proves nothing', () => {
  const ports = '{ containerPort: "${PORT}", hostPort: 8080 }';
  expect(hosts(workload('Deployment', 'a', ports, 'hostNetwork: true'))[0]).toMatch(/^unproved/);
});

test('S-063 two definitions of one DaemonSet are never there at once', () => {
  const pier = workload('DaemonSet', 'pier', '{ containerPort: 80, hostPort: 8080 }');
  expect(hosts(pier, pier)[0]).toMatch(/^whole/);
});

const service = (name: string, ports: string, type = 'NodePort', namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { type: ${type}, ports: [${ports}] }
`;

test('S-018 a ClusterIP has no nodePort', () => {
  expect(hosts(service('a', '{ port: 80, nodePort: 30080 }', 'ClusterIP'))).toEqual([
    'broken 30080 → Service/a:80',
  ]);
});

test('S-082 the range', () => {
  const states = [29_999, 30_000, 32_767, 32_768].map(
    (port) => hosts(service('a', `{ port: 80, nodePort: ${port} }`))[0]!.split(' ')[0],
  );
  expect(states).toEqual(['broken', 'whole', 'whole', 'broken']);
});

test('S-083 a number is given once in the whole cluster', () => {
  expect(
    hosts(
      service('a', '{ port: 80, nodePort: 30080 }'),
      service('b', '{ port: 80, protocol: UDP, nodePort: 30080 }', 'NodePort', 'yard'),
    ),
  ).toEqual(['broken 30080 → Service/a:80', 'broken 30080 → Service/b:80']);
});

test('S-017, S-084 TCP and UDP share a number within a Service only for one port', () => {
  const two = (second: string): string[] =>
    hosts(
      service(
        'a',
        `{ name: dns, port: 53, nodePort: 30053 }, { name: dns-udp, port: ${second}, nodePort: 30053, protocol: UDP }`,
      ),
    );
  expect(two('53')[0]).toMatch(/^whole/);
  expect(two('54')[0]).toMatch(/^broken/);
});

test('S-062 a sidecar and a container may ask for one hostPort: the API server takes it', () => {
  const spec =
    'initContainers: [{ name: mesh, restartPolicy: Always, ports: [{ containerPort: 81, hostPort: 80 }] }]';
  expect(
    hosts(workload('Deployment', 'a', '{ containerPort: 80, hostPort: 80 }', spec)).every((line) =>
      line.startsWith('whole'),
    ),
  ).toBe(true);
});

test('S-065 with hostNetwork a template needs no hostPort', () => {
  expect(hosts(workload('Deployment', 'a', '{ containerPort: 80 }', 'hostNetwork: true'))).toEqual([]);
});
