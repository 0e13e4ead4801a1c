import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './host-network-mismatch.ts';

const deployment = (ports: string, spec = 'hostNetwork: true', more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: buoy, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: buoy } }
    spec:
      ${spec}
      ${more}
      containers:
        - name: buoy
          image: ghcr.io/example/buoy
          ports:
            - ${ports}
`;

testRule(rule, {
  accepts: {
    'S-064 equal': deployment('{ containerPort: 8080, hostPort: 8080 }'),
    'S-064 left out': deployment('{ containerPort: 8080 }'),
    'S-064 0 is unset': deployment('{ containerPort: 8080, hostPort: 0 }'),
    'without hostNetwork they may differ': deployment('{ containerPort: 80, hostPort: 8080 }', ''),
    'S-064 init containers are not checked': deployment(
      '{ containerPort: 8080 }',
      'hostNetwork: true',
      'initContainers: [{ name: pilot, restartPolicy: Always, ports: [{ containerPort: 80, hostPort: 8081 }] }]',
    ),
    'a placeholder is no number yet': deployment('{ containerPort: "${PORT}", hostPort: 8080 }'),
    'S-002 a quoted number is another mistake': deployment('{ containerPort: "8080", hostPort: 8080 }'),
  },
  rejects: {
    'S-064 they differ': deployment('{ containerPort: 80, hostPort: 8080 } # error: host-network-mismatch'),
  },
});

test('S-064 the object is refused today, so the edit of what it refuses is safe', () => {
  const [finding] = findingsOf(rule, sourcesOf(deployment('{ containerPort: 80, hostPort: 8080 }')));
  expect(finding!.fixes).toMatchObject([
    { applicability: 'safe', edits: [{ text: '80' }] },
    { applicability: 'unsafe', edits: [{ text: '8080' }] },
  ]);
  expect(finding!.message).toBe(
    'container `buoy` of Deployment `harbour/buoy` has hostPort 8080 for containerPort 80, which hostNetwork does not allow',
  );
});
