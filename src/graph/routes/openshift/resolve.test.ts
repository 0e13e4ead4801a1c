import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { wordLink } from '../../links/evidence.ts';

const route = (
  port: number | string | undefined,
  spec = '',
  to = '{ kind: Service, name: bakery }',
): string => `
apiVersion: route.openshift.io/v1
kind: Route
metadata: { name: bakery, namespace: harbour }
spec:
  host: bakery.example.com
  to: ${to}
  ${port === undefined ? '' : `port: { targetPort: ${port} }`}
  ${spec}
`;
const service = (
  ports = '{ name: web, port: 80, targetPort: http }',
  spec = 'selector: { app: bakery },',
): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: harbour }
spec: { ${spec} ports: [${ports}] }
`;
const pod = `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { containers: [{ name: oven, image: oven, ports: [{ name: http, containerPort: 8080 }] }] }
`;
const all = (...documents: string[]): string => documents.join('---');
const backends = (...documents: string[]): string[] => linesOf(all(...documents), 'backend');

test('S-169 without a targetPort, each TCP port is taken, and why is said', () => {
  const reasons = (ports: string): (string | undefined)[] =>
    graphOf(all(route(undefined), service(ports), pod)).backends.map(
      (link) => `${link.state}: ${wordLink(link)}`,
    );
  expect(reasons('{ name: web, port: 80 }')).toEqual(['whole: the Service has one TCP port']);
  expect(new Set(reasons('{ name: web, port: 80 }, { name: admin, port: 81 }'))).toEqual(
    new Set(['whole: without a port, the router takes every TCP port']),
  );
});

describe('the targetPort of a Route', () => {
  test.each([
    ['8080', 'whole 8080 → Service/bakery:80'],
    ['"8080"', 'whole 8080 → Service/bakery:80'],
    ['web', 'whole web → Service/bakery:80'],
    ['80', 'broken 80 → Service/bakery'],
    ['"80"', 'broken 80 → Service/bakery'],
    ['http', 'broken http → Service/bakery'],
  ])('S-168 %s is compared with the endpoints: %s', (port, line) => {
    expect(backends(route(port), service(), pod)).toEqual([line]);
  });

  test('S-168 a number is no name', () => {
    expect(backends(route(8080), service('{ name: "8080", port: 80, targetPort: 9000 }'))).toEqual([
      'broken 8080 → Service/bakery',
    ]);
    expect(backends(route('"8080"'), service('{ name: "8080", port: 80, targetPort: 9000 }'))).toEqual([
      'whole 8080 → Service/bakery:80',
    ]);
  });

  test('S-168 the Pods are those that the Service selects', () => {
    const other = pod.replaceAll('bakery', 'kiln').replace('8080', '9090');
    expect(backends(route(9090), service(), pod, other)).toEqual(['broken 9090 → Service/bakery']);
  });

  test('an external name has no endpoints to compare with', () => {
    const external = service(
      '{ port: 80 }',
      'type: ExternalName, externalName: b.example.com, selector: { app: bakery },',
    );
    expect(backends(route(81), external)).toEqual(['unproved 81 → Service/bakery']);
  });

  test('S-168 a number needs no Pod where the Service gives it', () => {
    expect(backends(route(8080), service('{ name: web, port: 80, targetPort: 8080 }'))).toEqual([
      'whole 8080 → Service/bakery:80',
    ]);
    expect(backends(route(80), service('{ port: 80 }'))).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(route(8080), service('{ port: 80 }'))).toEqual(['broken 8080 → Service/bakery']);
  });

  test('S-168 without the Pods a name proves nothing about numbers', () => {
    expect(backends(route(8080), service())).toEqual(['unproved 8080 → Service/bakery']);
    expect(backends(route('web'), service())).toEqual(['whole web → Service/bakery:80']);
    expect(backends(route('http'), service())).toEqual(['broken http → Service/bakery']);
  });

  test('S-168 endpoints that are written by hand count too', () => {
    const bare = service('{ name: web, port: 80 }', '');
    const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: bakery-1, namespace: harbour, labels: { kubernetes.io/service-name: bakery } }
endpoints: [{ addresses: [192.0.2.7] }]
ports: [{ name: web, port: 9000 }]
`;
    expect(backends(route(9000), bare, slice)).toEqual(['whole 9000 → Service/bakery:80']);
    expect(backends(route(80), bare, slice)).toEqual(['broken 80 → Service/bakery']);
    expect(backends(route(9000), bare, slice.replace('name: web', 'name: http'))).toEqual([
      'broken 9000 → Service/bakery',
    ]);
    expect(backends(route(80), bare)).toEqual(['unproved 80 → Service/bakery']);
  });

  test('S-169 left out, it means every TCP port', () => {
    const two = service(
      '{ name: web, port: 80 }, { name: metrics, port: 9090 }, { name: dns, port: 53, protocol: UDP }',
    );
    expect(backends(route(undefined), two)).toEqual([
      'whole bakery → Service/bakery:80',
      'whole bakery → Service/bakery:9090',
    ]);
  });

  test('S-170 UDP is left out', () => {
    const udp = service('{ name: web, port: 53, protocol: UDP }');
    expect(backends(route('web'), udp)).toEqual(['broken web → Service/bakery']);
    expect(backends(route(53), udp)).toEqual(['broken 53 → Service/bakery']);
    expect(graphOf(all(route(undefined), udp)).backends.map(({ fault }) => fault)).toEqual(['no-port-given']);
  });

  test('values that are filled in prove nothing', () => {
    expect(backends(route('"${PORT}"'), service(), pod)).toEqual(['unproved ${PORT} → nothing']);
    expect(backends(route(8080), service('{ name: web, port: "${PORT}" }'))).toEqual([
      'unproved 8080 → Service/bakery',
    ]);
  });
});

describe('a Route', () => {
  test('S-171 has Services of its namespace, and weight 0 takes one out', () => {
    const alternate =
      'alternateBackends: [{ kind: Service, name: bakery, weight: 0 }, { kind: Service, name: kiln }]';
    const graph = graphOf(all(route('web', alternate), service(), pod));
    expect(graph.backends.map(({ state, ways, field }) => [field, state, ways.length])).toEqual([
      ['spec.to', 'whole', 1],
      ['spec.alternateBackends[bakery]', 'whole', 0],
      ['spec.alternateBackends[kiln]', 'unproved', 1],
    ]);
  });

  const entry = (spec: string): unknown[] => {
    const [way] = graphOf(all(route('web', spec), service(), pod)).backends[0]!.ways;
    return [way?.host, way?.path, way?.port];
  };
  test('S-171 is dialled at 443 where TLS ends, or passes', () => {
    expect(entry('path: /bread')).toEqual(['bakery.example.com', '/bread', 80]);
    expect(entry('tls: { termination: edge }')).toEqual(['bakery.example.com', '/', 443]);
    expect(entry('tls: { termination: passthrough }')).toEqual(['bakery.example.com', undefined, 443]);
  });

  test('of another group is none of these', () => {
    const knative = route(80).replace('route.openshift.io/v1', 'example.com/v1');
    expect(backends(knative, service(), pod)).toEqual([]);
  });
});
