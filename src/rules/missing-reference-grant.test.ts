import { testRule } from '../testing/test-rule.ts';
import rule from './missing-reference-grant.ts';

const route = (ref: string, kind = 'HTTPRoute'): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: bakery, namespace: harbour }
spec:
  rules:
    - backendRefs:
        - ${ref}
`;
const service = `
apiVersion: v1
kind: Service
metadata: { name: oven, namespace: yard }
spec: { selector: { app: oven }, ports: [{ port: 80 }] }
`;
const grant = (kind: string, to = '{ group: "", kind: Service }', namespace = 'yard'): string => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: harbour, namespace: ${namespace} }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: harbour }]
  to: [${to}]
`;
const oven = '{ name: oven, namespace: yard, port: 80 }';
const marked = `${oven} # error: missing-reference-grant`;

testRule(rule, {
  accepts: {
    'S-151 a grant permits it': `${route(oven)}---${service}---${grant('HTTPRoute')}`,
    'S-151 its own namespace needs none': `${route('{ name: oven, namespace: harbour, port: 80 }')}---${service.replace('yard', 'harbour')}`,
    'S-150 another kind is the concern of its implementation': `${route('{ group: example.com, kind: Backend, name: oven, namespace: yard }')}---${service}`,
    'a Service that the input does not have says nothing of its namespace': route(oven),
    'GEP-1294 a route of a mesh asks for none': `${route(oven).replace('  rules:', '  parentRefs: [{ group: "", kind: Service, name: oven, namespace: yard }]\n  rules:')}---${service}`,
    'a template may define the grant': {
      'route.yaml': `${route(oven)}---${service}`,
      'templates/grant.yaml': 'kind: ReferenceGrant\nmetadata: { name: {{ .Release.Name }} }\n',
    },
  },
  rejects: {
    'a route that says no namespace may be applied to the one of the Service': `${route(`${oven} # warning: missing-reference-grant`).replace(', namespace: harbour', '')}---${service}`,
    'S-151 G4 no grant': `${route(marked)}---${service}`,
    'S-151 G4 a grant for another kind': `${route(marked, 'GRPCRoute')}---${service}---${grant('HTTPRoute')}`,
    'S-151 G4 a grant to another Service': `${route(marked)}---${service}---${grant('HTTPRoute', '{ group: "", kind: Service, name: kiln }')}`,
    'S-151 G4 a grant in the namespace of the route': `${route(marked)}---${service}---${grant('HTTPRoute', undefined, 'harbour')}`,
    'no client notices weight 0': `${route('{ name: oven, namespace: yard, port: 80, weight: 0 } # warning: missing-reference-grant')}---${service}`,
  },
});
