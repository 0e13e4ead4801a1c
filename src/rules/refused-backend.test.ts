import { testRule } from '../testing/test-rule.ts';
import rule from './refused-backend.ts';

const MARK = '# error: refused-backend';
const route = (service: string): string => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: bakery, namespace: harbour }
spec:
  routes:
    - kind: Rule
      match: Host(\`bakery.example.com\`)
      services:
        - port: 80
          ${service.split('\n').join('\n          ')}
`;
const service = (spec = '', namespace = 'harbour'): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: ${namespace} }
spec: { ${spec} selector: { app: bakery }, ports: [{ name: web, port: 80 }] }
`;
const traefik = (flag = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: traefik, namespace: gate }
spec:
  template:
    spec:
      containers:
        - name: traefik
          image: traefik:v3.4
          args: ["--entryPoints.web.address=:8000", "${flag}"]
`;
const across = (mark = ''): string => route(`name: bakery\nnamespace: yard ${mark}`);

testRule(rule, {
  accepts: {
    'S-145 a scheme that Traefik knows': `${route('name: bakery\nscheme: h2c')}---${service()}`,
    'S-141 nativeLB for a Service with a cluster IP': `${route('name: bakery\nnativeLB: true')}---${service()}`,
    'S-141 a headless Service without nativeLB': `${route('name: bakery')}---${service('clusterIP: None,')}`,
    'S-146 another namespace, and no Traefik in the input': `${across()}---${service('', 'yard')}`,
    'S-146 another namespace that is allowed': `${across()}---${service('', 'yard')}---${traefik('--providers.kubernetescrd.allowCrossNamespace=true')}`,
    'S-144 a TraefikService': `${route('name: bakery\nkind: TraefikService')}---${service()}`,
  },
  rejects: {
    'S-145 a scheme that Traefik does not know': `${route(`name: bakery\nscheme: grpc ${MARK}`)}---${service()}`,
    'S-145 one that nothing is near to': `${route(`name: bakery\nscheme: boat ${MARK}`)}---${service()}`,
    'S-141 nativeLB for a headless Service': `${route(`name: bakery ${MARK}\nnativeLB: true`)}---${service('clusterIP: None,')}`,
    'S-146 F1 another namespace that is not allowed': `${across(MARK)}---${service('', 'yard')}---${traefik()}`,
    'S-144 a kind that is no Service': `${route(`name: bakery ${MARK}\nkind: Deployment`)}---${service()}`,
    'a copy of the traffic is lost without notice': `
apiVersion: traefik.io/v1alpha1
kind: TraefikService
metadata: { name: ovens, namespace: harbour }
spec:
  mirroring:
    name: bakery
    port: 80
    mirrors:
      - name: bakery
        port: 80
        scheme: grpc # warning: refused-backend
---${service()}`,
  },
});
