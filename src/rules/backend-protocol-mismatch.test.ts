import { testRule } from '../testing/test-rule.ts';
import rule from './backend-protocol-mismatch.ts';

const MARK = '# warning: backend-protocol-mismatch';
const PROTOCOL = 'nginx.ingress.kubernetes.io/backend-protocol';
const SCHEME = 'traefik.ingress.kubernetes.io/service.serversscheme';

const ingress = (className: string, port: string, annotation = ''): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gate
  ${annotation && `annotations:\n    ${annotation}`}
spec:
  ${className && `ingressClassName: ${className}`}
  defaultBackend:
    service:
      name: pier
      port: ${port}
`;
const service = (port: string, annotation = ''): string => `
apiVersion: v1
kind: Service
metadata:
  name: pier
  ${annotation && `annotations:\n    ${annotation}`}
spec:
  selector: { app: pier }
  ports:
    - ${port}
`;
const pod = (image: string, ports = '', more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: pier, labels: { app: pier } }
spec: { containers: [{ name: pier, image: ${image}, ports: [${ports}]${more} }] }
`;
const own = 'ghcr.io/example/pier';
const cases = (...documents: string[]): string => documents.join('---');

const balanced = (annotations: string, targetPort: string): string =>
  service(`{ port: 443, targetPort: ${targetPort}`, annotations).replace(
    'selector:',
    'type: LoadBalancer\n  selector:',
  );
const AWS = 'service.beta.kubernetes.io/aws-load-balancer';
const CERTIFICATE = `${AWS}-ssl-cert: arn:aws:acm:eu-west-1:1:certificate/a`;

const route = (kind: string, port: number, className = 'outside', listener = 'protocol: HTTP'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: gate }
spec:
  parentRefs: [{ name: gate }]
  rules:
    - backendRefs:
        - name: pier
          port: ${port}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate }
spec:
  gatewayClassName: ${className}
  listeners:
    - name: in
      port: 8443
      ${listener}
