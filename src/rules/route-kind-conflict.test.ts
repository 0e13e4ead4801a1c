import { testRule } from '../testing/test-rule.ts';
import rule from './route-kind-conflict.ts';

interface Options {
  readonly parent?: string;
  readonly created?: string;
}

const route = (kind: string, name: string, hosts: string, { parent, created }: Options = {}): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata:
  namespace: harbour
  creationTimestamp: ${created ?? 'null'}
  name: ${name}
spec:
  parentRefs: [${parent ?? '{ name: gate }'}]
  hostnames: [${hosts}
    ]
  rules: [{ backendRefs: [{ name: ferry, port: 80 }] }]
`;
const gateway = (className = 'outside', port2 = 8080): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  gatewayClassName: ${className}
  listeners:
    - { name: http, port: 80, protocol: HTTP }
    - { name: other, port: ${port2}, protocol: HTTP }
`;
const traefik = `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: outside }
spec: { controllerName: traefik.io/gateway-controller }
`;
const MARK = '# warning: route-kind-conflict';
const HOST = 'ferry.example.com';
const all = (...documents: string[]): string => documents.join('---');

testRule(rule, {
  accepts: {
    'two HTTPRoutes': all(route('HTTPRoute', 'a', HOST), route('HTTPRoute', 'b', HOST), gateway()),
    'two GRPCRoutes': all(route('GRPCRoute', 'a', HOST), route('GRPCRoute', 'b', HOST), gateway()),
    'other host names': all(
      route('HTTPRoute', 'a', HOST),
      route('GRPCRoute', 'b', 'grpc.example.com'),
      gateway(),
    ),
    'other listeners': all(
      route('HTTPRoute', 'a', HOST, { parent: '{ name: gate, sectionName: http }' }),
      route('GRPCRoute', 'b', HOST, { parent: '{ name: gate, sectionName: other }' }),
      gateway(),
    ),
    'a Gateway that is elsewhere': all(route('HTTPRoute', 'a', HOST), route('GRPCRoute', 'b', HOST)),
    'Traefik serves both': all(
      route('HTTPRoute', 'a', HOST),
      route('GRPCRoute', 'b', HOST),
      gateway(),
      traefik,
    ),
    'a host name that is filled in': all(
      route('HTTPRoute', 'a', '"${HOST}"'),
      route('GRPCRoute', 'b', '"${HOST}"'),
      gateway(),
    ),
  },
  rejects: {
    'the same host name': all(
      route('HTTPRoute', 'a', `${HOST} ${MARK}`),
      route('GRPCRoute', 'b', HOST),
      gateway(),
    ),
    'a wildcard takes in the other': all(
      route('HTTPRoute', 'a', `"*.example.com" ${MARK}`),
      route('GRPCRoute', 'b', HOST),
      gateway(),
    ),
    'both of any host': all(route('HTTPRoute', `a ${MARK}`, ''), route('GRPCRoute', 'b', ''), gateway()),
    'the younger one is refused': all(
      route('HTTPRoute', 'a', HOST, { created: '"2026-01-01T00:00:00Z"' }),
      route('GRPCRoute', 'b', `${HOST} ${MARK}`, { created: '"2026-02-01T00:00:00Z"' }),
      gateway(),
    ),
    'of the same age, the second by name is refused': all(
      route('HTTPRoute', 'b', `${HOST} ${MARK}`, { created: '2026-01-01T00:00:00Z' }),
      route('GRPCRoute', 'a', HOST, { created: '2026-01-01T00:00:00Z' }),
      gateway(),
    ),
  },
});
