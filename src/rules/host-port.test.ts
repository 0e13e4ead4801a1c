import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './host-port.ts';

const workload = (ports: string, { kind = 'Deployment', more = '', spec = '' } = {}): string => `
apiVersion: apps/v1
kind: ${kind}
metadata: { name: pier, namespace: harbour }
spec:
  ${more}
  template:
    metadata: { labels: { app: pier } }
    spec:
      ${spec}
      containers:
        - name: pier
          image: ghcr.io/example/pier
          ports:
            - ${ports}
`;

testRule(rule, {
  accepts: {
    'no hostPort': workload('{ containerPort: 8080 }'),
    'S-003 hostPort 0 is unset': workload('{ containerPort: 8080, hostPort: 0 }'),
    'S-066 with hostNetwork it only tells the scheduler': workload(
      '{ containerPort: 8080, hostPort: 8080 }',
      {
        spec: 'hostNetwork: true',
      },
    ),
    'S-061 a port that is refused is another mistake': workload(
      '{ containerPort: 8080, hostPort: 80 }\n            - { containerPort: 8081, hostPort: 80 }',
    ),
  },
  rejects: {
    'S-063 a Deployment': workload('{ containerPort: 8080, hostPort: 80 } # warning: host-port'),
    'S-063 a DaemonSet runs once per node anyway': workload(
      '{ containerPort: 8080, hostPort: 80 } # info: host-port',
      {
        kind: 'DaemonSet',
      },
    ),
    'S-062 one of a sidecar is never opened': workload('{ containerPort: 8080 }', {
      kind: 'DaemonSet',
      spec: `initContainers:
        - name: pilot
          restartPolicy: Always
          ports:
            - { containerPort: 9090, hostPort: 9090 } # warning: host-port`,
    }),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('shows the Service that would do', () => {
  const { help } = only(workload('{ name: http, containerPort: 8080, hostPort: 80 }'));
  expect(help[0]).toContain('`ports: [{ port: 8080, targetPort: http }]`');
  const udp = only(workload('{ containerPort: 53, hostPort: 53, protocol: UDP }'));
  expect(udp.help[0]).toContain('`ports: [{ port: 53, targetPort: 53, protocol: UDP }]`');
});

test('S-063 copies need as many nodes', () => {
  const notes = (more: string): string =>
    only(workload('{ containerPort: 8080, hostPort: 80 }', { more })).notes.join();
  expect(notes('replicas: 3')).toContain('3 replicas need 3 nodes');
  expect(notes('replicas: 1')).not.toContain('replicas');
});