`;
const passing = `protocol: TLS
      tls: { mode: Passthrough }`;
const ingressRoute = (port: string, more = '', kind = 'IngressRoute'): string => `
apiVersion: traefik.io/v1alpha1
kind: ${kind}
metadata: { name: gate }
spec:
  routes:
    - kind: Rule
      match: HostSNI(\`*\`)
      services:
        - name: pier
          port: ${port}
          ${more}
`;
const openShiftRoute = (termination: string): string => `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: gate }
spec:
  to: { kind: Service, name: pier }
  port:
    targetPort: web
  tls:
    termination: ${termination}
`;
const httpProxy = (port: number | string, more = ''): string => `
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: gate }
spec:
  virtualhost: { fqdn: pier.example.com }
  routes:
    - services:
        - name: pier
          port: ${port}
          ${more}
`;
const httpPod = pod(own, '{ name: http, containerPort: 8080 }');
const httpsPod = pod(own, '{ name: https, containerPort: 8443 }');
const CONTOUR = 'projectcontour.io/upstream-protocol.tls';

const argo = (port: string, annotation = '', args = ''): string =>
  cases(
    ingress('nginx', port, annotation),
    service('{ port: 80, targetPort: 8080 }'),
    pod('quay.io/argoproj/argocd:v2.13.0', '', `, args: [argocd-server${args}]`),
  );

testRule(rule, {
  accepts: {
    'a load balancer ends TLS before a port without it': cases(
      balanced(CERTIFICATE, 'http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'it speaks TLS again to one with it': cases(
      balanced(`${CERTIFICATE}\n    ${AWS}-backend-protocol: ssl`, 'https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'it ends TLS on other ports': cases(
      balanced(`${CERTIFICATE}\n    ${AWS}-ssl-ports: "8443"`, 'https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'it passes TLS on': cases(
      balanced(`${AWS}-type: nlb`, 'https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'Argo CD that is told to speak plain HTTP': argo('{ number: 80 }', '', ', --insecure'),
    'Argo CD by HTTPS': argo('{ number: 80 }', `${PROTOCOL}: HTTPS`),
    'Argo CD whose setting is not in the input': argo(
      '{ number: 80 }',
      '',
      '], env: [{ name: ARGOCD_SERVER_INSECURE, valueFrom: { configMapKeyRef: { name: params, key: insecure } } }',
    ),
    'A15 fixed: an Ingress to the port that speaks HTTP': cases(
      ingress('traefik', '{ number: 80 }'),
      service('{ port: 80 }'),
      pod('nginx'),
    ),
    'S-145 a scheme for a port that is called so': cases(
      ingressRoute('web', 'scheme: https'),
      service('{ name: web, port: 80, targetPort: https }'),
      httpsPod,
    ),
    'S-145 port 443 needs no scheme': cases(
      ingressRoute('443'),
      service('{ port: 443, targetPort: https }'),
      httpsPod,
    ),
    'S-145 nor does a scheme that says otherwise': cases(
      ingressRoute('443', 'scheme: http'),
      service('{ port: 443, targetPort: http }'),
      httpPod,
    ),
    'S-145 TCP is carried as it is': cases(
      ingressRoute('5432', '', 'IngressRouteTCP'),
      service('{ port: 5432 }'),
      pod('postgres:16'),
    ),
    'S-145 even where port 443 is not one for TLS': cases(
      ingressRoute('443', '', 'IngressRouteTCP'),
      service('{ port: 443, targetPort: http }'),
      httpPod,
    ),
    'S-171 TLS that ends at the router': cases(
      openShiftRoute('edge'),
      service('{ name: web, port: 443, targetPort: http }'),
      httpPod,
    ),
    'S-171 TLS that begins anew': cases(
      openShiftRoute('reencrypt'),
      service('{ name: web, port: 443, targetPort: https }'),
      httpsPod,
    ),
    'S-173 port 443 means nothing to Contour': cases(
      httpProxy(443),
      service('{ port: 443, targetPort: http }'),
      httpPod,
    ),
    'S-173 the protocol of the route': cases(
      httpProxy(443, 'protocol: tls'),
      service('{ port: 443, targetPort: https }'),
      httpsPod,
    ),
    'S-173 the annotation of the Service': cases(
      httpProxy(443),
      service('{ name: web, port: 443, targetPort: https }', `${CONTOUR}: "80, web"`),
      httpsPod,
    ),
    'S-173 the appProtocol of the port': cases(
      httpProxy(443),
      service('{ port: 443, targetPort: https, appProtocol: https }'),
      httpsPod,
    ),
    'a TCPRoute to a database': cases(
      route('TCPRoute', 5432, 'outside', 'protocol: TCP'),
      service('{ port: 5432 }'),
      pod('postgres:16'),
    ),
    'S-157 an appProtocol that Traefik knows': cases(
      route('HTTPRoute', 443, 'traefik'),
      service('{ port: 443, targetPort: http, appProtocol: http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'S-157 another implementation makes its own choice': cases(
      route('HTTPRoute', 443),
      service('{ port: 443, targetPort: http, appProtocol: tcp }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'S-157 nor does another one speak HTTPS to port 443': cases(
      route('HTTPRoute', 443),
      service('{ port: 443, targetPort: http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'S-157 a GRPCRoute to a port for gRPC': cases(
      route('GRPCRoute', 80, 'traefik'),
      service('{ port: 80, targetPort: grpc }'),
      pod(own, '{ name: grpc, containerPort: 8080 }'),
    ),
    'G9 TLS that passes to a port for TLS': cases(
      route('TLSRoute', 443, 'outside', passing),
      service('{ port: 443, targetPort: https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'G9 TLS that ends at the listener': cases(
      route('TLSRoute', 80, 'outside', passing.replace('Passthrough', 'Terminate')),
      service('{ port: 80, targetPort: http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'HTTP to a web server': cases(ingress('nginx', '{ number: 80 }'), service('{ port: 80 }'), pod('nginx')),
    'S-131 HTTPS to a port that is called so': cases(
      ingress('nginx', '{ number: 443 }', `${PROTOCOL}: "HTTPS"`),
      service('{ name: https, port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'NGINX of F5 speaks HTTPS to what a list names': cases(
      ingress('nginx', '{ name: https }', 'nginx.org/ssl-services: "quay,pier"'),
      service('{ name: https, port: 443 }'),
    ),
    'NGINX of F5 speaks gRPC to what a list names': cases(
      ingress('nginx', '{ name: grpc }', 'nginx.org/grpc-services: pier'),
      service('{ name: grpc, port: 50051 }'),
    ),
    'S-131 the word in any case': cases(
      ingress('nginx', '{ number: 443 }', `${PROTOCOL}: https`),
      service('{ name: https, port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'S-131 a controller that finds out by itself': cases(
      ingress('nginx', '{ number: 443 }', `${PROTOCOL}: AUTO_HTTP`),
      service('{ name: https, port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'S-132 TLS that is passed through': cases(
      ingress('nginx', '{ number: 443 }', 'nginx.ingress.kubernetes.io/ssl-passthrough: "true"'),
      service('{ name: https, port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'a Service port called https that ends at a port called http': cases(
      ingress('nginx', '{ number: 443 }'),
      service('{ name: https, port: 443, targetPort: http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'a Service port called https that ends at 8080': cases(
      ingress('nginx', '{ number: 443 }'),
      service('{ name: https, port: 443, targetPort: 8080 }'),
      pod(own),
    ),
    '8443 alone says nothing': cases(
      ingress('nginx', '{ number: 8443 }'),
      service('{ port: 8443 }'),
      pod(own),
    ),
    'HTTP to an image whose settings decide over TLS': cases(
      ingress('nginx', '{ number: 9200 }'),
      service('{ port: 9200 }'),
      pod('elasticsearch:9.1.0'),
    ),
    'HTTPS to an image whose settings decide over TLS': cases(
      ingress('nginx', '{ number: 9200 }', `${PROTOCOL}: HTTPS`),
      service('{ port: 9200 }'),
      pod('elasticsearch:9.1.0'),
    ),
    'facts of the image go before names': cases(
      ingress('nginx', '{ number: 443 }'),
      service('{ name: https, port: 443, targetPort: 80 }'),
      pod('nginx'),
    ),
    'gRPC with its annotation': cases(
      ingress('nginx', '{ number: 9000 }', `${PROTOCOL}: GRPC`),
      service('{ name: grpc, port: 9000 }'),
      pod(own),
    ),
    'grpc-web is HTTP': cases(
      ingress('nginx', '{ number: 9000 }'),
      service('{ name: grpc-web, port: 9000 }'),
      pod(own),
    ),
    'GRPC may share a port with HTTP': cases(
      ingress('nginx', '{ number: 80 }', `${PROTOCOL}: GRPC`),
      service('{ name: http, port: 80 }'),
      pod(own),
    ),
    'S-138 Traefik goes by 443': cases(
      ingress('traefik', '{ number: 443 }'),
      service('{ port: 443, targetPort: https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'S-138 Traefik goes by the name': cases(
      ingress('traefik', '{ number: 8443 }'),
      service('{ name: https-ui, port: 8443 }'),
      pod(own),
    ),
    'S-138 the scheme on the Service': cases(
      ingress('traefik', '{ number: 8443 }'),
      service('{ name: ui, port: 8443, targetPort: https }', `${SCHEME}: https`),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'S-138 on both': cases(
      ingress('traefik', '{ number: 8443 }', `${SCHEME}: https`),
      service('{ name: ui, port: 8443 }', `${SCHEME}: https`),
    ),
    'S-131 443 to a port that is not one of HTTPS': cases(
      ingress('nginx', '{ number: 443 }'),
      service('{ port: 443, targetPort: 8080 }'),
      pod(own),
    ),
    'an annotation for Traefik on an Ingress that ingress-nginx serves': cases(
      ingress('nginx', '{ number: 80 }', `${SCHEME}: https`),
      service('{ port: 80 }'),
      pod(own),
    ),
    'a controller that is not known': cases(
      ingress('', '{ number: 443 }'),
      service('{ name: https, port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'what an Ingress does not reach': cases(
      ingress('nginx', '{ number: 80 }'),
      service('{ port: 81 }'),
      pod('redis'),
    ),
    'the management page of a broker': cases(
      ingress('nginx', '{ number: 15672 }'),
      service('{ port: 15672 }'),
      pod('rabbitmq:3-management'),
    ),
    'a port that the process is known not to open': cases(
      ingress('', '{ number: 80 }'),
      service('{ port: 80, targetPort: 6380 }'),
      pod('redis', '', ', args: ["--port", "6379"]'),
    ),
  },
  rejects: {
    'a load balancer ends TLS before a port that wants it': cases(
      balanced(CERTIFICATE, `https } ${MARK}`),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'it speaks TLS again to a port without it': cases(
      balanced(`${CERTIFICATE}\n    ${AWS}-backend-protocol: https`, `http } ${MARK}`),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'a program that sends plain HTTP to HTTPS': argo(`{ number: 80 } ${MARK}`),
    'TLS to one that speaks plain HTTP alone': argo(
      '{ number: 80 }',
      `${PROTOCOL}: HTTPS ${MARK}`,
      ', --insecure',
    ),
    'S-145 F4 no scheme for a port of TLS': cases(
      ingressRoute(`8443 ${MARK}`),
      service('{ port: 8443, targetPort: https }'),
      httpsPod,
    ),
    'S-145 F4 the annotation is for Ingresses alone': cases(
      ingressRoute(`8443 ${MARK}`),
      service('{ port: 8443, targetPort: https }', `${SCHEME}: https`),
      httpsPod,
    ),
    'S-145 port 443 before a port without TLS': cases(
      ingressRoute('443'),
      service(`{ port: 443, targetPort: http } ${MARK}`),
      httpPod,
    ),
    'S-145 a scheme for a port without TLS': cases(
      ingressRoute('80', `scheme: https ${MARK}`),
      service('{ port: 80, targetPort: http }'),
      httpPod,
    ),
    'S-171 TLS that passes to a port without TLS': cases(
      openShiftRoute(`passthrough ${MARK}`),
      service('{ name: web, port: 443, targetPort: http }'),
      httpPod,
    ),
    'S-171 plain HTTP to a port for TLS': cases(
      openShiftRoute(`edge ${MARK}`),
      service('{ name: web, port: 443, targetPort: https }'),
      httpsPod,
    ),
    'S-173 plain HTTP to a port for TLS': cases(
      httpProxy(`443 ${MARK}`),
      service('{ port: 443, targetPort: https }'),
      httpsPod,
    ),
    'S-173 an appProtocol of another word settles it': cases(
      httpProxy(443),
      service(`{ name: web, port: 443, targetPort: https, appProtocol: tcp } ${MARK}`, `${CONTOUR}: web`),
      httpsPod,
    ),
    'S-173 an annotation for a port without TLS': cases(
      httpProxy(80),
      service('{ name: web, port: 80, targetPort: http }', `${CONTOUR}: "80" ${MARK}`),
      httpPod,
    ),
    'an HTTPRoute to a database': cases(
      route('HTTPRoute', 5432).replace('port: 5432', `port: 5432 ${MARK}`),
      service('{ port: 5432 }'),
      pod('postgres:16'),
    ),
    'S-157 an appProtocol that Traefik does not know': cases(
      route('HTTPRoute', 80, 'traefik'),
      service(`{ port: 80, appProtocol: tcp } ${MARK}`),
    ),
    'S-157 Traefik speaks HTTPS to port 443': cases(
      route('HTTPRoute', 443, 'traefik'),
      service(`{ port: 443, targetPort: http } ${MARK}`),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'S-157 Traefik speaks HTTP to a port for TLS': cases(
      route('HTTPRoute', 80, 'traefik').replace('port: 80\n', `port: 80 ${MARK}\n`),
      service('{ port: 80, targetPort: https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'G9 TLS that passes to a port without TLS': cases(
      route('TLSRoute', 443, 'outside', passing.replace('Passthrough }', `Passthrough } ${MARK}`)),
      service('{ port: 443, targetPort: http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'S-131 a port called https without the annotation': cases(
      ingress('nginx', `{ number: 443 } ${MARK}`),
      service('{ name: https, port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'S-131 the Pod calls its port https': cases(
      ingress('nginx', `{ number: 80 } ${MARK}`),
      service('{ port: 80, targetPort: https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'S-131 443 to 8443 without a name': cases(
      ingress('nginx', `{ number: 443 } ${MARK}`),
      service('{ port: 443, targetPort: 8443 }'),
      pod(own),
    ),
    'S-022 appProtocol is read by people': cases(
      ingress('nginx', `{ number: 9443 } ${MARK}`),
      service('{ port: 9443, appProtocol: https }'),
      pod(own),
    ),
    'S-131 a word that ingress-nginx does not know is HTTP': cases(
      ingress('nginx', '{ number: 443 }', `${PROTOCOL}: TLS ${MARK}`),
      service('{ name: https, port: 443 }'),
      pod(own),
    ),
    'HTTPS to a web server without TLS': cases(
      ingress('nginx', '{ number: 80 }', `${PROTOCOL}: HTTPS ${MARK}`),
      service('{ port: 80 }'),
      pod('nginx'),
    ),
    'an annotation that is wrong for two paths, once': cases(
      ingress('nginx', '{ number: 80 }', `${PROTOCOL}: HTTPS ${MARK}`) +
        '  rules: [{ http: { paths: [{ path: /a, pathType: Prefix, backend: { service: { name: pier, port: { number: 80 } } } }] } }]\n',
      service('{ port: 80 }'),
      pod('nginx'),
    ),
    'two paths without the annotation': cases(
      ingress('nginx', `{ number: 443 } ${MARK}`) +
        `  rules: [{ http: { paths: [{ path: /a, pathType: Prefix, backend: { service: { name: pier, port: { number: 443 } } } }] } }] ${MARK}\n`,
      service('{ name: https, port: 443 }'),
      pod(own),
    ),
    'HTTPS to a port that the Pod calls http': cases(
      ingress('nginx', '{ number: 80 }', `${PROTOCOL}: HTTPS ${MARK}`),
      service('{ port: 80, targetPort: http }'),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'gRPC without its annotation': cases(
      ingress('nginx', `{ name: grpc } ${MARK}`),
      service('{ name: grpc, port: 9000 }'),
      pod(own),
    ),
    'S-138 Traefik speaks HTTPS to port 443': cases(
      ingress('traefik', '{ number: 443 }'),
      service(`{ port: 443, targetPort: http } ${MARK}`),
      pod(own, '{ name: http, containerPort: 8080 }'),
    ),
    'S-138 a port called https behind another name and number': cases(
      ingress('traefik', `{ number: 8443 } ${MARK}`),
      service('{ name: ui, port: 8443, targetPort: https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'S-138 the scheme on the Ingress': cases(
      ingress('traefik', '{ number: 8443 }', `${SCHEME}: https ${MARK}`),
      service('{ name: ui, port: 8443, targetPort: https }'),
      pod(own, '{ name: https, containerPort: 8443 }'),
    ),
    'S-131 the protocol on the Service': cases(
      ingress('nginx', '{ number: 443 }'),
      service('{ name: https, port: 443, targetPort: 8443 }', `${PROTOCOL}: HTTPS ${MARK}`),
      pod(own),
    ),
    'an Ingress to a database, whatever the controller': cases(
      ingress('', `{ number: 5432 } ${MARK}`),
      service('{ port: 5432 }'),
      pod('postgres:16'),
    ),
    'gRPC of an image whose ports are known': cases(
      ingress('nginx', `{ number: 9999 } ${MARK}`),
      service('{ port: 9999 }'),
      pod('stefanprodan/podinfo:6.7.1', '', ', args: ["--grpc-port=9999"]'),
    ),
    'A15 an Ingress to a cache': cases(
      ingress('traefik', `{ number: 80 } ${MARK}`),
      service('{ port: 80, targetPort: 6379 }'),
      pod('redis:7'),
    ),
  },
});
