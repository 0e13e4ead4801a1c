import { testRule } from '../testing/test-rule.ts';
import rule from './refused-route.ts';

const route = (options: { parent?: string; kind?: string; namespace?: string; host?: string }): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${options.kind ?? 'HTTPRoute'}
metadata: { name: bakery, namespace: ${options.namespace ?? 'harbour'} }
spec:
  parentRefs:
    - ${options.parent ?? '{ name: gate, namespace: harbour }'}
  hostnames:
    - ${options.host ?? 'bakery.example.com'}
  rules:
    - backendRefs: [{ name: bakery, port: 80 }]
`;
const gateway = (...listeners: string[]): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  gatewayClassName: outside
  listeners:
${listeners.map((one) => `    - ${one}`).join('\n')}
`;
const http = '{ name: http, port: 80, protocol: HTTP }';
const tcp = '{ name: tcp, port: 5432, protocol: TCP }';
const open = (namespaces: string): string =>
  `{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: ${namespaces} } }`;
const MARK = '# error: refused-route';
const marked = `{ name: gate, namespace: harbour } ${MARK}`;

const istio = (server: string, { host = 'bakery.example.com', gateways = '[gate]' } = {}): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec: { servers: [{ ${server} }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bakery, namespace: harbour }
spec:
  hosts:
    - ${host}
  gateways: ${gateways}
  http: [{ route: [{ destination: { host: bakery } }] }]
`;
const web = 'port: { number: 80, name: http, protocol: HTTP }';

testRule(rule, {
  accepts: {
    'a Gateway that another file defines with a listener that takes it': {
      'a.yaml': route({}),
      'b.yaml': gateway(open('{ from: Same }'), tcp.replace('TCP }', 'TCP }')),
      'c.yaml': gateway(tcp),
    },
    'a server of Istio for its host and protocol': istio(`${web}, hosts: ["./*.example.com"]`),
    'S-158 a listener of its protocol': `${route({})}---${gateway(http)}`,
    'S-152 one of the listeners takes it': `${route({})}---${gateway(tcp, http)}`,
    'S-152 a listener that is not there is another mistake': `${route({ parent: '{ name: gate, sectionName: web }' })}---${gateway(http)}`,
    'a route that says no namespace, where another listener takes it': `${route({}).replace(', namespace: harbour }\nspec', ' }\nspec')}---${gateway(http, open('{ from: All }').replace('name: http', 'name: free'))}`,
    'all namespaces are allowed': `${route({ namespace: 'yard' })}---${gateway(open('{ from: All }'))}`,
    'a namespace whose labels are not in the input': `${route({ namespace: 'yard' })}---${gateway(open('{ from: Selector, selector: { matchLabels: { open: "yes" } } }'))}`,
    'a host name that is filled in': `${route({ host: 'bakery.${DOMAIN}' })}---${gateway('{ name: http, port: 80, protocol: HTTP, hostname: "*.example.com" }')}`,
    'a protocol of the implementation': `${route({})}---${gateway('{ name: quic, port: 443, protocol: example.com/QUIC }')}`,
  },
  rejects: {
    'a route that says no namespace may be applied to an allowed one': `${route({ parent: marked.replace('error', 'warning') }).replace(', namespace: harbour }\nspec', ' }\nspec')}---${gateway(http)}`,
    'none is allowed, whatever it is applied to': `${route({ parent: marked }).replace(', namespace: harbour }\nspec', ' }\nspec')}---${gateway(open('{ from: None }'))}`,
    'a server of Istio for other hosts': istio(`${web}, hosts: [quay.example.com]`, {
      host: `bakery.example.com ${MARK}`,
    }),
    'a server of Istio for another protocol': istio(
      'port: { number: 9000, name: tcp, protocol: TCP }, hosts: ["*"]',
      { gateways: `[gate] ${MARK}` },
    ),
    'a server of Istio for other namespaces': istio(`${web}, hosts: ["quay/*"]`, {
      gateways: `[gate] ${MARK}`,
    }),
    'S-158 an HTTPRoute on a TCP listener': `${route({ parent: marked })}---${gateway(tcp)}`,
    'S-158 a TLSRoute on an HTTPS listener': `${route({ kind: 'TLSRoute', parent: marked })}---${gateway('{ name: https, port: 443, protocol: HTTPS }')}`,
    'G1 a kind that is not allowed': `${route({ parent: marked })}---${gateway('{ name: http, port: 80, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }] } }')}`,
    'G1 another namespace, and nothing is said of others': `${route({ namespace: 'yard', parent: marked })}---${gateway(http)}`,
    'G1 another namespace than the selected ones': `${route({ namespace: 'yard', parent: marked })}---${gateway(open('{ from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: quay } } }'))}`,
    'G1 no host name in common': `${route({ host: `bakery.example.com ${MARK}` })}---${gateway('{ name: http, port: 80, protocol: HTTP, hostname: quay.example.com }')}`,
    'a set of listeners that its Gateway does not take': `${route({ parent: `{ kind: ListenerSet, name: more, namespace: harbour } ${MARK}` })}---${gateway(http)}---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more, namespace: harbour }
spec: { parentRef: { name: gate }, listeners: [{ name: extra, port: 81, protocol: HTTP }] }
`,
  },
});
