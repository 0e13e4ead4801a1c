import { testRule } from '../testing/test-rule.ts';
import rule from './unaddressable-port-name.ts';

const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  defaultBackend:
    service:
      name: pier
      port:
        ${port}
`;
const service = (name: string): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { ports: [{ name: ${name}, port: 9090 }] }
`;
const MARK = '# error: unaddressable-port-name';

testRule(rule, {
  accepts: {
    'S-006 by its number': `${ingress('number: 9090')}---${service('http-public-metrics')}`,
    'S-004 fifteen characters': `${ingress('name: http-web-metric')}---${service('http-web-metric')}`,
    'a name that the Service does not have is another mistake': `${ingress('name: http-public-metrics')}---${service('http')}`,
    'S-002 a number as name where no port is called that is another mistake': `${ingress('name: "9090"')}---${service('http')}`,
    'a name that is filled in before it is applied': `${ingress('name: "${A_LONG_PORT_NAME}"')}---${service('"${A_LONG_PORT_NAME}"')}`,
  },
  rejects: {
    'S-006 more than fifteen characters': `${ingress(`name: http-public-metrics ${MARK}`)}---${service('http-public-metrics')}`,
    'S-006 two dashes': `${ingress(`name: web--old ${MARK}`)}---${service('web--old')}`,
    'S-007 digits only': `${ingress(`name: "9090" ${MARK}`)}---${service('"9090"')}`,
    'S-123 servicePort of v1beta1': `
apiVersion: extensions/v1beta1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  backend:
    serviceName: pier
    servicePort: http-public-metrics ${MARK}
---${service('http-public-metrics')}`,
    'JSON keeps its quotes when it is fixed': `${ingress(`{"name": "web--old"} ${MARK}`)}---${service('web--old')}`,
  },
});
