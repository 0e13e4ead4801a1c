import { testRule } from '../testing/test-rule.ts';
import rule from './hidden-by-export.ts';

const route = (host: string, more = ''): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: front, namespace: street }
spec:
  hosts: [front]
  ${more}
  http: [{ route: [{ destination: { host: ${host} } }] }]
`;
const service = (exportTo: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: vault, namespace: bank, annotations: { networking.istio.io/exportTo: "${exportTo}" } }
spec: { selector: { app: vault }, ports: [{ name: http, port: 8080 }] }
`;
const entry = (exportTo: string): string => `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: rates, namespace: bank }
spec: { hosts: [rates.example.org], exportTo: ${exportTo}, ports: [{ number: 80, name: http, protocol: HTTP }] }
`;
const gateway = (namespace: string): string => `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gate, namespace: street }
spec: { selector: { istio: gate }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: gate, namespace: ${namespace} }
spec:
  selector: { matchLabels: { istio: gate } }
  template:
    metadata: { labels: { istio: gate } }
    spec: { containers: [{ name: istio-proxy, image: auto }] }
`;
const GATE = 'gateways: [gate]';
const VAULT = 'vault.bank.svc.cluster.local';
/** With the expectation at the end of the line. */
const hidden = (host: string): string =>
  route(`${host} } }] }] # warning: hidden-by-export`).replace(
    ' hidden-by-export } }] }]',
    ' hidden-by-export',
  );

testRule(rule, {
  accepts: {
    'every namespace': route(VAULT) + service('*'),
    'the namespace of the route among others': route(VAULT) + service('bank, street'),
    'everybody, whatever stands beside it': route(VAULT) + service('~, *'),
    'its own namespace': route(VAULT).replace('street', 'bank') + service('.'),
    'nothing is said': route(VAULT) + service(''),
    'a Gateway asks from elsewhere': route(VAULT, 'gateways: [edge/gate]') + service('bank'),
    'the namespace of the gateway’s Pods': route(VAULT, GATE) + service('bank, edge') + gateway('edge'),
    'a gateway in the namespace of the host': route(VAULT, GATE) + service('.') + gateway('bank'),
    'a route for the namespace of the gateway':
      route(VAULT, `${GATE}\n  exportTo: [., edge]`) + gateway('edge'),
    'a route of its own namespace, where the gateway is':
      route(VAULT, `${GATE}\n  exportTo: ["."]`) + gateway('street'),
    'a route whose gateway is not in the input': route(VAULT, 'gateways: [edge/gate]\n  exportTo: ["."]'),
    'a ServiceEntry for all': route('rates.example.org') + entry('["*"]'),
  },
  rejects: {
    'the namespace of the route, and the gateway asks from another':
      hidden(VAULT).replace('hosts: [front]', `hosts: [front]\n  ${GATE}`) +
      service('bank, street') +
      gateway('edge'),
    'sidecars know it, and the gateway does not':
      hidden(VAULT).replace('hosts: [front]', 'hosts: [front]\n  gateways: [gate, mesh]') +
      service('bank, street') +
      gateway('edge'),
    'a route that its gateway does not know': `${route(VAULT, `${GATE}\n  exportTo: ["."] # warning: hidden-by-export`)}${gateway('edge')}`,
    'IST0101 another namespace': hidden(VAULT) + service('bank'),
    'IST0101 its own namespace': hidden(VAULT) + service('.'),
    'IST0101 nobody': hidden(VAULT) + service('~'),
    'IST0101 nobody, in its own namespace as well': hidden(VAULT).replace('street', 'bank') + service('~'),
    'IST0101 another namespace than the one of both':
      hidden(VAULT).replace('street', 'bank') + service('street'),
    'IST0101 a ServiceEntry of its own namespace': hidden('rates.example.org') + entry('["."]'),
  },
});
