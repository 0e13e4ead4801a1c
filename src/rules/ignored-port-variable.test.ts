import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './ignored-port-variable.ts';

const service = (ports: string): string => `
apiVersion: v1
kind: Service
metadata: { name: lighthouse, namespace: harbour }
spec: { selector: { app: lighthouse }, ports: [${ports}] }
`;
const deployment = (image: string, environment: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: lighthouse, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: lighthouse } }
    spec:
      containers:
        - name: lamp
          image: ${image}
          ${environment}
          ${more}
`;
const port = (value: string, mark = ''): string => `env:
            - name: PORT
              value: ${value}${mark && ` # ${mark}`}`;
const configMap = (port: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: lamp, namespace: harbour }
data:
  PORT: ${port}
`;
const FROM_MAP = 'envFrom: [{ configMapRef: { name: lamp } }]';
const TO_3005 = service('{ port: 80, targetPort: 3005 }');
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'the chain does not rely on it': all(
      service('{ port: 80, targetPort: 80 }'),
      deployment('nginx', port('"3005"')),
    ),
    'no Service sends traffic': deployment('nginx', port('"3005"')),
    'A1 the image reads it': all(TO_3005, deployment('ghcr.io/advplyr/audiobookshelf', port('"3005"'))),
    'A2 the name that the image reads': all(
      service('{ port: 80, targetPort: 8080 }'),
      deployment('grafana/grafana:11.2.0', 'env: [{ name: GF_SERVER_HTTP_PORT, value: "8080" }]'),
    ),
    'nobody knows the image': all(TO_3005, deployment('ghcr.io/example/lamp', port('"3005"'))),
    'an argument passes it on': all(TO_3005, deployment('nginx', port('"3005"'), 'args: ["-p", "$(PORT)"]')),
    'it says another number than the targetPort': all(TO_3005, deployment('nginx', port('"3006"'))),
    'it says the port that the process has anyway': all(
      service('{ port: 80 }'),
      deployment('nginx', port('"80"')),
    ),
    'another container of the Pod may listen there': all(
      TO_3005,
      deployment('nginx', port('"3005"'), '\n        - { name: horn, image: ghcr.io/example/horn }'),
    ),
    'S-068 the port is right and open on loopback only': all(
      service('{ port: 80, targetPort: 3000 }'),
      deployment(
        'grafana/grafana:11.2.0',
        `${port('"3000"')}\n            - { name: GF_SERVER_HTTP_ADDR, value: 127.0.0.1 }`,
      ),
    ),
    'S-092 the ConfigMap is not in the input': all(TO_3005, deployment('nginx', FROM_MAP)),
  },
  rejects: {
    'S-089 A1 traffic goes to its number': all(
      TO_3005,
      deployment('nginx', port('"3005"', 'error: ignored-port-variable')),
    ),
    'S-092 it comes from a ConfigMap': all(
      TO_3005,
      configMap('"3005" # error: ignored-port-variable'),
      deployment('nginx', FROM_MAP),
    ),
    'S-013 the Service port stands for the targetPort': all(
      service('{ port: 3005 }'),
      deployment('nginx', port('"3005"', 'error: ignored-port-variable')),
    ),
    'S-027 the port is declared by name': all(
      service('{ port: 80, targetPort: http }'),
      deployment(
        'nginx',
        port('"3005"', 'error: ignored-port-variable'),
        'ports: [{ name: http, containerPort: 3005 }]',
      ),
    ),
    'A2 the image reads a name of its own': all(
      service('{ port: 80, targetPort: 8080 }'),
      deployment('grafana/grafana:11.2.0', port('"8080"', 'error: ignored-port-variable')),
    ),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('names the variable that the image reads, and offers to rename', () => {
  const finding = only(
    all(service('{ port: 80, targetPort: 8080 }'), deployment('grafana/grafana:11.2.0', port('"8080"'))),
  );
  expect(finding.message).toBe(
    'Deployment `harbour/lighthouse` has PORT=8080, which the image `grafana` does not read: it listens on 3000',
  );
  expect(finding.help[0]).toContain('`GF_SERVER_HTTP_PORT`');
  expect(finding.fixes.map(({ title }) => title)).toEqual([
    'point targetPort at `3000`',
    'rename `PORT` to `GF_SERVER_HTTP_PORT`, which the image reads',
  ]);
});

test('says where the variable comes from, and the configuration that decides instead', () => {
  const finding = only(all(TO_3005, configMap('"3005"'), deployment('nginx', FROM_MAP)));
  expect(finding.message).toContain('PORT=3005 from ConfigMap `harbour/lamp`');
  expect(finding.help[0]).toContain('`/etc/nginx`');
  expect(finding.fixes.map(({ title }) => title)).toEqual(['point targetPort at `80`']);
});
