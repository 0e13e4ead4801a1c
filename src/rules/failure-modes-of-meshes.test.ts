import { all, pods, selects, service, testModes } from '../testing/test-modes.ts';

const istioGateway = (number: number, gateway = 'gate'): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${gateway}, namespace: harbour }
spec:
  selector: { app: pier }
  servers: [{ port: { number: ${number}, name: http, protocol: HTTP }, hosts: ["*"] }]
`;
const virtual = (destination: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: pier, namespace: harbour }
spec: { hosts: [pier.example.com], gateways: [gate], http: [{ route: [{ destination: { ${destination} } }] }] }
`;
const injected = (container: string): string =>
  pods(container, '', 'app: pier, sidecar.istio.io/inject: "true"');
const proxy = pods('image: auto').replace('name: pier, image', 'name: istio-proxy, image');
const two = `${selects}, ports: [{ name: http, port: 8000, targetPort: 80 }, { name: admin, port: 9000, targetPort: 80 }]`;
const rollout = (active: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: pier, namespace: harbour }
spec:
  strategy: { blueGreen: { activeService: ${active} } }
  template: { metadata: { labels: { app: pier } }, spec: { containers: [{ name: pier, image: nginx:1.27 }] } }
`;
const knative = (container: string): string => `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec: { template: { spec: { containers: [{ ${container} }] } } }
`;
const web = service(`${selects}, ports: [{ name: http, port: 8000, targetPort: 80 }]`);
const shut = 'image: grafana/grafana:11.1.0, env: [{ name: GF_SERVER_HTTP_ADDR, value: 127.0.0.1 }]';

testModes({
  'G6 a server of a Gateway that the Service of the proxies does not carry': {
    rule: 'unexposed-listener',
    broken: all(
      istioGateway(18222),
      proxy,
      service(`${selects}, ports: [{ name: http, port: 80, targetPort: 8080 }]`),
    ),
    fixed: all(
      istioGateway(80),
      proxy,
      service(`${selects}, ports: [{ name: http, port: 80, targetPort: 8080 }]`),
    ),
  },
  'I6 a port whose name has its protocol behind': {
    rule: 'mesh-protocol-name',
    broken: all(
      service(`${selects}, ports: [{ name: query-http, port: 80, targetPort: 80 }]`),
      injected('image: nginx:1.27'),
    ),
    fixed: all(
      service(`${selects}, ports: [{ name: http-query, port: 80, targetPort: 80 }]`),
      injected('image: nginx:1.27'),
    ),
  },
  'I7 a process on a port of the proxy': {
    rule: 'reserved-mesh-port',
    broken: injected('image: traefik/whoami:v1.10, args: [--port=15001]'),
    fixed: injected('image: traefik/whoami:v1.10, args: [--port=15080]'),
  },
  'I8 a process on loopback behind the proxy': {
    rule: 'loopback-only-listener',
    broken: all(service(`${selects}, ports: [{ name: http, port: 80, targetPort: 3000 }]`), injected(shut)),
    fixed: all(
      service(`${selects}, ports: [{ name: http, port: 80, targetPort: 3000 }]`),
      injected(shut.replace('127.0.0.1', '0.0.0.0')),
    ),
  },
  'S-159 a destination with the port of the Pods': {
    rule: 'undefined-backend-port',
    broken: all(virtual('host: pier, port: { number: 80 }'), web, pods('image: nginx:1.27')),
    fixed: all(virtual('host: pier, port: { number: 8000 }'), web, pods('image: nginx:1.27')),
  },
  'S-160 a destination without a port before a Service with several': {
    rule: 'missing-backend-ref-port',
    broken: all(istioGateway(80), virtual('host: pier'), service(two), pods('image: nginx:1.27')),
    fixed: all(istioGateway(8000), virtual('host: pier'), service(two), pods('image: nginx:1.27')),
  },
  'S-161 a destination that no Service is called': {
    rule: 'undefined-backend-service',
    broken: all(virtual('host: peir.harbour.svc.cluster.local'), web, pods('image: nginx:1.27')),
    fixed: all(virtual('host: pier.harbour.svc.cluster.local'), web, pods('image: nginx:1.27')),
  },
  'S-175 A1 a Service of Knative whose image does not read PORT': {
    rule: 'unbound-knative-port',
    broken: knative('image: nginx:1.27'),
    fixed: knative('image: nginx:1.27, ports: [{ containerPort: 80 }]'),
  },
  'S-176 a Rollout that names a Service that is not there': {
    rule: 'undefined-backend-service',
    broken: all(rollout('peir'), web),
    fixed: all(rollout('pier'), web),
  },
});
