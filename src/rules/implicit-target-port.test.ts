import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './implicit-target-port.ts';

const service = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  selector: { app: pier }
  ports:
    - ${port}
`;
const workload = (
  ports: string,
  { image = 'ghcr.io/example/pier', name = 'pier', env = '[]', args = '[]' } = {},
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers: [{ name: main, image: "${image}", ports: ${ports}, env: ${env}, args: ${args} }]
`;
const GRAFANA = { image: 'grafana/grafana:11.0.0' };
const INFO = ' # info: implicit-target-port';
const ERROR = ' # error: implicit-target-port';
const declares8080 = workload('[{ name: web, containerPort: 8080 }]');

testRule(rule, {
  accepts: {
    'S-013 the Pod declares the port itself': `${service('port: 8080')}---${declares8080}`,
    'S-013 a targetPort is given': `${service('{ port: 80, targetPort: 8080 }')}---${declares8080}`,
    'S-026 a number that is given is the concern of other rules': `${service('{ port: 80, targetPort: 9 }')}---${declares8080}---${workload('[]', { ...GRAFANA, name: 'charts' })}`,
    'S-026 nothing is declared': `${service('port: 80')}---${workload('[]')}`,
    'S-012 what is declared is of another protocol': `${service('port: 80')}---${workload('[{ containerPort: 53, protocol: UDP }]')}`,
    'the process is known to listen there': `${service('port: 3000')}---${workload('[{ containerPort: 8080 }]', GRAFANA)}`,
    'another workload declares it': `${service('port: 80')}---${declares8080}---${workload('[{ containerPort: 80 }]', { name: 'crane' })}`,
    'a variable that the image does not read is the mistake': `${service('port: 8080')}---${workload('[]', { image: 'nginx:1.27', env: '[{ name: PORT, value: "8080" }]' })}`,
  },
  rejects: {
    'S-013 the Pod declares another port': `${service(`port: 80${INFO}`)}---${declares8080}`,
    'S-013 a zero counts as left out': `${service(`{ port: 80, targetPort: 0 }${INFO}`)}---${declares8080}`,
    "S-013 the port's name is no targetPort": `${service(`{ name: web, port: 80 }${INFO}`)}---${declares8080}`,
    'S-013 the process is known to listen elsewhere': `${service(`port: 80${ERROR}`)}---${workload('[{ containerPort: 3000 }]', GRAFANA)}`,
    'S-013 declared, and still not listened on': `${service(`{ port: 80, targetPort: "" }${ERROR}`)}---${workload('[{ containerPort: 80 }]', GRAFANA)}`,
  },
});

const editsOf = (yaml: string): (string | undefined)[] =>
  findingsOf(rule, sourcesOf(yaml)).flatMap(({ fixes }) =>
    fixes.flatMap(({ edits }) => edits.map(({ text }) => text)),
  );

test('forwards to the one port that the Pod has', () => {
  expect(editsOf(`${service('port: 80')}---${declares8080}`)).toEqual(['\n      targetPort: web']);
  expect(editsOf(`${service('{ port: 80, targetPort: 0 }')}---${workload('[]', GRAFANA)}`)).toEqual(['3000']);
  const twoPorts = { image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.13.0' };
  expect(editsOf(`${service('port: 80')}---${workload('[]', twoPorts)}`)).toEqual([]);
  expect(
    editsOf(`${service('port: 80')}---${workload('[{ containerPort: 1 }, { containerPort: 2 }]')}`),
  ).toEqual([]);
});
