import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './overridden-port-variable.ts';

const service = (targetPort: number): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [{ port: 80, targetPort: ${targetPort} }] }
`;
const deployment = (container: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: bakery } }
    spec:
      volumes: [{ name: state, persistentVolumeClaim: { claimName: bakery } }]
      containers:
        - name: oven
          ${container.replaceAll('\n', '\n          ')}
`;
const configMap = (name: string, port: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: harbour }
data:
  PORT: ${port}
`;
const SHELF = 'image: ghcr.io/advplyr/audiobookshelf:2.29.0';
const FROM = 'envFrom: [{ configMapRef: { name: oven } }]';
const env = (port: string, mark = ''): string => `env:\n  - name: PORT\n    value: ${port}${mark}`;
const ERROR = ' # error: overridden-port-variable';
const WARNING = ' # warning: overridden-port-variable';
const INFO = ' # info: overridden-port-variable';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'B8 the ConfigMap alone': all(
      service(3005),
      configMap('oven', '"3005"'),
      deployment(`${SHELF}\n${FROM}`),
    ),
    'B8 both say the same': all(
      service(3005),
      configMap('oven', '"3005"'),
      deployment(`${SHELF}\n${FROM}\n${env('"3005"')}`),
    ),
    'B8 a variable that moves no port': deployment(
      'image: nginx:1.27\nenv: [{ name: PORT, value: "1" }, { name: PORT, value: "2" }]',
    ),
    'B9 the flag alone': all(
      service(9094),
      deployment('image: prom/prometheus:v3.0.0\nargs: ["--web.listen-address=:9094"]'),
    ),
    'A12 a volume of an earlier run may win, and nothing shows it': deployment(
      'image: lscr.io/linuxserver/sonarr:4.0.9\nvolumeMounts: [{ name: state, mountPath: /config }]',
    ),
    'A14 no configuration is mounted': all(service(80), deployment('image: nginx:1.27')),
  },
  rejects: {
    'S-092 B8 env wins over envFrom, and traffic goes to the loser': all(
      service(3005),
      configMap('oven', `"3005"${ERROR}`),
      deployment(`${SHELF}\n${FROM}\n${env('"80"')}`),
    ),
    'S-092 B8 nothing sends traffic': all(
      configMap('oven', `"3005"${WARNING}`),
      deployment(`${SHELF}\n${FROM}\n${env('"81"')}`),
    ),
    'S-092 B8 traffic goes to the winner': all(
      service(81),
      configMap('oven', `"3005"${INFO}`),
      deployment(`${SHELF}\n${FROM}\n${env('"81"')}`),
    ),
    'S-092 B8 the last entry wins': all(
      service(3005),
      deployment(`${SHELF}\n${env('"3005"', ERROR)}\n  - name: PORT\n    value: "3006"`),
    ),
    'A14 a variable wins over a mounted configuration': all(
      service(3100),
      `${deployment(
        'image: grafana/grafana:11.2.0\nvolumeMounts: [{ name: conf, mountPath: /etc/grafana }]\nenv: [{ name: GF_SERVER_HTTP_PORT, value: "3200" }]',
      ).replace('volumes: [', 'volumes: [{ name: conf, configMap: { name: grafana } }, ')}---
apiVersion: v1
kind: ConfigMap
metadata: { name: grafana, namespace: harbour }
data:
  grafana.ini: |
    [server]
    http_port = 3100 ${ERROR}
`,
    ),
    'B9 a flag wins over a variable': all(
      service(3005),
      deployment(
        `image: corp/oven\nports: [{ containerPort: 3005 }]\ncommand: [uvicorn, "oven:app", --host=0.0.0.0, --port=8001]\nenv:\n  - name: UVICORN_PORT\n    value: "3005"${ERROR}`,
      ),
    ),
    'B9 the last flag wins': all(
      service(8002),
      deployment(
        `image: corp/oven\ncommand: [uvicorn, "oven:app", --host=0.0.0.0]\nargs:\n  - --port=8001${INFO}\n  - --port=8002`,
      ),
    ),
  },
});

test('names both settings, and what wins', () => {
  const manifest = all(
    service(3005),
    configMap('oven', '"3005"'),
    deployment(`${SHELF}\n${FROM}\n${env('"80"')}`),
  );
  const [finding] = findingsOf(rule, sourcesOf(manifest));
  expect(finding!.message).toBe(
    'Deployment `harbour/bakery` has PORT=3005 from ConfigMap harbour/oven, and PORT=80 from env wins over it',
  );
  expect(finding!.labels.map(({ message }) => message)).toEqual([
    'has no effect',
    'wins: the port is 80',
    'traffic is sent to 3005',
  ]);
  expect(finding!.help).toEqual(['say 3005 where 80 is said, or send traffic to 80']);
});
