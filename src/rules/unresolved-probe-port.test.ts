import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unresolved-probe-port.ts';

const pod = (container: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour }
spec:
  containers:
    - name: crane
      image: ghcr.io/example/crane
      ports: [{ name: http, containerPort: 8080 }]
      ${container}
    ${more}
`;
const MARK = '# error: unresolved-probe-port';

testRule(rule, {
  accepts: {
    'C2 S-069 the name is there': pod('readinessProbe: { httpGet: { port: http } }'),
    'S-069 the protocol does not matter': pod(
      'readinessProbe: { tcpSocket: { port: http } }',
      '- { name: dock, image: ghcr.io/example/dock, ports: [{ name: dns, containerPort: 53, protocol: UDP }], livenessProbe: { tcpSocket: { port: dns } } }',
    ),
    'S-071 a number needs no declaration': pod('readinessProbe: { httpGet: { port: 9090 } }'),
    'S-002 a quoted number is another mistake': pod('readinessProbe: { httpGet: { port: "8080" } }'),
    'S-003 a number out of range is another mistake': pod('readinessProbe: { httpGet: { port: 70000 } }'),
    'S-004 what no port can be called is another mistake': pod(
      'readinessProbe: { httpGet: { port: HTTP_WEB } }',
    ),
    'a placeholder is no name yet': pod('readinessProbe: { httpGet: { port: "${NAME}" } }'),
  },
  rejects: {
    'C2 S-070 readiness': pod(`readinessProbe: { httpGet: { port: htpt } } ${MARK}`),
    'S-070 liveness': pod(`livenessProbe: { tcpSocket: { port: htpt } } ${MARK}`),
    'S-070 startup': pod(`startupProbe: { httpGet: { port: htpt } } ${MARK}`),
    'S-076 a hook': pod(`lifecycle: { preStop: { httpGet: { port: htpt } } } ${MARK}`),
    'S-074 a gRPC probe takes no name': pod(`readinessProbe: { grpc: { port: http } } ${MARK}`),
    'C2 S-069 another container has the name': pod(
      `readinessProbe: { httpGet: { port: metrics } } ${MARK}`,
      '- { name: dock, image: ghcr.io/example/dock, ports: [{ name: metrics, containerPort: 9090 }] }',
    ),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('S-070, S-076 says what becomes of the Pod, by kind of probe', () => {
  const consequence = (probe: string): string | undefined => only(pod(probe)).notes.at(-1);
  expect(consequence('readinessProbe: { httpGet: { port: htpt } }')).toContain('never becomes Ready');
  expect(consequence('livenessProbe: { httpGet: { port: htpt } }')).toContain('never restarted');
  expect(consequence('startupProbe: { httpGet: { port: htpt } }')).toContain('liveness probe never runs');
  expect(consequence('lifecycle: { postStart: { httpGet: { port: htpt } } }')).toContain('killed');
  expect(consequence('lifecycle: { preStop: { httpGet: { port: htpt } } }')).toContain('stopped without it');
});

test('S-069 points at the container that has the name, and offers its number', () => {
  const finding = only(
    pod(
      'readinessProbe: { httpGet: { port: metrics } }',
      '- { name: dock, image: ghcr.io/example/dock, ports: [{ name: metrics, containerPort: 9090 }] }',
    ),
  );
  expect(finding.labels[1]?.message).toBe('container `dock` has it, which does not count');
  expect(finding.fixes[0]!.title).toBe('probe port 9090');
});

test('S-074 a gRPC probe that is refused today gets its number safely', () => {
  const finding = only(pod('readinessProbe: { grpc: { port: http } }'));
  expect(finding.fixes).toMatchObject([{ applicability: 'safe', edits: [{ text: '8080' }] }]);
});
