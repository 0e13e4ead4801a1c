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
    'a ServiceEntry for all': route('rates.example.org') + entry('["*"]'),
  },
  rejects: {
    'IST0101 another namespace': hidden(VAULT) + service('bank'),
    'IST0101 its own namespace': hidden(VAULT) + service('.'),
    'IST0101 nobody': hidden(VAULT) + service('~'),
    'IST0101 nobody, in its own namespace as well': hidden(VAULT).replace('street', 'bank') + service('~'),
    'IST0101 another namespace than the one of both':
      hidden(VAULT).replace('street', 'bank') + service('street'),
    'IST0101 a ServiceEntry of its own namespace': hidden('rates.example.org') + entry('["."]'),
  },
});
