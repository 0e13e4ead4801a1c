import { testRule } from '../testing/test-rule.ts';
import rule from './all-ports-route.ts';

const MARK = '# warning: all-ports-route';
const route = (spec = '', mark = ''): string => `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: bakery, namespace: harbour }
spec:
  to: { kind: Service, name: bakery } ${mark}
  ${spec}
`;
const service = (ports: string, name = 'bakery'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec: { selector: { app: bakery }, ports: [${ports}] }
`;
const web = '{ name: web, port: 80 }';
const metrics = '{ name: metrics, port: 9090 }';

testRule(rule, {
  accepts: {
    'S-169 a port is given': `${route('port: { targetPort: web }')}---${service(`${web}, ${metrics}`)}`,
    'S-169 there is one port': `${route()}---${service(web)}`,
    'S-170 UDP ports are left out': `${route()}---${service(`${web}, { name: dns, port: 53, protocol: UDP }`)}`,
    'no Service is known': route(),
    'S-169 one port in each of two definitions': {
      'route.yaml': route(),
      'old.yaml': service(web),
      'new.yaml': service(metrics),
    },
  },
  rejects: {
    'S-169 no port is given, and there are two': `${route('', MARK)}---${service(`${web}, ${metrics}`)}`,
    'S-169, S-171 the same for other backends': `
${route(`alternateBackends:\n    - { kind: Service, name: kiln } ${MARK}`)}---${service(web)}---${service(`${web}, ${metrics}`, 'kiln')}`,
  },
});
