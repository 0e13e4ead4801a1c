import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
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
const ingress = (controller: string, backend: string, annotation = ''): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: outside }
spec: { controller: ${controller} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gate
  namespace: harbour
  ${annotation && `annotations:\n    ${annotation}`}
spec:
  ingressClassName: outside
  defaultBackend:
    ${backend}
`;
const bucket = (mark = ''): string => `resource:\n      kind: StorageBucket\n      name: icons ${mark}`;
const nginx = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: gate, namespace: gate }
spec:
  template:
    spec:
      containers:
        - { name: gate, image: "registry.k8s.io/ingress-nginx/controller:v1.11.2", args: [--enable-ssl-passthrough=true] }
`;
const passing = (mark: string): string =>
  ingress(
    'k8s.io/ingress-nginx',
    `service: { name: bakery, port: { number: 80 } } ${mark}`,
    'nginx.ingress.kubernetes.io/ssl-passthrough: "true"',
  );

const action = (mark = ''): string => `service: { port: { name: use-annotation }, name: moved } ${mark}`;
const REDIRECT = `alb.ingress.kubernetes.io/actions.moved: '{"type":"redirect"}'`;

const virtualService = (subset: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bakery, namespace: harbour }
spec:
  hosts: [bakery]
  http:
    - route:
        - destination:
            host: bakery
            subset: ${subset}
`;
const subsets = (...names: string[]): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bakery, namespace: harbour }
spec: { host: bakery, subsets: [${names.map((name) => `{ name: ${name} }`).join()}] }
`;
const NODES = 'alb.ingress.kubernetes.io/target-type: instance';
const toBakery = (mark = ''): string => `service: { port: { number: 80 }, name: bakery } ${mark}`;

const gatewayRoute = (ref: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: bakery, namespace: harbour }
spec:
  rules: [{ backendRefs: [${ref}
      ] }]
`;

testRule(rule, {
  accepts: {
    'S-144 a kind that is no Service is told as a field': `${route('name: bakery\nkind: Deployment')}---${service()}`,
    'the kind that Traefik registers': gatewayRoute(
      '{ group: traefik.io, kind: TraefikService, name: oven }',
    ),
    'S-150 a kind of an implementation': gatewayRoute('{ group: example.com, kind: Backend, name: oven }'),
    'a route that another one hands on to': gatewayRoute(
      '{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: oven }',
    ),
    'S-161 a subset that a DestinationRule defines': `${virtualService('rye')}---${service()}---${subsets('oat', 'rye')}`,
    'a subset, and no DestinationRule in the input': `${virtualService('rye')}---${service()}`,
    'an AWS load balancer before Pods': `${ingress('ingress.k8s.aws/alb', toBakery(), NODES.replace('instance', 'ip'))}---${service()}`,
    'an AWS load balancer before nodes': `${ingress('ingress.k8s.aws/alb', toBakery(), NODES)}---${service('type: NodePort,')}`,
    'an action of AWS that an annotation defines': ingress('ingress.k8s.aws/alb', action(), REDIRECT),
    'S-115 a resource, for another controller': ingress('example.com/gate', bucket()),
    'S-132 TLS that passes to a Service with a cluster IP': `${passing('')}---${service()}---${nginx}`,
    'S-145 a scheme that Traefik knows': `${route('name: bakery\nscheme: h2c')}---${service()}`,
    'S-141 nativeLB for a Service with a cluster IP': `${route('name: bakery\nnativeLB: true')}---${service()}`,
    'S-141 a headless Service without nativeLB': `${route('name: bakery')}---${service('clusterIP: None,')}`,
    'S-146 another namespace, and no Traefik in the input': `${across()}---${service('', 'yard')}`,
    'S-146 another namespace that is allowed': `${across()}---${service('', 'yard')}---${traefik('--providers.kubernetescrd.allowCrossNamespace=true')}`,
    'S-144 a TraefikService': `${route('name: bakery\nkind: TraefikService')}---${service()}`,
  },
  rejects: {
    'S-154 a kind of the core group': gatewayRoute(`{ kind: Deployment, name: oven, port: 80 } ${MARK}`),
    'a kind that Traefik does not register': gatewayRoute(
      `{ group: traefik.io, kind: Middleware, name: oven } ${MARK}`,
    ),
    'S-154 a workload': gatewayRoute(`{ group: apps, kind: StatefulSet, name: oven, port: 80 } ${MARK}`),
    'S-154 the core group by a name that it has not': gatewayRoute(
      `{ group: core, kind: Service, name: oven, port: 80 } ${MARK}`,
    ),
    'S-154 a Service of the group of Gateways': gatewayRoute(
      `{ group: gateway.networking.k8s.io, kind: Service, name: oven, port: 80 } ${MARK}`,
    ),
    'S-161 a subset that its DestinationRule does not define': `${virtualService(`ry ${MARK}`)}---${service()}---${subsets('oat', 'rye')}`,
    'S-161 one that nothing is near to': `${virtualService(`v3 ${MARK}`)}---${service()}---${subsets('v1', 'v2')}`,
    'S-161 a copy of the traffic to a subset that is not there': `${virtualService('oat')}      mirror: { host: bakery, subset: rye } ${MARK.replace('error', 'warning')}\n---${service()}---${subsets('oat')}`,
    'an AWS load balancer before nodes that have no port': `${ingress('ingress.k8s.aws/alb', toBakery(MARK), NODES)}---${service()}`,
    'an action of AWS that no annotation defines': ingress('ingress.k8s.aws/alb', action(MARK)),
    'S-148 a resource, for Traefik': ingress('traefik.io/ingress-controller', bucket(MARK)),
    'S-134 a resource, for ingress-nginx': ingress('k8s.io/ingress-nginx', bucket(MARK)),
    'S-132 TLS that passes to a headless Service': `${passing(MARK)}---${service('clusterIP: None,')}---${nginx}`,
    'S-145 a scheme that Traefik does not know': `${route(`name: bakery\nscheme: grpc ${MARK}`)}---${service()}`,
    'S-145 one that nothing is near to': `${route(`name: bakery\nscheme: boat ${MARK}`)}---${service()}`,
    'S-141 nativeLB for a headless Service': `${route(`name: bakery ${MARK}\nnativeLB: true`)}---${service('clusterIP: None,')}`,
    'S-146 F1 another namespace that is not allowed': `${across(MARK)}---${service('', 'yard')}---${traefik()}`,
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

const subsetFindings = (text: string): [string, string[]][] =>
  findingsOf(rule, sourcesOf(text)).map(({ message, fixes = [] }) => [
    message,
    fixes.map(({ title }) => title),
  ]);

test('a subset that was misspelt is mended, and another version is not one that was misspelt', () => {
  const message = (name: string): string =>
    `VirtualService \`harbour/bakery\` sends traffic to Service \`harbour/bakery\`, by subset \`${name}\`, which no DestinationRule for it defines`;
  const find = (asked: string, ...there: string[]): [string, string[]][] =>
    subsetFindings(`${virtualService(asked)}---${service()}---${subsets(...there)}`);
  expect(find('stabel', 'canary', 'stable')).toEqual([[message('stabel'), ['take subset `stable`']]]);
  expect(find('v3', 'v1', 'v2')).toEqual([[message('v3'), []]]);
});

test('a subset of a host that a ServiceEntry makes known', () => {
  const abroad = [virtualService('rye'), subsets('oat')]
    .join('---')
    .replaceAll('host: bakery', 'host: mill.example.com');
  const entry = `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: mill, namespace: harbour }
spec: { hosts: [mill.example.com], ports: [{ number: 80, name: http, protocol: HTTP }] }
`;
  expect(subsetFindings(`${abroad}---${entry}`).map(([message]) => message)).toEqual([
    'VirtualService `harbour/bakery` sends traffic to ServiceEntry `harbour/mill`, by subset `rye`, which no DestinationRule for it defines',
  ]);
});
