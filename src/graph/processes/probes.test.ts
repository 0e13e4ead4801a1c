import { expect, test } from 'vitest';
import { graphOf, linesOf } from '../../testing/graph-of.ts';

const pod = (containers: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: pier }
spec:
  containers: [${containers}]
`;
const probes = (containers: string): string[] => linesOf(pod(containers), 'probe');
const asks = (port: string, handler = 'httpGet'): string =>
  `readinessProbe: { ${handler}: { port: ${port} } }`;

test('S-069 a name is looked up in its own container only, whatever the protocol', () => {
  expect(
    probes(`{ name: a, ${asks('http')}, ports: [{ name: http, containerPort: 80, protocol: UDP }] }`),
  ).toEqual(['unproved http → Pod/pier:80']);
  expect(
    probes(`{ name: a, ${asks('http')} }, { name: b, ports: [{ name: http, containerPort: 80 }] }`),
  ).toEqual(['broken http → nothing']);
});

test('S-071 a number needs no declaration', () => {
  expect(probes(`{ name: a, ${asks('9090')}, ports: [{ containerPort: 8080 }] }`)).toEqual([
    'unproved 9090 → Pod/pier:9090',
  ]);
});

test('S-073 with a host the Pod is not asked', () => {
  const [line] = probes(
    '{ name: a, image: nginx, livenessProbe: { tcpSocket: { host: localhost, port: 8080 } } }',
  );
  expect(line).toMatch(/^unproved/);
});

test('S-074 gRPC takes a number only', () => {
  expect(
    probes(`{ name: a, ${asks('grpc', 'grpc')}, ports: [{ name: grpc, containerPort: 9000 }] }`),
  ).toEqual(['broken grpc → nothing']);
});

test('S-075 an exec probe has no port', () => {
  expect(probes('{ name: a, livenessProbe: { exec: { command: [curl, "localhost:8080"] } } }')).toEqual([]);
});

test('S-076 lifecycle hooks resolve their ports as probes do', () => {
  expect(probes('{ name: a, lifecycle: { preStop: { httpGet: { port: http } } } }')).toEqual([
    'broken http → nothing',
  ]);
});

test('a process that is known to listen elsewhere breaks the probe', () => {
  expect(probes(`{ name: a, image: nginx, ${asks('8080')} }`)).toEqual(['broken 8080 → Pod/pier:8080']);
  expect(probes(`{ name: a, image: nginx, ${asks('80')} }`)).toEqual(['whole 80 → Pod/pier:80']);
});

test('a sidecar that nobody knows may answer in the place of the process', () => {
  expect(probes(`{ name: a, image: nginx, ${asks('8080')} }, { name: b, image: example.com/b }`)).toEqual([
    'unproved 8080 → Pod/pier:8080',
  ]);
});

test('S-067 plain init containers are gone when traffic comes', () => {
  const text = `${pod(`{ name: a, image: nginx, ${asks('8080')} }`)}  initContainers: [{ name: b, image: example.com/b }]\n`;
  expect(graphOf(text).probes.map(({ state }) => state)).toEqual(['broken']);
});
