import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './undefined-backend-port.ts';

const ingress = (port: string, more = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  ${more}
  defaultBackend:
    service:
      name: pier
      port: ${port}
`;
const service = (ports: string, spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  ${spec}
  selector: { app: pier }
  ports: [${ports}]
`;
const deployment = (ports: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec: { containers: [{ name: pier, image: ghcr.io/example/pier, ports: [${ports}] }] }
`;
const v1beta1 = (port: string): string => `
apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  backend:
    serviceName: pier
    servicePort: ${port}
`;
const ingressClass = (controller: string): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: outside }
spec: { controller: ${controller} }
`;
const MARK = '# error: undefined-backend-port';
const web = '{ name: web, port: 80, targetPort: 8080 }';

const httpRoute = (ref: string, kind = 'HTTPRoute'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: gate, namespace: harbour }
spec:
  rules:
    - backendRefs:
        - ${ref}
`;
const ingressRoute = (port: string): string => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: gate, namespace: harbour }
spec:
  routes:
    - kind: Rule
      match: Host(\`pier.example.com\`)
      services:
        - name: pier
          port: ${port}
`;
const virtualService = (port: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: gate, namespace: harbour }
spec:
  hosts: ["*"]
  http:
    - route:
        - destination:
            host: pier
            port:
              number: ${port}
`;
const destinationRule = (port: string): string => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: pier, namespace: harbour }
spec:
  host: pier
  trafficPolicy:
    portLevelSettings:
      - port: { number: ${port} }
`;
const openShiftRoute = (port: string): string => `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: gate, namespace: harbour }
spec:
  to: { kind: Service, name: pier }
  port:
    targetPort: ${port}
`;
const httpProxy = (port: string): string => `
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: gate, namespace: harbour }
spec:
  virtualhost: { fqdn: pier.example.com }
  routes:
    - services:
        - name: pier
          port: ${port}
`;

testRule(rule, {
  accepts: {
    'S-125 the targetPort, where nobody tells which controller it is': `${ingress('{ number: 8080 }')}---${service(web)}`,
    'S-159 settings for a Service port': `${destinationRule('80')}---${service(web)}`,
    'S-143 the name of a Service port, for Traefik': `${ingressRoute('web')}---${service(web)}`,
    'S-168 the number of the endpoint, for OpenShift': `${openShiftRoute('8080')}---${service(web)}`,
    'S-172 a name that spells the number, for Contour': `${httpProxy('8080')}---${service('{ name: "8080", port: 80 }')}`,
    'S-149 the Service port by its number': `${httpRoute('{ name: pier, port: 80 }')}---${service(web)}`,
    'S-150 another kind has ports of its own': `${httpRoute('{ kind: InferencePool, group: example.com, name: pier, port: 8080 }')}---${service(web)}`,
    'G2 a port that is left out is another mistake': `${httpRoute('{ name: pier }')}---${service(web)}`,
    'G4 and so is a namespace that does not permit it': `${httpRoute('{ name: pier, namespace: yard, port: 8080 }')}---${service(web).replace('harbour', 'yard')}`,
    'S-156 an ExternalName': `${httpRoute('{ name: pier, port: 443 }')}---${service('', 'type: ExternalName\n  externalName: pier.example.com')}`,
    'S-116 by number': `${ingress('{ number: 80 }')}---${service(web)}`,
    'S-116 by name': `${ingress('{ name: web }')}---${service(web)}`,
    'a Service that is not there is another mistake': `${ingress('{ number: 80 }')}---${service(web).replace('pier', 'quay')}`,
    'a nodePort is another mistake': `${ingress('{ number: 30080 }')}---${service('{ port: 80, nodePort: 30080 }', 'type: NodePort')}`,
    'S-001 a quoted number is another mistake': `${ingress('{ number: "80" }')}---${service(web)}`,
    'S-002 and so is a quoted Service port': `${ingress('{ number: 80 }')}---${service('{ port: "80" }')}`,
    'S-003 and so is what is no port number': `${ingress('{ number: 70000 }')}---${service(web)}`,
    'S-006 a name that no Ingress can hold is another mistake': `${ingress('{ name: http-public-metrics }')}---${service('{ name: http-public-metrics, port: 80 }')}`,
    'S-125 ingress-nginx takes the targetPort': `${ingress('{ number: 8080 }', 'ingressClassName: outside')}---${service(web)}---${ingressClass('k8s.io/ingress-nginx')}`,
    'S-122 a class called nginx may be ingress-nginx': `${ingress('{ number: 8080 }', 'ingressClassName: nginx')}---${service(web)}`,
    'S-130 an ExternalName needs no port': `${ingress('{ number: 443 }')}---${service('', 'type: ExternalName\n  externalName: pier.example.com')}`,
    'a number that is filled in before it is applied': `${ingress('{ number: "${PORT}" }')}---${service(web)}`,
    'a targetPort that is filled in may be the one, for lenient controllers': `${ingress('{ number: 8080 }')}---${service('{ name: web, port: 80, targetPort: "${PORT}" }')}`,
    'a Service port that is filled in may be the one': `${ingress('{ number: 81 }')}---${service('{ name: web, port: "${PORT}" }')}`,
  },
  rejects: {
    'S-159 the targetPort, for Istio': `${virtualService(`8080 ${MARK}`)}---${service(web)}`,
    'S-143 F1 the targetPort, for Traefik': `${ingressRoute(`8080 ${MARK}`)}---${service(web)}`,
    'S-143 F1 a number in quotes, for Traefik': `${ingressRoute(`"80" ${MARK}`)}---${service('{ port: 80 }')}`,
    'S-168 the number of the Service port, for OpenShift': `${openShiftRoute(`80 ${MARK}`)}---${service(web)}`,
    'S-168 the name of the targetPort, for OpenShift': `${openShiftRoute(`http ${MARK}`)}---${service('{ name: web, port: 80, targetPort: http }')}`,
    'S-172 the targetPort, for Contour': `${httpProxy(`8080 ${MARK}`)}---${service(web)}`,
    'S-172 a UDP port, for Contour': `${httpProxy(`53 ${MARK}`)}---${service('{ port: 53, protocol: UDP }')}`,
    'S-149 G3 the targetPort in a backendRef': `${httpRoute(`{ name: pier, port: 8080 } ${MARK}`)}---${service(web)}`,
    'S-155 one of two backends': `${httpRoute(`{ name: pier, port: 80 }\n        - { name: pier, port: 81 } ${MARK}`)}---${service(web)}`,
    'a UDP port in a TCPRoute': `${httpRoute(`{ name: pier, port: 53 } ${MARK}`, 'TCPRoute')}---${service('{ port: 53, protocol: UDP }')}`,
    'S-159 settings that are never applied': `${destinationRule(`8080 } ${MARK.replace('error', 'warning')}\n        tls: { mode: DISABLE`)}---${service(web)}`,
    'a mirror': `${httpRoute(`{ name: pier, port: 80, filters: [{ requestMirror: { backendRef: { name: pier, port: 8080 } } }] } ${MARK.replace('error', 'warning')}`)}---${service(web)}`,
    'S-137 Traefik takes no targetPort': `${ingress(`{ number: 8080 } ${MARK}`, 'ingressClassName: outside')}---${service(web)}---${ingressClass('traefik.io/ingress-controller')}`,
    'S-129 nor does ingress-nginx with service-upstream': `${ingress(
      `{ number: 8080 } ${MARK}`,
      'ingressClassName: outside',
    ).replace(
      'namespace: harbour',
      'namespace: harbour, annotations: { nginx.ingress.kubernetes.io/service-upstream: "true" }',
    )}---${service(web)}---${ingressClass('k8s.io/ingress-nginx')}`,
    'S-117 the targetPort by its name': `${ingress(`{ name: http } ${MARK}`, 'ingressClassName: traefik')}---${service('{ name: web, port: 80, targetPort: http }')}`,
    'the containerPort behind a named targetPort': `${ingress(`{ number: 8080 } ${MARK}`)}---${service('{ port: 80, targetPort: http }')}---${deployment('{ name: http, containerPort: 8080 }')}`,
    "the container's name of the targetPort": `${ingress(`{ name: http } ${MARK}`)}---${service(web)}---${deployment('{ name: http, containerPort: 8080 }')}`,
    'a container port that no Service port forwards to': `${ingress(`{ number: 9090 } ${MARK}`)}---${service(web)}---${deployment('{ containerPort: 9090 }')}`,
    'S-002 a number as name': `${ingress(`{ name: "80" } ${MARK}`)}---${service(web)}`,
    'S-123 a quoted servicePort is a name': `${v1beta1(`"80" ${MARK}`)}---${service(web)}`,
    'S-002 the targetPort as name': `${ingress(`{ name: "8080" } ${MARK}`)}---${service('{ port: 80, targetPort: 8080 }')}`,
    'a name that is spelled differently': `${ingress(`{ name: wbe } ${MARK}`)}---${service(web)}`,
    'nothing that is near': `${ingress(`{ number: 3000 } ${MARK}`)}---${service(`${web}, { port: 81 }`)}`,
    'a number that only ingress-nginx would take for a name': `${ingress(`{ number: 80 } ${MARK}`, 'ingressClassName: traefik')}---${service('{ name: "80", port: 8080 }')}`,
    'S-014 a headless Service without ports': `${ingress(`{ number: 80 } ${MARK}`)}---${service('', 'clusterIP: None')}`,
    'S-116 both a name and a number': `${ingress(`{ number: 80, name: web } ${MARK}`)}---${service(web)}`,
    'S-116 neither': `${ingress('{}').replace('name: pier', `name: pier ${MARK}`)}---${service(web)}`,
  },
});

test('a sibling that has the number is named, and the only port there is not offered', () => {
  const sibling = service('{ port: 9001 }').replace('name: pier,', 'name: pier-console,');
  const [found] = findingsOf(
    rule,
    sourcesOf([ingress('{ number: 9001 }'), service('{ port: 9000 }'), sibling].join('---')),
  );
  expect(found?.help).toEqual(['Service `harbour/pier-console` has port 9001']);
  expect(found?.fixes).toEqual([]);
});
