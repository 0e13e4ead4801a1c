import { testRule } from '../testing/test-rule.ts';
import rule from './unexposed-listener.ts';

const gateway = (
  port: string,
  more: { className?: string; addresses?: string; protocol?: string } = {},
): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  gatewayClassName: ${more.className ?? 'outside'}
  addresses: [${more.addresses ?? ''}]
  listeners:
    - name: web
      protocol: ${more.protocol ?? 'HTTP'}
      port: ${port}
`;
const gatewayClass = (controller: string): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: outside }
spec: { controllerName: ${controller} }
`;
const traefikClass = gatewayClass('traefik.io/gateway-controller');
const istioClass = gatewayClass('istio.io/gateway-controller');
const traefik = (args: string, more = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: traefik, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: traefik } }
    spec: { ${more} containers: [{ name: traefik, image: traefik:v3.1, args: [${args}] }] }
`;
const both = '--entryPoints.web.address=:8000/tcp, --entryPoints.dns.address=:5353/udp';
const service = (ports: string): string => `
apiVersion: v1
kind: Service
metadata: { name: traefik, namespace: harbour }
spec: { type: LoadBalancer, selector: { app: traefik }, ports: [${ports}] }
`;
const MARK = '# warning: unexposed-listener';
const hostname = '{ type: Hostname, value: traefik.harbour.svc.cluster.local }';

const streams = (entry: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: tcp-services, namespace: harbour }
data:
  ${entry}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: nginx } }
    spec:
      containers:
        - { name: nginx, image: registry.k8s.io/ingress-nginx/controller:v1.12.1, args: ["--tcp-services-configmap=harbour/tcp-services"] }
---
apiVersion: v1
kind: Service
metadata: { name: nginx, namespace: harbour }
spec: { type: LoadBalancer, selector: { app: nginx }, ports: [{ name: web, port: 80 }, { name: sql, port: 5432 }] }
---
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: harbour }
spec: { selector: { app: ledger }, ports: [{ port: 5432 }] }
`;

const istio = (
  number: string,
  ports = '{ name: http2, port: 80, targetPort: 8080 }, { name: status-port, port: 15021 }',
  { labels = '', pod = '' } = {},
): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  selector: { istio: ingressgateway }
  servers:
    - hosts: ["*"]
      port:
        name: tide
        protocol: HTTP
        number: ${number}
---
apiVersion: v1
kind: Service
metadata: { name: ingressgateway, namespace: istio-system, labels: { ${labels} } }
spec: { type: LoadBalancer, selector: { istio: ingressgateway }, ports: [${ports}] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingressgateway, namespace: istio-system }
spec:
  template:
    metadata: { labels: { istio: ingressgateway } }
    spec: { ${pod} containers: [{ name: istio-proxy, image: auto }] }
`;
const untranslated = { labels: 'experimental.istio.io/disable-gateway-port-translation: "true"' };

testRule(rule, {
  accepts: {
    'S-162 G6 a port of the Service, behind which Envoy listens': istio('80'),
    'S-162 G6 a port that Envoy listens on as it is, behind another of the Service': istio('8080'),
    'S-162 the number of the Pods, where a label says so': istio('8080', undefined, untranslated),
    'a proxy without Service': istio('9000').replace('kind: Service', 'kind: ConfigMap'),
    'a proxy on the network of its node': istio('9000', undefined, { pod: 'hostNetwork: true,' }),
    'S-135 E11 a port of tcp-services that the Service of the controller has': streams(
      '"5432": harbour/ledger:5432',
    ),
    'G5 the port of an entry point': `${gateway('8000')}---${traefikClass}---${traefik(both)}---${service('{ port: 80, targetPort: 8000 }')}`,
    'G5 the default ports of the chart': `${gateway('8443')}---${traefikClass}`,
    'a Traefik that may read a file': `${gateway('80')}---${traefikClass}---${traefik('--configFile=/etc/traefik.yaml, --entryPoints.web.address=:8000')}`,
    'an address that is not plain to see': `${gateway('80')}---${traefikClass}---${traefik('"--entryPoints.web.address=${ADDRESS}"')}`,
    'a Traefik on the network of its node': `${gateway('8000')}---${traefikClass}---${traefik(both, 'hostNetwork: true,')}---${service('{ port: 443, targetPort: 8443 }')}`,
    'a Traefik on a port of its node': `${gateway('8000')}---${traefikClass}---${traefik(both).replace('image:', 'ports: [{ containerPort: 8000, hostPort: 80 }], image:')}---${service('{ port: 443, targetPort: 8443 }')}`,
    'a Traefik without Service': `${gateway('8000')}---${traefikClass}---${traefik(both)}`,
    'another controller': `${gateway('80')}---${gatewayClass('example.com/gateway-controller')}---${traefik(both)}`,
    'a class that nothing tells of': `${gateway('80')}---${traefik(both)}`,
    'G6 a Service that Istio makes for the Gateway': `${gateway('8080')}---${istioClass}`,
    'S-163 G6 a port of the Service that Istio is bound to': `${gateway('80', { addresses: hostname })}---${istioClass}---${service('{ port: 80, targetPort: 8080 }')}`,
    'a Service that the input does not have': `${gateway('80', { addresses: hostname })}---${istioClass}`,
  },
  rejects: {
    'S-162 G6 a port that the Service of the proxies lacks': istio(`18222 ${MARK}`),
    'S-162 G6 a port of the Service, where a label makes it count for nothing': istio(
      `80 ${MARK}`,
      undefined,
      untranslated,
    ),
    'S-135 E11 a port of tcp-services that the Service of the controller lacks': streams(
      '"6379": harbour/ledger:5432 # warning: unexposed-listener',
    ),
    'G5 the port of the Service': `${gateway(`80 ${MARK}`)}---${traefikClass}---${traefik(both)}---${service('{ port: 80, targetPort: 8000 }')}`,
    'G5 without Traefik in the input': `${gateway(`443 ${MARK}`)}---${traefikClass}`,
    'G5 a class called traefik': gateway(`80 ${MARK}`, { className: 'traefik' }),
    'G5 a UDP listener on an entry point for TCP': `${gateway(`8000 ${MARK}`, { protocol: 'UDP' })}---${traefikClass}---${traefik(both)}`,
    'G6 an entry point that the Service does not carry': `${gateway(`8000 ${MARK}`)}---${traefikClass}---${traefik(both)}---${service('{ port: 53, targetPort: 5353, protocol: UDP }')}`,
    'S-163 G6 a port that the Service does not have': `${gateway(`8080 ${MARK}`, { addresses: hostname })}---${istioClass}---${service('{ port: 80, targetPort: 8080 }')}`,
  },
});
