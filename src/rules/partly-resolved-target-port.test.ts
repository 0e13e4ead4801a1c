import { testRule } from '../testing/test-rule.ts';
import rule from './partly-resolved-target-port.ts';

const service = (port: string): string => `
apiVersion: v1
kind: Service
metadata: { name: quay, namespace: harbour }
spec:
  selector: { app: quay }
  ports:
    - ${port}
`;
const workload = (name: string, ports: string, kind = 'Deployment'): string => `
apiVersion: ${kind === 'Job' ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: quay } }
    spec: { containers: [{ name: main, image: ghcr.io/example/${name}, ports: ${ports} }] }
`;
const web = workload('web', '[{ name: http, containerPort: 8080 }]');
const named = service('{ port: 80, targetPort: http }');
const expecting = service('{ port: 80, targetPort: http } # warning: partly-resolved-target-port');

testRule(rule, {
  accepts: {
    'S-032 every Pod has the name, whatever its number': `${named}---${web}---${workload('api', '[{ name: http, containerPort: 9000 }]')}`,
    'S-026 a number': `${service('{ port: 80, targetPort: 8080 }')}---${web}---${workload('api', '[]')}`,
    'no Pod has the name, which is another mistake': `${named}---${workload('web', '[]')}---${workload('api', '[]')}`,
    'S-030 a Job gets no traffic, as it should': `${named}---${web}---${workload('task', '[]', 'Job')}`,
    'S-002 quoted digits are another mistake': `${service('{ port: 80, targetPort: "80" }')}---${web}`,
    'three folders, which need not be applied together': {
      'quay.yaml': named,
      'web/web.yaml': web,
      'api/api.yaml': workload('api', '[]'),
    },
    'a workload of another folder': {
      'web/web.yaml': `${named}---${web}`,
      'api/api.yaml': workload('api', '[]'),
    },
  },
  rejects: {
    'S-030 a worker without ports': `${expecting}---${web}---${workload('worker', '[]')}`,
    'S-027 the name with another protocol': `${expecting}---${web}---${workload('api', '[{ name: http, containerPort: 80, protocol: UDP }]')}`,
    'S-030 a canary with a misspelt name': `${expecting}---${web}---${workload('canary', '[{ name: htpp, containerPort: 8080 }]')}`,
  },
});
