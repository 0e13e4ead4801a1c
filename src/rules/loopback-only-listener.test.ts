import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import { applyEdits } from '../text/edits.ts';
import rule from './loopback-only-listener.ts';

const service = (targetPort: number | string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: quay, namespace: harbour }
spec: { selector: { app: quay }, ports: [{ port: 80, targetPort: ${targetPort}${more} }] }
`;
const pod = (container: string, spec = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: quay, namespace: harbour, labels: { app: quay } }
spec:
  ${spec}
  containers:
    - name: crane
      ${container.replaceAll('\n', '\n      ')}
`;
const GRAFANA = (host: string): string =>
  `image: grafana/grafana:11.2.0\nenv:\n  - name: GF_SERVER_HTTP_ADDR\n    value: ${host}`;
const MARK = '# error: loopback-only-listener';
const WARN = '# warning: loopback-only-listener';
const UVICORN = 'image: ghcr.io/example/crane\nports: [{ containerPort: 8000 }]';
const mounted = (container: string, mountPath: string, key: string, text: string): string =>
  `${pod(
    `${container}\nvolumeMounts: [{ name: conf, mountPath: ${mountPath} }]`,
    'volumes: [{ name: conf, configMap: { name: quay } }]',
  )}---
apiVersion: v1
kind: ConfigMap
metadata: { name: quay, namespace: harbour }
data:
  ${key}: |
    ${text.replaceAll('\n', '\n    ')}
`;
const collector = (grpc: string): string =>
  mounted(
    'image: otel/opentelemetry-collector:0.119.0',
    '/etc/otelcol',
    'config.yaml',
    `receivers:
  otlp:
    protocols:
      grpc: ${grpc}
exporters: { debug: {} }
service: { pipelines: { traces: { receivers: [otlp], exporters: [debug] } } }`,
  );
const mosquitto = (line: string): string =>
  mounted('image: eclipse-mosquitto:2.0', '/mosquitto/config', 'mosquitto.conf', line);
