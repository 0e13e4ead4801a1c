import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './undefined-monitor-port.ts';

const pump = (
  ports = '[{ name: web, port: 80, targetPort: http }]',
  containerPorts = '[{ name: http, containerPort: 8080 }]',
): string => `
apiVersion: v1
kind: Service
metadata: { name: pump, namespace: harbour, labels: { app: pump } }
spec: { selector: { app: pump }, ports: ${ports} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: pump, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pump } }
    spec:
      containers: [{ name: pump, image: ghcr.io/example/pump, ports: ${containerPorts} }]
`;
const monitor = (endpoint: string, kind = 'ServiceMonitor', rest = ''): string => `
apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: { name: pump, namespace: harbour }
spec:
  selector: { matchLabels: { app: pump } }
  ${kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints'}:
    - ${endpoint}
  ${rest}
`;
const probe = (url: string): string => `
apiVersion: monitoring.coreos.com/v1
kind: Probe
metadata: { name: pump, namespace: harbour }
spec:
  prober:
    url: ${url}
`;
const MARK = '# error: undefined-monitor-port';

testRule(rule, {
  accepts: {
    'J1 S-183 the name of the Service port': `${pump()}---${monitor('port: web')}`,
    'J1 S-183 a regular expression': `${pump()}---${monitor('port: web|api')}`,
    'S-183 an unnamed port is no matter where nothing is said': `${pump('[{ port: 80 }]')}---${monitor('path: /metrics')}`,
    'J2 S-184 a declared number': `${pump()}---${monitor('targetPort: 8080')}`,
    'J2 S-184 a declared name': `${pump()}---${monitor('targetPort: http')}`,
    'J2 S-185 a declared name of a Pod': `${pump()}---${monitor('port: http', 'PodMonitor')}`,
    'J7 the port for metrics beside that for traffic': `${pump('[{ name: web, port: 80, targetPort: http }, { name: metrics, port: 9090, targetPort: metrics }]', '[{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090 }]')}---${monitor('port: metrics')}`,
    'no Service is selected': monitor('port: web'),
    'a name to be filled in': `${pump()}---${monitor('port: ${PORT_NAME}')}`,
    'an operator makes the Pods, and Services for them': `${pump().split('---')[0]}---${monitor('port: http-metrics')}`,
    'a prober': `${pump()}---${probe('pump.harbour.svc:80')}`,
  },
  rejects: {
    'J1 S-183 the name of the container port': `${pump()}---${monitor(`port: http ${MARK}`)}`,
    'a misspelling before Pods that an operator makes': `${pump().split('---')[0]}---${monitor('port: wbe # warning: undefined-monitor-port')}`,
    'J1 S-183 the number of the Service port': `${pump()}---${monitor(`port: "80" ${MARK}`)}`,
    'J1 S-183 the number as a number, which the API server refuses': `${pump()}---${monitor(`port: 80 ${MARK}`)}`,
    'J1 S-183 an unnamed port': `${pump('[{ port: 80, targetPort: 8080 }]')}---${monitor(`port: "80" ${MARK}`)}`,
    'J1 a misspelling': `${pump()}---${monitor(`port: wbe ${MARK}`)}`,
    'J7 metrics that the Service does not carry': `${pump()}---${monitor(`port: metrics ${MARK}`)}`,
    'J2 S-184 a number that no container declares': `${pump('[{ port: 80, targetPort: 9090 }]', '[]')}---${monitor(`targetPort: 9090 ${MARK}`)}`,
    'J2 S-184 a number in quotes': `${pump()}---${monitor(`targetPort: "8080" ${MARK}`)}`,
    'J2 S-184 the name of the Service port as targetPort': `${pump()}---${monitor(`targetPort: web ${MARK}`)}`,
    'J2 S-185 a name that the Pods do not declare': `${pump()}---${monitor(`port: htpp ${MARK}`, 'PodMonitor')}`,
    'J2 S-185 a number that they do not': `${pump()}---${monitor(`portNumber: 9090 ${MARK}`, 'PodMonitor')}`,
    'others may have it': `${pump()}---${monitor('port: metrics # warning: undefined-monitor-port', 'ServiceMonitor', 'namespaceSelector: { any: true }')}`,
    'a template beside it may have it': {
      'app.yaml': `${pump()}---${monitor('port: metrics # warning: undefined-monitor-port')}`,
      'more.yaml': 'kind: Service\nmetadata: { name: {{ .Release.Name }} }\n',
    },
    'two Services are one mistake': `${pump()}---${pump().replaceAll('name: pump, namespace', 'name: winch, namespace')}---${monitor(`port: metrics ${MARK}`)}`,
    'a prober without this port': `${pump()}---${probe(`pump.harbour.svc:9115 ${MARK}`)}`,
  },
});

test.each([
  ['port: http', 'it is what the Pods call their port', 'web'],
  ['port: "80"', 'it is the number of a port', 'web'],
  ['targetPort: "8080"', 'gives targetPort as the text', '8080'],
])('%s: %s', (endpoint, words, fix) => {
  const [finding] = findingsOf(rule, sourcesOf(`${pump()}---${monitor(endpoint)}`));
  expect(finding?.message).toContain(words);
  expect(finding?.fixes[0]?.edits[0]?.text).toBe(fix);
});
