import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './localhost-client.ts';

const pod = (container: string, spec = '', annotations = '{}'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: bakery, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: bakery }, annotations: ${annotations} }
    spec:
      ${spec}
      containers:
        - name: oven
          image: example/oven
          ${container}
`;
const service = (port: number, name = 'store', selector = 'store'): string => `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: ${selector} }, ports: [{ port: ${port} }] }
`;
const held = (kind: 'ConfigMap' | 'Secret', data: string): string => `---
apiVersion: v1
kind: ${kind}
metadata: { name: held, namespace: harbour }
${kind === 'Secret' ? 'stringData' : 'data'}:
  ${data}
`;
const env = (name: string, value: string, mark = ''): string =>
  `env:\n            - name: ${name}\n              value: "${value}" ${mark}`;
const MARK = '# warning: localhost-client';
const VOLUME = 'volumes: [{ name: held, configMap: { name: held } }]';
const MOUNTED = 'volumeMounts: [{ name: held, mountPath: /etc/oven }]';

testRule(rule, {
  accepts: {
    'the Service is dialled': pod(env('STORE_URL', 'http://store:5432')) + service(5432),
    'no Service has the port': pod(env('STORE_URL', 'http://localhost:5432')) + service(5433),
    'a container of the Pod declares it':
      pod(
        `${env('STORE_URL', 'http://localhost:5432')}\n        - { name: store, image: example/store, ports: [{ containerPort: 5432 }] }`,
      ) + service(5432),
    'a container of which nothing is known':
      pod(
        `${env('DATABASE_URL', 'postgres://localhost:5432/x')}\n        - { name: proxy, image: example/proxy }`,
      ) + service(5432),
    'it is its own Service':
      pod(env('SELF_CHECK', 'http://localhost:5432')) + service(5432, 'bakery', 'bakery'),
    'another container is put into the Pod':
      pod(env('STORE_URL', 'http://localhost:3500'), '', '{ dapr.io/enabled: "true" }') + service(3500),
    'the node is the host':
      pod(env('STORE_URL', 'http://localhost:5432'), 'hostNetwork: true') + service(5432),
    'an address for browsers': pod(env('PUBLIC_STORE_URL', 'http://localhost:5432')) + service(5432),
    'an address to listen on': pod(env('LISTEN_URL', 'http://localhost:5432')) + service(5432),
    'a bare address of which nothing says that it is dialled':
      pod(env('OVEN', 'localhost:5432')) + service(5432),
    'a host and a port to listen at': pod('args: [--host, localhost, --port, "5432"]') + service(5432),
    'host and port of different things in JSON on one line':
      pod(MOUNTED, VOLUME) +
      service(5432) +
      held('ConfigMap', `oven.json: '{"store":{"host":"localhost"},"till":{"port":5432}}'`),
    'a flag to listen at': pod('args: ["--admin-listen=127.0.0.1:5432"]') + service(5432),
    'a file that is about its own server':
      pod(MOUNTED, VOLUME) +
      held('ConfigMap', 'a.yaml: "server:\\n  host: localhost\\n  port: 5432\\n"') +
      service(5432),
    'a line that is commented out':
      pod(MOUNTED, VOLUME) +
      held('ConfigMap', 'a.yaml: |\n    # store: localhost:5432\n    a: b') +
      service(5432),
    'a port that many programs have': pod(env('MILL_URL', 'http://localhost:8080')) + service(8080),
  },
  rejects: {
    'a URL in env': pod(env('STORE_URL', 'http://localhost:5432', MARK)) + service(5432),
    'a URL of a database': pod(env('DATABASE_URL', 'postgres://u:p@127.0.0.1:5432/x', MARK)) + service(5432),
    'the default port of a scheme': pod(env('CACHE', 'redis://localhost', MARK)) + service(6379),
    'host and port': pod(env('REDIS_ADDRESS', 'localhost:6379', MARK)) + service(6379),
    'host and port in two variables':
      pod(`${env('STORE_HOST', 'localhost', MARK)}\n            - { name: STORE_PORT, value: "5432" }`) +
      service(5432),
    'a list of brokers': pod(env('KAFKA_BROKERS', 'localhost:9092', MARK)) + service(9092),
    'a common port, by the name of the Service':
      pod(env('STORE_URL', 'http://localhost:8080', MARK)) + service(8080),
    'host and port in two arguments':
      pod(
        `args:\n            - --store-host\n            - localhost ${MARK}\n            - --store-port=5432`,
      ) + service(5432),
    'host and port in JSON on one line':
      pod(MOUNTED, VOLUME) +
      service(5432) +
      held('ConfigMap', `oven.json: '{"store":{"host":"localhost","port":5432}}' ${MARK}`),
    'an argument': pod(`args: ["--store=http://localhost:5432"] ${MARK}`) + service(5432),
    'an argument without a scheme': pod(`args: ["--redis-addr=127.0.0.1:6379"] ${MARK}`) + service(6379),
    'an argument by the name of the Service':
      pod(`args: [--store, "localhost:5432"] ${MARK}`) + service(5432),
    'loopback of IPv6': pod(env('STORE_URL', 'http://[::1]:5432', MARK)) + service(5432),
    'what a script waits for':
      pod(`command: [sh, -c, "until nc -z localhost 5432; do sleep 1; done"] ${MARK}`) + service(5432),
    'one Service alone has the port, and the program is known': `${pod('volumeMounts: [{ name: held, mountPath: /etc/nginx/conf.d }]', VOLUME).replace('example/oven', 'nginx:1.27')}${held('ConfigMap', `default.conf: |\n    server {\n      listen 80;\n      location / { proxy_pass http://127.0.0.1:5000; } ${MARK}\n    }`)}${service(5000)}`,
    ...Object.fromEntries(
      [
        ['YAML', `store:\n      address: localhost:5432 ${MARK}`],
        ['YAML, apart', `store:\n      host: localhost ${MARK}\n      port: 5432`],
        ['TOML', `[store]\n    addr = "127.0.0.1:5432" ${MARK}`],
        ['INI, apart', `[store]\n    host = localhost ${MARK}\n    port = 5432`],
        ['properties', `spring.store.host=localhost ${MARK}\n    spring.store.port=5432`],
        ['JSON', `{ "store": {\n      "host": "localhost",  ${MARK}\n      "port": 5432 } }`],
      ].map(([format, text]) => [
        `a mounted file: ${format}`,
        pod(MOUNTED, VOLUME) + held('ConfigMap', `oven.conf: |\n    ${text}`) + service(5432),
      ]),
    ),
    'a ConfigMap':
      pod('envFrom: [{ configMapRef: { name: held } }]') +
      held('ConfigMap', `STORE_URL: http://localhost:5432 ${MARK}`) +
      service(5432),
    'a Secret':
      pod('envFrom: [{ secretRef: { name: held } }]') +
      held('Secret', `STORE_URL: http://localhost:5432 ${MARK}`) +
      service(5432),
    'a mounted file':
      pod(MOUNTED, 'volumes: [{ name: held, configMap: { name: held } }]') +
      held('ConfigMap', `oven.yaml: |\n    store: http://localhost:5432 ${MARK}`) +
      service(5432),
  },
});

test('what a Secret holds is not shown', () => {
  const manifest = `${pod('envFrom: [{ secretRef: { name: held } }]')}${held('Secret', 'STORE_URL: http://baker:hunter2@localhost:5432/oven')}${service(5432)}`;
  const [finding] = findingsOf(rule, sourcesOf(manifest));
  expect(finding?.message).toContain('localhost');
  expect(JSON.stringify([finding?.message, finding?.notes, finding?.help])).not.toMatch(/hunter2|baker:/);
});