const mongod = (bindIp: string): string =>
  mounted(
    'image: mongo:8\nargs: [--config, /conf/mongod.conf]',
    '/conf',
    'mongod.conf',
    `net:\n  bindIp: ${bindIp}`,
  );
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'A6 every address': all(service(3000), pod(GRAFANA('0.0.0.0'))),
    'A6 no Service, no probe and no hostPort dials it': pod(GRAFANA('127.0.0.1')),
    'A6 a proxy of the Pod is what the Service dials': all(
      service(80),
      `${pod(GRAFANA('127.0.0.1'))}    - { name: proxy, image: nginx:1.27 }\n`,
    ),
    'A6 a program that nobody knows listens on every address': all(
      service(9251),
      pod('image: ghcr.io/example/crane\nargs: [--listen=0.0.0.0:9251, --upstream=127.0.0.1:9251]'),
    ),
    'A6 another port': all(service(3001), pod(GRAFANA('127.0.0.1'))),
    'A17 the receiver names an address': all(service(4317), collector('{ endpoint: "0.0.0.0:4317" }')),
    'A17 mosquitto is given a listener': all(service(1883), mosquitto('listener 1883')),
    'A14 the mounted configuration takes every address': all(service(27017), mongod('0.0.0.0')),
    'A12 nothing is stored that says loopback': all(
      service(8989),
      pod('image: lscr.io/linuxserver/sonarr:4.0.9'),
    ),
    'B11 PORT makes gunicorn listen on every address': all(
      service(8000),
      pod(`${UVICORN}\ncommand: [gunicorn, "crane:app"]\nenv: [{ name: PORT, value: "8000" }]`),
    ),
    'B12 the command says the address that the image said': all(
      service(8000),
      pod(`${UVICORN}\ncommand: [uvicorn, "crane:app", --host=0.0.0.0]`),
    ),
    'S-073 a probe that dials the node itself': pod(
      `${GRAFANA('127.0.0.1')}\nreadinessProbe: { httpGet: { host: 127.0.0.1, port: 3000 } }`,
      'hostNetwork: true',
    ),
  },
  rejects: {
    'redis, by its flag': all(
      service(6379),
      pod(`image: redis:7\nargs: [redis-server, --bind, 127.0.0.1] ${MARK}\n`),
    ),
    'mysqld, by its flag': all(
      service(3306),
      pod(`image: mysql:8\nargs: [--bind-address=127.0.0.1] ${MARK}\n`),
    ),
    'A6 a mounted file of a program that nobody knows': `${all(service(9251), pod('image: ghcr.io/example/crane\nvolumeMounts: [{ name: conf, mountPath: /etc/crane }]', 'volumes: [{ name: conf, configMap: { name: crane } }]'))}---
apiVersion: v1
kind: ConfigMap
metadata: { name: crane, namespace: harbour }
data:
  crane.yaml: |
    listen: "localhost:9251" ${WARN}
`,
    ...Object.fromEntries(
      [
        ['in one line of JSON', `{ "listen": "127.0.0.1:9251" } ${WARN}`],
        ['as host and port', `server:\n      host: localhost ${WARN}\n      port: 9251`],
        ['of IPv6, in an INI file', `[http]\n    bind_address = "[::1]:9251" ${WARN}`],
      ].map(([how, text]) => [
        `A6 a mounted file of a program that nobody knows, ${how}`,
        `${all(service(9251), pod('image: ghcr.io/example/crane\nvolumeMounts: [{ name: conf, mountPath: /etc/crane }]', 'volumes: [{ name: conf, configMap: { name: crane } }]'))}---
apiVersion: v1
kind: ConfigMap
metadata: { name: crane, namespace: harbour }
data:
  crane.conf: |
    ${text}
`,
      ]),
    ),
    'A6 a flag of a program that nobody knows': all(
      service(9251),
      pod(`image: ghcr.io/example/crane\nargs: [--http.listen-address=127.0.0.1:9251] ${WARN}`),
    ),
    'A6 a variable of a program that nobody knows, and a probe': pod(
      `image: ghcr.io/example/crane\nenv: [{ name: LISTEN_ADDR, value: "127.0.0.1:9251" }] ${WARN}\nlivenessProbe: { httpGet: { port: 9251 } }`,
    ),
    'S-068 A6 a Service dials it': all(service(3000), pod(GRAFANA(`127.0.0.1 ${MARK}`))),
    'S-068 A6 the kubelet dials it': pod(
      `${GRAFANA(`localhost ${MARK}`)}\nreadinessProbe: { httpGet: { port: 3000 } }`,
    ),
    'S-068 A6 the node forwards a hostPort to it': pod(
      `${GRAFANA(`localhost ${MARK}`)}\nports: [{ containerPort: 3000, hostPort: 3000 }]`,
    ),
    'A6 Service and probe dial it, one finding': all(
      service(3000),
      pod(`${GRAFANA(`"127.0.0.1" ${MARK}`)}\nreadinessProbe: { httpGet: { port: 3000 } }`),
    ),
    'S-013 A6 the targetPort is left out': all(
      service(3000).replace('port: 80, targetPort: 3000', 'port: 3000'),
      pod(GRAFANA(`127.0.0.1 ${MARK}`)),
    ),
    'A6 a development server, whose own file could only move the port': all(
      service(5173),
      pod(`image: ghcr.io/example/crane ${MARK}\ncommand: [npx, vite]`),
    ),
    'A6 a server whose address many images set': all(
      service(5000),
      pod(`image: ghcr.io/example/crane ${WARN}\ncommand: [flask, run]`),
    ),
    'A17 a receiver without an endpoint': all(service(4317), collector(`{} ${MARK}`)),
    'A17 mosquitto without a listener': all(service(1883), mosquitto(`persistence false ${MARK}`)),
    'A14 the mounted configuration takes loopback': all(service(27017), mongod(`127.0.0.1 ${MARK}`)),
    'B11 gunicorn without PORT': all(
      service(8000),
      pod(
        `image: ghcr.io/example/crane ${WARN}\nports: [{ containerPort: 8000 }]\ncommand: [gunicorn, "crane:app"]`,
      ),
    ),
    'B12 a command of its own that says no address': all(
      service(8000),
      pod(
        `image: ghcr.io/example/crane ${MARK}\nports: [{ containerPort: 8000 }]\ncommand: [uvicorn, "crane:app"]`,
      ),
    ),
    'B12 a command of its own that says loopback': all(
      service(8000),
      pod(
        `image: ghcr.io/example/crane\nports: [{ containerPort: 8000 }]\ncommand:\n  - uvicorn\n  - crane:app\n  - --port=8000\n  - --host=127.0.0.1 ${MARK}`,
      ),
    ),
  },
});

const finding = (manifest: string): ReturnType<typeof findingsOf>[number] =>
  findingsOf(rule, sourcesOf(manifest))[0]!;

test('marks the address and everyone who dials it, and puts 0.0.0.0 in its place', () => {
  const manifest = all(
    service(3000),
    pod(`${GRAFANA('"127.0.0.1"')}\nlivenessProbe: { tcpSocket: { port: 3000 } }`),
  );
  const { message, labels, notes, help, fixes } = finding(manifest);
  expect(message).toBe(
    'Service `harbour/quay` forwards port 80 to 3000, where Pod `harbour/quay` listens only on 127.0.0.1',
  );
  expect(labels.map(({ message }) => message)).toEqual([
    'opens 3000 on 127.0.0.1 only',
    'traffic is sent there from here',
    'the kubelet dials it here',
  ]);
  expect(notes.some((note) => note.startsWith('source: '))).toBe(true);
  expect(help[0]).toContain('`GF_SERVER_HTTP_ADDR`');
  const edits = fixes[0]!.edits.map(({ at: { start, end }, text }) => ({ start, end, text }));
  expect(applyEdits(manifest, edits)).toContain('value: "0.0.0.0"');
});

test('without an address in the text it says what takes one, and what is not certain', () => {
  const { fixes, help, notes, link } = finding(
    all(service(5000), pod('image: ghcr.io/example/crane\ncommand: [flask, run]')),
  );
  expect(fixes).toEqual([]);
  expect(help[0]).toContain('`--host`');
  expect(link?.state).toBe('unproved');
  expect(notes).toContainEqual(expect.stringContaining('likely and not proved'));
});
