import { testRule } from '../testing/test-rule.ts';
import rule from './overlapping-selector.ts';

const service = (ports: string, expected = '', name = 'quay'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: { app: quay }${expected}
  ports: [${ports}]
`;
interface Options {
  readonly kind?: string;
  readonly image?: string;
  readonly ports?: string;
  readonly annotations?: string;
}
const workload = (
  name: string,
  { kind = 'Deployment', image = `ghcr.io/example/${name}`, ports = '[]', annotations = '{}' }: Options = {},
): string => {
  const template = `metadata: { labels: { app: quay }, annotations: ${annotations} }
    spec: { containers: [{ name: main, image: "${image}", ports: ${ports} }] }`;
  const batch = kind === 'Job' || kind === 'CronJob';
  return `
apiVersion: ${batch ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: harbour }
spec:
  ${kind === 'CronJob' ? 'jobTemplate: { spec: { template: {' : 'template:\n    '}${kind === 'CronJob' ? flow(name, image, ports) : template}
`;
};
const flow = (name: string, image: string, ports: string): string =>
  `metadata: { labels: { app: quay } }, spec: { containers: [{ name: ${name}, image: ${image}, ports: ${ports} }] } } } }`;
const testPod = `
apiVersion: v1
kind: Pod
metadata: { name: quay-test, namespace: harbour, labels: { app: quay }, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: wget, image: busybox }] }
`;
const web = workload('web', { ports: '[{ name: http, containerPort: 8080 }]' });
const worker = workload('worker');
const NUMBER = '{ port: 80, targetPort: 8080 }';
const WARNING = ' # warning: overlapping-selector';

testRule(rule, {
  accepts: {
    'S-020 one workload': `${service(NUMBER)}---${web}`,
    'a canary that declares the port': `${service(NUMBER)}---${web}---${workload('canary', { ports: '[{ containerPort: 8080 }]' })}`,
    'S-026 a canary of the same image that declares nothing': `${service(NUMBER)}---${web}---${workload('canary', { image: 'ghcr.io/example/web:2.0' })}`,
    'S-026 no workload declares the port': `${service(NUMBER)}---${worker}---${workload('web')}`,
    'S-030 a Pod without the name gets no traffic': `${service('{ port: 80, targetPort: http }')}---${web}---${workload('task', { kind: 'Job' })}`,
    'the process is known to listen there': `${service('{ port: 80, targetPort: 80 }')}---${workload('web', { ports: '[{ containerPort: 80 }]' })}---${workload('page', { image: 'nginx:1.27' })}`,
    'the process is known not to listen there, which is another mistake': `${service(NUMBER)}---${web}---${workload('page', { image: 'nginx:1.27' })}`,
    'a Pod that runs only when somebody tests the release': `${service(NUMBER)}---${web}---${testPod}`,
    'a Job alone': `${service(NUMBER)}---${workload('task', { kind: 'Job' })}`,
    'variants of one workload in two files': {
      'a.yaml': `${service(NUMBER, '', 'other')}---${web}`,
      'b.yaml': workload('web', { image: 'ghcr.io/example/next' }),
      'service.yaml': service(NUMBER),
    },
    'lessons side by side, each of which defines the worker': {
      'a.yaml': `${service(NUMBER)}---${web}`,
      'b.yaml': worker,
      'c.yaml': worker,
    },
    'three folders, which need not be applied together': {
      'service.yaml': service(NUMBER),
      'web/web.yaml': web,
      'worker/worker.yaml': worker,
    },
    'two Jobs': `${service(NUMBER)}---${workload('task', { kind: 'Job', ports: '[{ containerPort: 8080 }]' })}---${workload('chore', { kind: 'Job' })}`,
    'what another folder declares': {
      'worker/worker.yaml': `${service(NUMBER)}---${worker}`,
      'web/web.yaml': web,
    },
    'a workload of another folder': {
      'web/web.yaml': `${service(NUMBER)}---${web}`,
      'worker/worker.yaml': worker,
    },
  },
  rejects: {
    'S-026 a worker that declares no port': `${service(NUMBER, WARNING)}---${web}---${worker}`,
    'S-026 each port belongs to another workload': `${service(`{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 9000 }`, `${WARNING}${WARNING}`)}---${web}---${workload('api', { ports: '[{ containerPort: 9000 }]' })}`,
    'the workloads in a folder of their own': {
      'services/quay.yaml': service(NUMBER, WARNING),
      'pods/web.yaml': web,
      'pods/worker.yaml': worker,
    },
    'S-013 the port itself': `${service('{ port: 8080 }', WARNING)}---${web}---${worker}`,
    'S-055 a CronJob': `${service(NUMBER, WARNING)}---${web}---${workload('sweep', { kind: 'CronJob' })}`,
    'S-027 a Job that copies the declaration': `${service('{ port: 80, targetPort: http }', WARNING)}---${web}---${workload('task', { kind: 'Job', image: 'ghcr.io/example/web', ports: '[{ name: http, containerPort: 8080 }]' })}`,
    'a Job beside Pods that declare nothing': `${service(NUMBER, WARNING)}---${worker}---${workload('task', { kind: 'Job' })}`,
  },
});
