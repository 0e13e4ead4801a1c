import { testRule } from '../testing/test-rule.ts';
import rule from './mesh-protocol-name.ts';

const namespace = `
apiVersion: v1
kind: Namespace
metadata: { name: harbour, labels: { istio-injection: enabled } }
`;
const service = (port: string, { name = 'library', protocol = 'TCP' } = {}): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: harbour }
spec:
  selector: { app: library }
  ports:
    - port: 80
      targetPort: 8080
      protocol: ${protocol}
      ${port}
`;
const pod = (image = 'example.com/library', container = 'library'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: library, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: library } }
    spec: { containers: [{ name: ${container}, image: "${image}" }] }
`;
const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: library, namespace: harbour }
spec: { hosts: [library], http: [{ route: [{ destination: { host: library } }] }] }
`;
const inMesh = (port: string, workload = pod()): string => `${service(port)}---${workload}---${namespace}`;
const INFO = '# info: mesh-protocol-name';
const WARNING = '# warning: mesh-protocol-name';
const redis = pod('redis:7.4').replace('library, image', 'library, args: [--port, "8080"], image');

testRule(rule, {
  accepts: {
    'S-164 I6 the protocol comes first': inMesh('name: http-web'),
    'S-164 the protocol alone': inMesh('name: grpc'),
    'S-164 the case of letters': inMesh('name: HTTP-web'),
    'S-164 gRPC-Web': inMesh('name: grpc-web-api'),
    'S-164 a name that promises nothing': inMesh('name: web'),
    'S-164 a name for something else than its protocol': inMesh('name: metrics-redis'),
    'S-164 a port whose number tells': inMesh('name: dns-tcp').replace('port: 80', 'port: 53'),
    'S-164 UDP stays what it is': `${service('name: query-http', { protocol: 'UDP' })}---${pod()}---${namespace}`,
    'S-164 Kubernetes has words of its own': inMesh('name: query-http\n      appProtocol: kubernetes.io/h2c'),
    'S-165 an appProtocol that Istio knows': inMesh('name: query-http\n      appProtocol: http'),
    'S-165 an appProtocol instead of a name that tells nothing': inMesh(
      'name: web\n      appProtocol: example.com/v2',
    ),
    'settings for a Service outside the mesh': `${service('name: query-http')}---${pod()}---${route.replace(/VirtualService/, 'DestinationRule').replace(/spec: .*/, 'spec: { host: library }')}`,
    'I6 a Pod that stays out of the mesh':
      `${inMesh('name: http-web')}---${service('name: tcp-web', { name: 'other' })}`.replace(
        'labels: { app: library } }',
        'labels: { app: library }, annotations: { sidecar.istio.io/inject: "false" } }',
      ),
    'no mesh': `${service('name: query-http')}---${pod()}`,
    'a gateway of Istio': inMesh('name: query-http', pod('auto', 'istio-proxy')),
    'I6 the process speaks what the name says': inMesh('name: http-web', pod('nginxinc/nginx-unprivileged')),
    'I6 raw TCP is never wrong': inMesh('name: tcp-web', pod('nginxinc/nginx-unprivileged')),
    'S-166 two Services that agree': `${inMesh('name: http-web')}---${service('name: http2-web', { name: 'reading-room' })}`,
    'S-166 two Services, one of which tells nothing': `${inMesh('name: http-web')}---${service('name: web', { name: 'reading-room' })}`,
  },
  rejects: {
    'S-164 I6 the protocol comes last': inMesh(`name: query-http ${INFO}`),
    'S-164 I6 something is glued to it': inMesh(`name: httpport2 ${INFO}`),
    'I6 a Service that a VirtualService leads to': `${service(`name: web-http ${INFO}`)}---${route}`,
    'S-165 an appProtocol takes the place of the name': inMesh(
      `name: http\n      appProtocol: example.com/v2 ${INFO}`,
    ),
    'I6 HTTP by name, and the process speaks something else': inMesh(`name: http-web ${WARNING}`, redis),
    'I6 https by name, and the process speaks plain HTTP': inMesh(
      `name: https-web ${WARNING}`,
      pod('nginxinc/nginx-unprivileged'),
    ),
    'S-166 two Services that do not agree on one port': `${inMesh('name: http-web')}---${service(`name: tcp-web ${WARNING}`, { name: 'reading-room' })}`,
  },
});
