import { testRule } from '../testing/test-rule.ts';
import rule from './missing-backend-ref-port.ts';

const route = (ref: string, kind = 'HTTPRoute'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: bakery, namespace: harbour }
spec:
  rules:
    - backendRefs:
        - ${ref}
`;
const service = (ports = '{ port: 80 }'): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [${ports}] }
`;
const MARK = '# error: missing-backend-ref-port';

testRule(rule, {
  accepts: {
    'S-149 the port is given': `${route('{ name: bakery, port: 80 }')}---${service()}`,
    'S-149 a wrong one is another mistake': `${route('{ name: bakery, port: 8080 }')}---${service()}`,
    'S-150 G7 another kind needs none': `${route('{ group: example.com, kind: Backend, name: bakery }')}---${service()}`,
    'a port that is filled in': `${route('{ name: bakery, port: "${PORT}" }')}---${service()}`,
  },
  rejects: {
    'S-149 G2 a Service with one port': `${route(`{ name: bakery } ${MARK}`)}---${service()}`,
    'S-149 G2 in block style': `${route(`name: bakery ${MARK}\n          weight: 1`)}---${service()}`,
    'S-149 G2 a Service with several ports': `${route(`{ name: bakery } ${MARK}`)}---${service('{ name: web, port: 80 }, { name: admin, port: 9000 }')}`,
    'S-149 G2 a Service that the input does not have': route(`{ name: bakery } ${MARK}`),
    'S-149 of any kind of route': `${route(`{ name: bakery } ${MARK}`, 'TCPRoute')}---${service()}`,
  },
});
