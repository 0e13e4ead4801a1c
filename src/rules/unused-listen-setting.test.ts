import { testRule } from '../testing/test-rule.ts';
import rule from './unused-listen-setting.ts';

const app = (container: string, more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: quay }
spec: { selector: { app: quay }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: quay, labels: { app: quay } }
spec:
  ${more}
  containers:
    - name: quay
      image: ghcr.io/example/quay
      ${container}
`;
const MARK = '# info: unused-listen-setting';
const mounted = (text: string, mark = ''): string => `${app(
  'volumeMounts: [{ name: c, mountPath: /etc/quay }]',
  'volumes: [{ name: c, configMap: { name: c } }]',
)}---
apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data:
  app.yaml: |
    ${text} ${mark}
`;

const metrics = (container: string, target = '8443', more = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: quay }
spec: { selector: { app: quay }, ports: [{ name: metrics, port: 8443, targetPort: ${target} }] }
---
apiVersion: v1
kind: Pod
metadata: { name: quay, labels: { app: quay } }
spec:
  containers:
    - name: quay
      image: ghcr.io/example/quay
      ${container}
${more}`;
const PROXY = `    - { name: proxy, image: quay.io/brancz/kube-rbac-proxy, ports: [{ containerPort: 8443, name: https }] }
`;

testRule(rule, {
  accepts: {
    'metrics are served where the Service leads': metrics('args: ["--metrics-bind-address=:8443"]'),
    'a proxy beside it has the port of metrics': metrics(
      'args: ["--metrics-bind-address=127.0.0.1:8080"]',
      '8443',
      PROXY,
    ),
    'a port of another name': metrics('args: ["--metrics-bind-address=:8080"]').replace(
      'name: metrics',
      'name: webhook',
    ),
    'a probe asks where the flag says': app(
      'args: ["--health-probe-bind-address=:8081"]\n      livenessProbe: { httpGet: { port: 8081, path: /healthz } }',
    ),
    'a probe that no flag is for': app(
      'args: ["--leader-elect"]\n      livenessProbe: { httpGet: { port: 8081, path: /healthz } }',
    ),
    'a hook is no probe': app(
      'args: ["--health-probe-bind-address=:8081"]\n      lifecycle: { preStop: { httpGet: { port: 8080, path: /stop } } }',
    ),
    'traffic goes to the port that is told': app('args: ["--port=8080"]'),
    'another setting names where traffic goes': app('args: ["--port=8080", "--webhook-port=8444"]'),
    'the port is declared': app('args: ["--port=8444"]\n      ports: [{ containerPort: 8444 }]'),
    'a port of another server': app('args: ["--db-port=5432", "--redis-addr=redis:6379"]'),
    'a port beside the main one': app('args: ["--metrics-port=9090", "--health-listen=:8081"]'),
    'a variable that is about another server': app('env: [{ name: REDIS_PORT, value: "6379" }]'),
    'a variable of which `disagreeing-port-variable` tells': app('env: [{ name: HTTP_PORT, value: "8444" }]'),
    'several containers': `${app('args: ["--port=8444"]')}    - { name: mate, image: ghcr.io/example/mate }\n`,
    'a known program has rules of its own': app('args: ["--port=8444"]').replace(
      'ghcr.io/example/quay',
      'nginx',
    ),
    'a variable of a server beside the main one': app(
      'env: [{ name: MANAGEMENT_SERVER_PORT, value: "8444" }]',
    ),
    'a number that is no port': app('args: ["--workers=8444"]'),
    'a nested setting of something else': mounted('db_port: 5432'),
    'a file that names where traffic goes': mounted('listen: ":8080"'),
  },
  rejects: {
    'metrics are served elsewhere': metrics(
      'args: ["--metrics-bind-address=:8080"]',
      '8443 # warning: unused-listen-setting\n   ',
    ),
    'metrics are switched off': metrics(
      'args: ["--metrics-bind-address", "0"]',
      '8443 # warning: unused-listen-setting\n   ',
    ),
    'metrics by the name of a port': metrics(
      'args: [--metrics-addr=:8080]\n      ports: [{ name: metrics, containerPort: 8443 }]',
      'metrics # warning: unused-listen-setting\n   ',
    ),
    'a probe asks another port than the flag says': app(
      'args: ["--health-probe-bind-address=:8081"]\n      livenessProbe: { httpGet: { path: /healthz, port: 8080 } } # warning: unused-listen-setting',
    ),
    'a flag with its value': app(`args: ["--webhook-port=8444"] ${MARK}`),
    'a flag and its value': app(`args: [--port, "8444"] ${MARK}`),
    'an address to listen on': app(`args: ["--listen=:8444"] ${MARK}`),
    'a variable': app(`env: [{ name: LISTEN_ADDR, value: ":8444" }] ${MARK}`),
    'a variable of a framework': app(`env: [{ name: UVICORN_PORT, value: "8444" }] ${MARK}`),
    'a variable of a framework that holds an address': app(
      `env: [{ name: ASPNETCORE_URLS, value: "http://+:8444" }] ${MARK}`,
    ),
    'a mounted file': mounted('listen: ":8444"', MARK),
  },
});
