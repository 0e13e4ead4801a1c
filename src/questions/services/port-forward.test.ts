import { expect, test } from 'vitest';
import { graphOf } from '../../testing/graph-of.ts';
import { forwardPod, forwardService, type PortForward } from './port-forward.ts';

const yaml = (ports: string, spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: pier }
spec: { ${spec || 'selector: { app: pier }'}, ports: [${ports}] }
---
apiVersion: v1
kind: Pod
metadata: { name: pier, labels: { app: pier } }
spec:
  initContainers: [{ name: first, ports: [{ name: early, containerPort: 9000 }] }]
  containers:
    - { name: dns, ports: [{ name: dns, containerPort: 5353, protocol: UDP }] }
    - { name: web, ports: [{ name: http, containerPort: 8080 }] }
`;

const shown = (forward: PortForward): string =>
  forward.local === undefined ? forward.refusal : `${forward.local}:${forward.pod}`;

function service(asked: number | string, ports: string, spec?: string): string {
  const { model } = graphOf(yaml(ports, spec));
  return shown(forwardService(model.services[0]!, asked, model.workloads[0]!));
}

function pod(asked: number | string): string {
  const { model } = graphOf(yaml('{ port: 80 }'));
  return shown(forwardPod(asked, model.workloads[0]!));
}

test('S-077 a Service port is translated to the Pod port, and no other number is known', () => {
  expect(service(80, '{ port: 80, targetPort: 8080 }')).toBe('80:8080');
  expect(service(8080, '{ port: 80, targetPort: 8080 }')).toBe(
    'Service pier does not have a service port 8080',
  );
  expect(service(80, '{ port: 80 }', 'type: ClusterIP')).toBe('Service pier has no selector');
});

test('S-078 the local port is what was typed, and the number of the Service port for a name', () => {
  expect(service('https', '{ name: https, port: 443, targetPort: 8443 }')).toBe('443:8443');
  expect(service('http', '{ name: https, port: 443 }')).toBe(
    'Service pier does not have a service port http',
  );
});

test('S-079 a headless Service is taken at its own number', () => {
  expect(service(80, '{ port: 80, targetPort: 8080 }', 'selector: { app: pier }, clusterIP: None')).toBe(
    '80:80',
  );
});

test('S-080 names are looked up without protocol, in init containers too, and the first entry of a number counts', () => {
  expect(service(53, '{ port: 53, targetPort: dns }')).toBe('53:5353');
  expect(service(80, '{ port: 80, targetPort: early }')).toBe('80:9000');
  expect(service(80, '{ port: 80, targetPort: lost }')).toBe('Pods of pier have no port named lost');
  const both = '{ name: u, port: 53, protocol: UDP, targetPort: 1 }, { name: t, port: 53, targetPort: 2 }';
  expect(service('t', both)).toBe('53:1');
  expect(service(53, '{ port: 53, protocol: UDP }')).toBe('UDP protocol is not supported for 53');
});

test('S-081 a Pod takes any number that it does not declare as UDP', () => {
  expect(pod(9999)).toBe('9999:9999');
  expect(pod('http')).toBe('8080:8080');
  expect(pod('early')).toBe('9000:9000');
  expect(pod(5353)).toBe('UDP protocol is not supported for 5353');
  expect(pod('lost')).toBe('Pods of pier have no port named lost');
});
