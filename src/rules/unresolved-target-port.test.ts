import { testRule } from '../testing/test-rule.ts';
import rule from './unresolved-target-port.ts';

const service = (ports: string, namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: ${namespace} }
spec:
  selector: { app: pier }
  ports:
    - ${ports}
`;
const deployment = (ports: string, name = 'pier'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers: [{ name: pier, image: ghcr.io/example/pier, ports: ${ports} }]
`;

testRule(rule, {
  accepts: {
    'the name is declared': `${service('{ port: 80, targetPort: http }')}---${deployment('[{ name: http, containerPort: 8080 }]')}`,
    'S-026 a number needs no declaration': `${service('{ port: 80, targetPort: 8080 }')}---${deployment('[]')}`,
    'equal labels in another namespace are not selected': `${service('{ port: 80, targetPort: http }', 'shipyard')}---${deployment('[]')}`,
    'another selected workload has the name': `${service('{ port: 80, targetPort: http }')}---${deployment('[]')}---${deployment('[{ name: http, containerPort: 1 }]', 'quay')}`,
    'S-002 a quoted number is another mistake': `${service('{ port: 80, targetPort: "8080" }')}---${deployment('[]')}`,
  },
  rejects: {
    'the name is spelled differently': `${service('{ port: 80, targetPort: http-web } # error: unresolved-target-port')}---${deployment('[{ name: http, containerPort: 8080 }]')}`,
    'S-027 the name exists for another protocol': `${service('{ port: 53, targetPort: dns } # error: unresolved-target-port')}---${deployment('[{ name: dns, containerPort: 53, protocol: UDP }]')}`,
    'nothing is named': `${service('{ port: 80, targetPort: http } # error: unresolved-target-port')}---${deployment('[{ containerPort: 8080 }]')}`,
  },
});
