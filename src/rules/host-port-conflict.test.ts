import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './host-port-conflict.ts';

const workload = (
  kind: string,
  name: string,
  ports: string,
  { more = '', spec = '', namespace = 'harbour' } = {},
): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  ${more}
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${spec}
      containers:
        - name: ${name}
          image: ghcr.io/example/${name}
          ports:
            - ${ports}
`;
const PORT = '{ containerPort: 80, hostPort: 8080 }';
const ERROR = '# error: host-port-conflict';
const WARNING = '# warning: host-port-conflict';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'S-065 hostNetwork alone, without ports': all(
      workload('DaemonSet', 'pier', PORT),
      workload('DaemonSet', 'quay', '{ containerPort: 8081 }', { spec: 'hostNetwork: true' }),
    ),
    'C11 one DaemonSet': workload('DaemonSet', 'pier', PORT),
    'S-063 two Deployments may land on two nodes': all(
      workload('Deployment', 'pier', PORT),
      workload('Deployment', 'quay', PORT),
    ),
    'S-063 a DaemonSet of some nodes only': all(
      workload('DaemonSet', 'pier', PORT, { spec: 'nodeSelector: { pool: edge }' }),
      workload('DaemonSet', 'quay', PORT),
    ),
    'S-063 the protocol is part of the port': all(
      workload('DaemonSet', 'pier', PORT),
      workload('DaemonSet', 'quay', '{ containerPort: 80, hostPort: 8080, protocol: UDP }'),
    ),
    'S-061 two addresses of one Pod': workload(
      'DaemonSet',
      'pier',
      `{ containerPort: 80, hostPort: 8080, hostIP: 10.0.0.1 }\n            - { containerPort: 81, hostPort: 8080, hostIP: 10.0.0.2 }`,
    ),
    'S-060 one containerPort twice without hostPort': workload(
      'DaemonSet',
      'pier',
      '{ containerPort: 80 }\n            - { containerPort: 80 }',
    ),
    'S-062 the hostPort of an init container is not opened': workload('DaemonSet', 'pier', PORT, {
      spec: 'initContainers: [{ name: pilot, restartPolicy: Always, ports: [{ containerPort: 1, hostPort: 8080 }] }]',
    }),
    'two definitions of one DaemonSet': all(
      workload('DaemonSet', 'pier', PORT),
      workload('DaemonSet', 'pier', PORT),
    ),
    'one replica': workload('Deployment', 'pier', PORT, { more: 'replicas: 1' }),
    'copies without hostPort': workload('Deployment', 'pier', '{ containerPort: 80 }', {
      more: 'replicas: 3',
    }),
  },
  rejects: {
    'S-065 hostNetwork takes the containerPort of the node': all(
      workload('DaemonSet', 'pier', PORT),
      workload('DaemonSet', 'quay', `{ containerPort: 8080 } ${ERROR}`, { spec: 'hostNetwork: true' }),
    ),
    'S-065 two DaemonSets with hostNetwork': all(
      workload('DaemonSet', 'pier', '{ containerPort: 8080 }', { spec: 'hostNetwork: true' }),
      workload('DaemonSet', 'quay', `{ containerPort: 8080 } ${ERROR}`, { spec: 'hostNetwork: true' }),
    ),
    'S-063 C11 two DaemonSets meet on every node': all(
      workload('DaemonSet', 'pier', PORT),
      workload('DaemonSet', 'quay', `${PORT} ${ERROR}`),
    ),
    'S-063 namespaces share the nodes': all(
      workload('DaemonSet', 'pier', `${PORT} ${ERROR}`),
      workload('DaemonSet', 'quay', PORT, { namespace: 'anchorage' }),
    ),
    'S-063 three DaemonSets, each told once': all(
      workload('DaemonSet', 'quay', `${PORT} ${ERROR}`),
      workload('DaemonSet', 'bakery', PORT),
      workload('DaemonSet', 'pier', `${PORT} ${ERROR}`),
    ),
    'S-061 twice in one Pod': workload(
      'Deployment',
      'pier',
      `${PORT}\n            - { containerPort: 81, hostPort: 8080 } ${ERROR}`,
    ),
    'S-063 C11 copies of one Pod': workload('Deployment', 'pier', `${PORT} ${WARNING}`, {
      more: 'replicas: 3',
    }),
    'S-063 copies of a StatefulSet': workload('StatefulSet', 'pier', `${PORT} ${WARNING}`, {
      more: 'replicas: 2',
    }),
  },
});

test('S-063 the words name both ends, and copies their number', () => {
  const messages = (manifest: string): string[] =>
    findingsOf(rule, sourcesOf(manifest)).map(({ message }) => message);
  expect(messages(all(workload('DaemonSet', 'quay', PORT), workload('DaemonSet', 'pier', PORT)))).toEqual([
    'DaemonSet `harbour/pier` and DaemonSet `harbour/quay` both ask for hostPort 8080 on every node',
  ]);
  expect(messages(workload('Deployment', 'pier', PORT, { more: 'replicas: 3' }))).toEqual([
    'Deployment `harbour/pier` wants 3 Pods with hostPort 8080, which no two Pods on one node can have',
  ]);
});
