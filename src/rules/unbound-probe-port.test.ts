import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unbound-probe-port.ts';

const pod = (container: string, ports = '[]', more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: quay, namespace: harbour }
spec:
  containers:
    - name: crane
      ports: ${ports}
      ${container}
    ${more}
`;
const nginx = (probe: string, ports = '[]', more = ''): string =>
  pod(`image: nginx\n      ${probe}`, ports, more);
const MARK = '# error: unbound-probe-port';

testRule(rule, {
  accepts: {
    'the process listens there': nginx('readinessProbe: { httpGet: { port: 80 } }'),
    'C1 the port of the process': pod(
      'image: grafana/grafana:11.2.0\n      readinessProbe: { httpGet: { port: 3000 } }',
    ),
    'J7 the port that the image has': pod(
      'image: ghcr.io/advplyr/audiobookshelf:2.29.0\n      livenessProbe: { httpGet: { path: /healthcheck, port: 80 } }',
    ),
    'A4 the probe moved along with PORT': pod(
      'image: ghcr.io/advplyr/audiobookshelf:2.29.0\n      env: [{ name: PORT, value: "3005" }]\n      readinessProbe: { tcpSocket: { port: 3005 } }',
    ),
    'S-068 a socket on loopback is another mistake': pod(
      `image: grafana/grafana:11.2.0
      env: [{ name: GF_SERVER_HTTP_ADDR, value: 127.0.0.1 }]
      readinessProbe: { httpGet: { port: 3000 } }`,
    ),
    'S-071 an undeclared number of an unknown image may be bound': pod(
      'image: ghcr.io/example/crane\n      readinessProbe: { httpGet: { port: 8080 } }',
    ),
    'S-071 another container may listen there': nginx(
      'readinessProbe: { httpGet: { port: 8080 } }',
      '[]',
      '- { name: dock, image: ghcr.io/example/dock }',
    ),
    'S-073 a host of its own is dialled from the node': nginx(
      'readinessProbe: { httpGet: { host: quay.example.com, port: 8080 } }',
    ),
    'S-070 a name that is not there is another mistake': nginx('readinessProbe: { httpGet: { port: http } }'),
  },
  rejects: {
    'S-071 a number that nothing listens on': nginx(`readinessProbe: { httpGet: { port: 8080 } } ${MARK}`),
    'S-071 a declaration opens no port': nginx(
      `livenessProbe: { tcpSocket: { port: 8080 } } ${MARK}`,
      '[{ containerPort: 8080 }]',
    ),
    'S-069 the name stands for such a number': nginx(
      `startupProbe: { httpGet: { port: http } } ${MARK}`,
      '[{ name: http, containerPort: 8080 }]',
    ),
    'S-076 a hook': nginx(`lifecycle: { postStart: { httpGet: { port: 8080 } } } ${MARK}`),
    'C1 the number of the Service instead of the process': pod(
      `image: grafana/grafana:11.2.0
      readinessProbe: { httpGet: { port: 80 } } ${MARK}`,
    ),
    'J7 a probe of the health port that the image does not open': pod(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0
      livenessProbe: { httpGet: { path: /healthcheck, port: 8080 } } ${MARK}`,
    ),
    'A4 PORT moved the process, and the probe stayed': pod(
      `image: ghcr.io/advplyr/audiobookshelf:2.29.0
      env: [{ name: PORT, value: "3005" }]
      readinessProbe: { tcpSocket: { port: 80 } } ${MARK}`,
    ),
    'facts from memory warn': pod(
      `image: twentycrm/twenty:v1.2
      readinessProbe: { httpGet: { port: 4443 } } # warning: unbound-probe-port`,
    ),
  },
});

const only = (manifest: string): ReturnType<typeof findingsOf>[number] => {
  const findings = findingsOf(rule, sourcesOf(manifest));
  expect(findings).toHaveLength(1);
  return findings[0]!;
};

test('says what is there instead, what follows, and offers the port', () => {
  const finding = only(nginx('livenessProbe: { httpGet: { port: 8080 } }'));
  expect(finding.message).toBe(
    'the liveness probe of container `crane` in Pod `harbour/quay` dials port 8080, but the process listens on 80',
  );
  expect(finding.notes.at(-1)).toContain('restarted again and again');
  expect(finding.fixes.map(({ title }) => title)).toEqual(['point the probe at `80`']);
});

test('S-069 a name is mended where its number stands', () => {
  const finding = only(
    nginx('readinessProbe: { httpGet: { port: http } }', '[{ name: http, containerPort: 8080 }]'),
  );
  expect(finding.fixes.map(({ title }) => title)).toEqual(['change containerPort to `80`']);
});

const probed = (image: string, rest: string): string => pod(`image: ${image}\n      ${rest}`);
const fixesOf = (text: string): string[] =>
  findingsOf(rule, sourcesOf(text)).flatMap(({ fixes, help }) => [
    ...fixes.map(({ title }) => title),
    ...help,
  ]);

test('what a switch opens is never dialled at the port beside it', () => {
  const keycloak = 'args: [start, --http-enabled=true]\n      readinessProbe: { httpGet: { port: 9000 } }';
  expect(fixesOf(probed('quay.io/keycloak/keycloak:26.0', keycloak))).toEqual([
    'the image keycloak opens 9000 with any of `KC_HEALTH_ENABLED=true`, `--health-enabled=true`, `KC_METRICS_ENABLED=true`, `--metrics-enabled=true`',
  ]);
  expect(fixesOf(probed('quay.io/keycloak/keycloak:24.0', keycloak))).toEqual(['point the probe at `8080`']);
});
