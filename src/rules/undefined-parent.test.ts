import { testRule } from '../testing/test-rule.ts';
import rule from './undefined-parent.ts';

const route = (parent: string, namespace = 'harbour'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: bakery, namespace: ${namespace} }
spec:
  parentRefs:
    - ${parent}
`;
const gateway = (name = 'gate', namespace = 'harbour'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  gatewayClassName: outside
  listeners:
    - { name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }
    - { name: https, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: cert }] }, allowedRoutes: { namespaces: { from: All } } }
`;
const service = `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { selector: { app: bakery }, ports: [{ name: web, port: 80 }] }
`;
const MARK = '# error: undefined-parent';
const istioGateway = (
  servers = '[{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }]',
): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec: { servers: ${servers} }
`;
const virtual = (of: string, namespace = 'harbour'): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bakery, namespace: ${namespace} }
spec:
  ${of}
  http: [{ route: [{ destination: { host: bakery } }] }]
`;
const WARNING = '# warning: undefined-parent';

const layered = (parent: string): string => `
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: gate, namespace: quay }
spec: { entryPoints: [web], routes: [{ match: Host(\`quay.example.com\`), kind: Rule }] }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: florist, namespace: quay }
spec:
  parentRefs: [${parent}
    ]
  routes: [{ match: Path(\`/flowers\`), kind: Rule, services: [{ name: florist, port: 80 }] }]
`;

testRule(rule, {
  accepts: {
    'Traefik 3.6: the parent is there': layered('{ name: gate }'),
    'Traefik 3.6: a parent in a namespace that the input does not have': layered(
      '{ name: gates, namespace: elsewhere }',
    ),
    'S-152 the listener is there': `${route('{ name: gate, sectionName: https }')}---${gateway()}`,
    'S-152 the whole Gateway': `${route('{ name: gate }')}---${gateway()}`,
    'S-152 by port': `${route('{ name: gate, port: 443 }')}---${gateway()}`,
    'a Gateway that is not in the input': route('{ name: gate, sectionName: web }'),
    'nor is another that was meant': `${route('{ name: gate }')}---${gateway('lighthouse')}`,
    'nor is that of another API': `${route('{ name: gate }', 'yard')}---${gateway().replace('gateway.networking.k8s.io', 'networking.istio.io')}`,
    'a name that is filled in': `${route('{ name: gate, sectionName: "${LISTENER}" }')}---${gateway()}`,
    'S-001 a quoted port is another mistake': `${route('{ name: gate, port: "80" }')}---${gateway()}`,
    'S-001 and so is that of a listener': `${route('{ name: gate, port: 80 }')}---${gateway().replace('port: 80', 'port: "80"')}`,
    'another kind': `${route('{ group: example.com, kind: Mesh, name: gate, sectionName: web }')}---${gateway()}`,
    'S-153 a port of a Service': `${route('{ group: "", kind: Service, name: bakery, port: 80 }')}---${service}`,
    'G1 a listener that refuses the route is another mistake': `${route('{ name: gate }').replace('HTTPRoute', 'TCPRoute')}---${gateway()}`,
    'a Gateway of Istio by its whole name': `${virtual('hosts: ["*"]\n  gateways: [harbour/gate]', 'yard')}---${istioGateway()}`,
    'a Gateway of Istio that lies elsewhere': virtual('hosts: ["*"]\n  gateways: [gate]'),
    'S-161 a host of the mesh': `${virtual('hosts: [bakery]')}---${service}`,
    'a host that only a ServiceEntry can tell of': `${virtual('hosts: [bakery.example.com]')}---${service}`,
  },
  rejects: {
    'Traefik 3.6: no such parent': layered('{ name: gates, namespace: quay } # error: undefined-parent'),
    'a Gateway of Istio without servers': `${virtual(`hosts: ["*"]\n  gateways: [gate] ${MARK}`)}---${istioGateway('[]')}`,
    'a Gateway of Istio in another namespace': `${virtual(`hosts: ["*"]\n  gateways: [gate] ${WARNING}`, 'yard')}---${istioGateway()}`,
    'a VirtualService on a Gateway of the Gateway API': `${virtual(`hosts: ["*"]\n  gateways: [gate] ${WARNING}`)}---${gateway()}`,
    'an HTTPRoute on a Gateway of Istio': `${route(`{ name: gate } ${WARNING}`)}---${istioGateway()}`,
    'a Gateway of Istio with a similar name': `${virtual(`hosts: ["*"]\n  gateways: ["harbour/gaet"] ${WARNING}`, 'yard')}---${istioGateway()}`,
    'S-161 a host of the mesh with a similar name': `${virtual(`hosts: [backery] ${WARNING}`)}---${service}`,
    'S-161 a host of the mesh in another namespace': `${virtual(`hosts: [bakery] ${WARNING}`, 'yard')}---${service}`,
    'S-152 G1 no listener has the name': `${route(`{ name: gate, sectionName: web } ${MARK}`)}---${gateway()}`,
    'S-152 G1 a similar name': `${route(`{ name: gate, sectionName: htps } ${MARK}`)}---${gateway()}`,
    'S-152 G1 no listener has the port': `${route(`{ name: gate, port: 8080 } ${MARK}`)}---${gateway()}`,
    'S-152 no listener has both': `${route(`{ name: gate, sectionName: https, port: 80 } ${MARK}`)}---${gateway()}`,
    'G1 a Gateway without listeners': `${route(`{ name: gate } ${MARK}`)}---${gateway().replace(/listeners:.*$/s, 'listeners: []\n')}`,
    'S-153 G8 no port of the Service': `${route(`{ group: "", kind: Service, name: bakery, port: 8080 } ${MARK}`)}---${service}`,
    'S-153 a Service of the wrong group': `${route(`{ kind: Service, name: bakery, port: 80 } ${MARK}`)}---${service}`,
    'the Gateway is in another namespace': `${route('{ name: gate } # warning: undefined-parent', 'yard')}---${gateway()}`,
    'a kind of the group that has no listeners': `${route(`{ kind: GatewayClass ${MARK}\n      , name: gate }`)}---${gateway()}`,
    'a kind in lower case': `${route(`{ kind: gateway ${MARK}\n      , name: gate }`)}---${gateway()}`,
    'a kind that no release has': `${route(`{ kind: Berth ${WARNING}\n      , name: gate }`)}---${gateway()}`,
    'the Gateway has a similar name': `${route('{ name: gaet } # warning: undefined-parent')}---${gateway()}`,
  },
});
