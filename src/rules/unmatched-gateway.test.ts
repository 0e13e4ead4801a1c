import { testRule } from '../testing/test-rule.ts';
import rule from './unmatched-gateway.ts';

const gateway = (selector: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  selector: ${selector}
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]
`;
const proxy = (container: string, annotations = '{}', labels = '{ istio: ingressgateway }'): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: istio-system }
spec:
  template:
    metadata: { labels: ${labels}, annotations: ${annotations} }
    spec: { containers: [{ name: istio-proxy, ${container} }] }
`;
const ROUTER = 'image: "docker.io/istio/proxyv2:1.28.0", args: [proxy, router]';
const INJECTED = '{ inject.istio.io/templates: gateway }';
const WRONG = '{ istio: ingress } # warning: unmatched-gateway';

testRule(rule, {
  accepts: {
    'it selects the gateway': gateway('{ istio: ingressgateway }') + proxy(ROUTER),
    'no gateway is in the input': gateway('{ istio: ingress }'),
    'a sidecar written out is no gateway':
      gateway('{ istio: ingress }') + proxy('image: istio/proxyv2, args: [proxy, sidecar]'),
    'it takes every proxy': gateway('{}') + proxy(ROUTER),
    'a sidecar that the injector fills in is no gateway':
      gateway('{ istio: ingress }') + proxy('image: auto }, { name: oven, image: example/oven'),
    'it is filled in later': gateway('{ istio: "${GATEWAY}" }') + proxy(ROUTER),
    'it selects a workload of the input': gateway('{ istio: ingressgateway }') + proxy('image: auto'),
  },
  rejects: {
    'another value': gateway(WRONG) + proxy(ROUTER),
    'another value, where the proxy is injected': gateway(WRONG) + proxy('image: auto', INJECTED),
    'another value, where the Pod is the proxy alone': gateway(WRONG) + proxy('image: auto'),
    'another key': gateway('{ app: gate } # warning: unmatched-gateway') + proxy(ROUTER),
    'one of two labels':
      gateway('{ istio: ingressgateway, app: gate } # warning: unmatched-gateway') + proxy(ROUTER),
  },
});
