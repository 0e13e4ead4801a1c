import { testRule } from '../testing/test-rule.ts';
import rule from './headless-port-mapping.ts';

const service = (spec: string): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  selector: { app: pier }
  ${spec}
`;
const pod = (ports: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: pier, namespace: harbour, labels: { app: pier } }
spec:
  containers: [{ name: pier, ports: ${ports} }]
`;

testRule(rule, {
  accepts: {
    'S-013 targetPort left out is the port itself': `${service('clusterIP: None\n  ports: [{ port: 5432 }]')}---${pod('[]')}`,
    'a name that stands for the same number': `${service('clusterIP: None\n  ports: [{ port: 5432, targetPort: pg }]')}---${pod('[{ name: pg, containerPort: 5432 }]')}`,
    'a Service with an address of its own translates': `${service('ports: [{ port: 80, targetPort: 8080 }]')}---${pod('[]')}`,
  },
  rejects: {
    'S-043 no targetPort, and a process that is known to listen elsewhere': `${service('clusterIP: None\n  ports: [{ port: 80 }] # warning: headless-port-mapping')}---${pod('[]').replace('name: pier, ports', 'name: pier, image: redis, ports')}`,
    'S-043 port 80 and targetPort 8080': `${service('clusterIP: None\n  ports: [{ port: 80, targetPort: 8080 }] # warning: headless-port-mapping')}---${pod('[]')}`,
    'S-043 a name that stands for another number': `${service('clusterIP: None\n  ports: [{ port: 80, targetPort: http }] # warning: headless-port-mapping')}---${pod('[{ name: http, containerPort: 8080 }]')}`,
  },
});
