import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './misdeclared-container-port.ts';

const deployment = (container: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: mill, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: mill } }
    spec:
      containers:
        - name: stone
          ${container}
        ${more}
`;
const service = (targetPort: string): string => `
apiVersion: v1
kind: Service
metadata: { name: mill, namespace: harbour }
spec: { selector: { app: mill }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const nginx = (port: string): string => `image: nginx\n          ports:\n            - ${port}`;

testRule(rule, {
  accepts: {
    'S-175 a Service of Knative sends requests there': `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { template: { spec: { containers: [{ image: nginx, ports: [{ containerPort: 8080 }] }] } } }
`,
    'C6 L5 the process listens there': deployment(nginx('{ containerPort: 80 }')),
    'nobody knows the image': deployment(
      'image: ghcr.io/example/mill\n          ports: [{ containerPort: 8080 }]',
    ),
    'S-026 another container may listen there': deployment(
      nginx('{ containerPort: 8080 }'),
      '- { name: wheel, image: ghcr.io/example/wheel }',
    ),
    'S-027 a Service sends traffic there by name': `${deployment(nginx('{ name: http, containerPort: 8080 }'))}---${service('http')}`,
    'S-026 a Service sends traffic there by number': `${deployment(nginx('{ containerPort: 8080 }'))}---${service('8080')}`,
    'C6 S-069 a probe dials it by name': deployment(
      `${nginx('{ name: http, containerPort: 8080 }')}\n          readinessProbe: { httpGet: { port: http } }`,
    ),
    'a placeholder is no number yet': deployment(nginx('{ containerPort: "${PORT}" }')),
  },
  rejects: {
    'C6 L5 S-026 a declaration that nothing uses': deployment(
      nginx('{ containerPort: 8080 } # info: misdeclared-container-port'),
    ),
    'S-026 another number has the Service': `${deployment(nginx('{ containerPort: 8080 } # info: misdeclared-container-port'))}---${service('80')}`,
    'the protocol is another': deployment(
      nginx('{ containerPort: 80, protocol: UDP } # info: misdeclared-container-port'),
    ),
    'S-063 the node forwards a hostPort there': deployment(
      nginx('{ containerPort: 8080, hostPort: 8080 } # error: misdeclared-container-port'),
    ),
  },
});

test('offers the only port there is', () => {
  const titles = (ports: string): string[][] =>
    findingsOf(rule, sourcesOf(deployment(`image: nginx\n          ports: ${ports}`))).map(({ fixes }) =>
      fixes.map(({ title }) => title),
    );
  expect(titles('[{ containerPort: 8080 }]')).toEqual([['declare 80']]);
  expect(titles('[{ containerPort: 8080 }, { containerPort: 80 }]')).toEqual([[]]);
});
