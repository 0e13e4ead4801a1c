import { testRule } from '../testing/test-rule.ts';
import rule from './unforwarded-request.ts';

const MARK = '# warning: unforwarded-request';

const route = (rule: string, kind = 'HTTPRoute', parent = '{ name: gate }'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: bakery, namespace: harbour }
spec:
  parentRefs: [${parent}]
  hostnames: [bakery.example.com]
  rules:
    - ${rule}
    - backendRefs: [{ name: bakery, port: 80 }]
`;
const service = `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [{ port: 80 }] }
`;
const virtualService = (http: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bakery, namespace: harbour }
spec:
  hosts: [bakery]
  http:
    - ${http}
`;
const ingressRoute = (routes: string, more = ''): string => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: bakery, namespace: harbour }
spec:
  routes:
    - ${routes}
${more}`;
const PART = `---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: part, namespace: harbour }
spec:
  parentRefs: [{ name: bakery }]
  routes: [{ match: PathPrefix(\`/\`), services: [{ name: bakery, port: 80 }] }]
`;
const proxy = (one: string): string => `
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: bakery, namespace: harbour }
spec:
  virtualhost: { fqdn: bakery.example.com }
  routes:
    - ${one}
`;
const openShift = (weights: string): string => `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: bakery, namespace: harbour }
spec:
  ${weights}
`;

const PATH = 'matches: [{ path: { type: PathPrefix, value: /old } }]';
const TO = 'route: [{ destination: { host: bakery } }]';

testRule(rule, {
  accepts: {
    'a redirect answers': `${route(`${PATH}\n      filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]`)}---${service}`,
    'a filter of the implementation may answer': `${route(`${PATH}\n      filters: [{ type: ExtensionRef, extensionRef: { group: a.example.com, kind: DirectResponse, name: a } }]`)}---${service}`,
    'one of two backends has a share': `${route(`${PATH}\n      backendRefs: [{ name: bakery, port: 80, weight: 0 }, { name: bakery, port: 80 }]`)}---${service}`,
    'Contour shares alike what has no weight': `${proxy('services: [{ name: bakery, port: 80, weight: 0 }]')}---${service}`,
    'in a mesh': `${route(PATH, 'HTTPRoute', '{ group: "", kind: Service, name: bakery }')}---${service}`,
    'Istio answers by itself': `${virtualService('redirect: { uri: / }')}---${virtualService('directResponse: { status: 403 }').replace('name: bakery,', 'name: other,')}`,
    'Istio fails half of the requests': `${virtualService(`fault: { abort: { percentage: { value: 50 }, httpStatus: 503 } }\n      ${TO}`)}---${service}`,
    'Istio hands on': virtualService('delegate: { name: part }'),
    'Traefik asks for no share of a single service': `${ingressRoute('match: Host(`a`)\n      services: [{ name: bakery, port: 80, weight: 0 }]')}---${service}`,
    'Traefik leaves the services to the parts of a route': `${ingressRoute('match: Host(`a`)', PART)}---${service}`,
    'Contour answers by itself': `${proxy('requestRedirectPolicy: { hostname: a.example.com }')}---${proxy('directResponsePolicy: { statusCode: 404 }').replace('name: bakery,', 'name: other,')}`,
  },
  rejects: {
    'no backends': `${route(`${PATH.replace('matches:', `matches: ${MARK}\n       `)}`)}---${service}`,
    'an empty list of them': `${route(`backendRefs: [] ${MARK}`)}---${service}`,
    'a filter that only changes the request': `${route(`filters: ${MARK}\n        - { type: RequestHeaderModifier, requestHeaderModifier: { remove: [a] } }`)}---${service}`,
    'no backends of GRPCRoutes': `${route(`matches: [{ method: { service: a.B } }] ${MARK}`, 'GRPCRoute')}---${service}`,
    'of requests with a header': `${route(`matches: [{ headers: [{ name: a, value: b }] }] ${MARK}`)}---${service}`,
    'weights of 0 alone': `${route(`backendRefs: [{ name: bakery, port: 80, weight: 0 }] ${MARK}`)}---${service}`,
    'Istio without anything': virtualService(`match: [{ uri: { prefix: /old } }] ${MARK}`),
    'Istio fails all requests': `${virtualService(`fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } } # info: unforwarded-request\n      ${TO}`)}---${service}`,
    'Traefik with middlewares alone': ingressRoute(
      `match: Host(\`a\`) ${MARK}\n      middlewares: [{ name: a }]`,
    ),
    'Traefik with several services of weight 0': `${ingressRoute(`match: Host(\`a\`)\n      services: [{ name: bakery, port: 80, weight: 0 }, { name: bakery, port: 80, weight: 0 }] ${MARK}`)}---${service}`,
    'Contour without services': proxy(`conditions: [{ prefix: /old }] ${MARK}`),
    'OpenShift with weight 0': `${openShift(`to: { kind: Service, name: bakery, weight: 0 } ${MARK}`)}---${service}`,
  },
});
