import { testRule } from '../testing/test-rule.ts';
import rule from './blocked-port.ts';

const light = (image = 'ghcr.io/example/lighthouse', namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: lighthouse, namespace: ${namespace} }
spec:
  selector: { app: lighthouse }
  ports: [{ name: http, port: 80, targetPort: 8080 }, { name: metrics, port: 9090, targetPort: metrics }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: lighthouse, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: lighthouse } }
    spec:
      containers: [{ name: lamp, image: ${image}, ports: [{ containerPort: 8080 }, { name: metrics, containerPort: 9100 }] }]
`;
const policy = (spec: string, mark = '', name = 'lighthouse'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name} ${mark}
  namespace: harbour
spec: ${spec}
`;
const of = (rules: string): string => `{ podSelector: { matchLabels: { app: lighthouse } }, ${rules} }`;
const BOTH = '{ port: 8080 }, { port: metrics }';

const ship = (env: string): string => `${light()}---
apiVersion: v1
kind: Pod
metadata: { name: ship, namespace: harbour, labels: { app: ship } }
spec: { containers: [{ name: bridge, image: example/ship, env: [${env}] }] }
---`;
const out = (ports: string, mark = ''): string =>
  policy(
    `{ podSelector: { matchLabels: { app: ship } }, policyTypes: [Egress], egress: [{ ports: [${ports}] }] }`,
    mark,
    'ship',
  );
const PAIR = '{ name: LIGHT_HOST, value: lighthouse }, { name: LIGHT_PORT, value: "80" }';
const OUT = '# warning: blocked-port';

testRule(rule, {
  accepts: {
    'S-177 the client is let out to the port of the Pods': ship(PAIR) + out('{ port: 8080 }'),
    'it dials what is no Service of the input':
      ship('{ name: DB_HOST, value: db.example.org }, { name: DB_PORT, value: "5432" }') +
      out('{ port: 53 }'),
    'a policy for other Pods': ship(PAIR) + out('{ port: 53 }').replace('app: ship', 'app: boat'),
    'without policies': light(),
    'I4 every port is let in': `${light()}---${policy(of(`ingress: [{ ports: [${BOTH}] }]`))}`,
    'S-178 a rule without ports lets every port in': `${light()}---${policy(of('ingress: [{ from: [{ podSelector: {} }] }]'))}`,
    'S-178 two policies add up': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8080 }] }]'))}---${policy(of('ingress: [{ ports: [{ port: 9100 }] }]'), '', 'metrics')}`,
    'S-180 a range has both': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8000, endPort: 9999 }] }]'))}`,
    'S-181 a policy for egress alone': `${light()}---${policy(of('policyTypes: [Egress]'))}`,
    'S-177 a policy and Pods of two namespaces': `${light(undefined, 'shipyard')}---${policy(of('ingress: []'))}`,
    'I1 a policy that says the Service port has a rule of its own': `${light()}---${policy(of('ingress: [{ ports: [{ port: 80 }, { port: metrics }] }]'))}`,
    'I3 so has one with a name that nobody declares': `${light()}---${policy(of('ingress: [{ ports: [{ port: web }, { port: metrics }] }]'))}`,
    'nothing listens there, so there is nothing to let in': `${light('nginx:1.27')}---${policy(of('ingress: [{ ports: [{ port: 80 }] }]'))}`,
  },
  rejects: {
    'S-177 a host and a port that no policy lets out to': ship(PAIR) + out('{ port: 53 }', OUT),
    'S-177 a URL that no policy lets out to':
      ship('{ name: LIGHT, value: "http://lighthouse:9090" }') + out('{ port: 8080 }', OUT),
    'I4 a new listener that the policy does not know': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8080 }] }]'), '# warning: blocked-port')}`,
    'S-178 the number for another protocol': `${light()}---${policy(of('ingress: [{ ports: [{ port: 8080, protocol: UDP }, { port: metrics }] }]'), '# warning: blocked-port')}`,
    'I1 everything is denied and nothing let in': `${light()}---${policy('{ podSelector: {}, policyTypes: [Ingress] }', '# warning: blocked-port # warning: blocked-port', 'deny')}`,
    'two policies, and neither lets it in': `${light()}---${policy('{ podSelector: {} }', '# warning: blocked-port', 'deny')}---${policy(of('ingress: [{ ports: [{ port: 8080 }] }]'))}`,
  },
});
