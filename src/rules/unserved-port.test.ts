import { testRule } from '../testing/test-rule.ts';
import rule from './unserved-port.ts';

const jenkins = (ports: string, image = 'jenkins/jenkins:lts', more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: builds, namespace: harbour, labels: { app: builds } }
spec:
  containers:
    - name: jenkins
      image: ${image}
      ${more}
---
apiVersion: v1
kind: Service
metadata: { name: builds, namespace: harbour }
spec: { selector: { app: builds }, ports: [${ports}] }
`;
const WEB = '{ name: web, port: 80, targetPort: 8080 }';
const MARKED = 'jenkins/jenkins:lts # info: unserved-port';

testRule(rule, {
  accepts: {
    'the Service carries it': jenkins(`${WEB}, { name: agents, port: 50000 }`),
    'its port is moved': jenkins(WEB, undefined, 'env: [{ name: JENKINS_SLAVE_AGENT_PORT, value: "50001" }]'),
    'a Service for something else': jenkins('{ port: 9000 }'),
    'an image of which nothing is known': jenkins(WEB, 'example/builds'),
  },
  rejects: {
    'agents of Jenkins': jenkins(WEB, MARKED),
    'by the number of the main port': jenkins('{ port: 8080 }', MARKED),
  },
});
