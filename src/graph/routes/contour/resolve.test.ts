import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';

const proxy = (spec: string, { name = 'bakery', namespace = 'harbour' } = {}): string => `
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const HOST = 'virtualhost: { fqdn: bakery.example.com }';
const TLS = 'virtualhost: { fqdn: bakery.example.com, tls: { secretName: bakery } }';
const to = (port: number | string, more = ''): string =>
  `services: [{ name: bakery, port: ${port}, ${more} }]`;
const service = (
  ports = '{ name: web, port: 80, targetPort: 8080 }',
  { namespace = 'harbour', more = '' } = {},
): string => `
apiVersion: v1
kind: Service
metadata: { name: bakery, namespace: ${namespace} }
spec: { ${more} selector: { app: bakery }, ports: [${ports}] }
`;
const all = (...documents: string[]): string => documents.join('---');
const backends = (...documents: string[]): string[] => linesOf(all(...documents), 'backend');
const ways = (...documents: string[]): string[] =>
  graphOf(all(...documents)).backends.flatMap(({ ways }) =>
    ways.map(({ host, path, pathType, port }) => `${host}${path ?? ''} ${pathType} ${port}`),
  );

describe('a service of a HTTPProxy', () => {
  const route = (port: number | string): string => proxy(`{ ${HOST}, routes: [{ ${to(port)} }] }`);

  test('S-172 its port is the number of a Service port, never the targetPort', () => {
    expect(backends(route(80), service())).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(route(8080), service())).toEqual(['broken 8080 → Service/bakery']);
  });

  test('S-172 or the name of one that spells the number', () => {
    expect(backends(route(8080), service('{ name: "8080", port: 80 }'))).toEqual([
      'whole 8080 → Service/bakery:80',
    ]);
    const both = service('{ name: "8080", port: 80 }, { name: web, port: 8080 }');
    expect(backends(route(8080), both)).toEqual(['whole 8080 → Service/bakery:80']);
  });

  test('S-172 TCP only', () => {
    const udp = '{ name: dns, port: 53, protocol: UDP }';
    const graph = graphOf(all(route(53), service(udp)));
    expect(graph.backends.map(({ state, fault }) => [state, fault])).toEqual([['broken', 'protocol']]);
    expect(backends(route(53), service(`${udp}, { name: tcp, port: 53 }`))).toEqual([
      'whole 53 → Service/bakery:53',
    ]);
  });

  test('S-174 an ExternalName needs a setting', () => {
    const external = service('{ port: 80 }', { more: 'type: ExternalName, externalName: b.example.com,' });
    expect(backends(route(80), external)).toEqual(['unproved 80 → Service/bakery:80']);
    expect(backends(route(81), external)).toEqual(['unproved 81 → Service/bakery']);
  });

  test('S-174 endpoints are those of the Service port of this name', () => {
    const slice = (name: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: bakery-1, namespace: harbour, labels: { kubernetes.io/service-name: bakery } }
endpoints: [{ addresses: [192.0.2.7] }]
ports: [{ name: ${name}, port: 8080 }]
`;
    const bare = service().replace('selector: { app: bakery }, ', '');
    expect(linesOf(all(route(80), bare, slice('web')), 'target-port')[0]).toMatch(/^whole/);
    expect(linesOf(all(route(80), bare, slice('http')), 'target-port')[0]).toMatch(/^broken/);
  });

  test('a Service of another namespace is none', () => {
    expect(backends(route(80), service('{ port: 80 }', { namespace: 'yard' }))).toEqual([
      'unproved 80 → nothing',
    ]);
  });

  test('values that are filled in prove nothing, and a port must be there', () => {
    expect(backends(route('"${PORT}"'), service())).toEqual(['unproved bakery → nothing']);
    const without = proxy(`{ ${HOST}, routes: [{ services: [{ name: bakery }] }] }`);
    expect(graphOf(all(without, service())).backends[0]?.fault).toBe('no-port-given');
  });
});

describe('the ways of a HTTPProxy', () => {
  const within = (conditions: string): string =>
    proxy(`{ ${HOST}, routes: [{ conditions: [${conditions}], ${to(80)} }] }`);

  test('are its host and conditions', () => {
    expect(ways(within('{ prefix: /bread }'), service())).toEqual(['bakery.example.com/bread Prefix 80']);
    expect(ways(within('{ exact: /bread }'), service())).toEqual(['bakery.example.com/bread Exact 80']);
    expect(ways(within('{ regex: "/b.*" }'), service())).toEqual([
      'bakery.example.com/b.* RegularExpression 80',
    ]);
    expect(ways(within('{ header: { name: x, present: true } }'), service())).toEqual([
      'bakery.example.com/ Prefix 80',
    ]);
    expect(ways(within('{ prefix: /bread/ }, { prefix: /rye }'), service())).toEqual([
      'bakery.example.com/bread/rye Prefix 80',
    ]);
  });

  test('by TLS at 443', () => {
    expect(ways(proxy(`{ ${TLS}, routes: [{ ${to(80)} }] }`), service())).toEqual([
      'bakery.example.com/ Prefix 443',
    ]);
    expect(ways(proxy(`{ ${TLS}, tcpproxy: { ${to(80)} } }`), service())).toEqual([
      'bakery.example.com undefined 443',
    ]);
  });

  test('lead not to mirrors, nor to what has no share', () => {
    const services = (...all: string[]): string =>
      proxy(
        `{ ${HOST}, routes: [{ services: [${all.map((more) => `{ name: bakery, port: 80, ${more} }`).join()}] }] }`,
      );
    expect(ways(services('mirror: true'), service())).toEqual([]);
    const way = 'bakery.example.com/ Prefix 80';
    expect(ways(services('weight: 1', 'weight: 0', 'protocol: h2'), service())).toEqual([way]);
    expect(ways(services('weight: 0'), service())).toEqual([way]);
    expect(ways(services('weight: 0', 'weight: 0'), service())).toEqual([way, way]);
  });

  const root = (includes: string): string => proxy(`{ ${HOST}, includes: [${includes}] }`, { name: 'gate' });
  const part = proxy(`{ routes: [{ conditions: [{ prefix: /rye }], ${to(80)} }] }`, { namespace: 'yard' });
  const oven = service('{ port: 80 }', { namespace: 'yard' });

  test('go on through includes, whose prefixes come first', () => {
    const include = '{ name: bakery, namespace: yard, conditions: [{ prefix: /bread }] }';
    expect(ways(root(include), part, oven)).toEqual(['bakery.example.com/bread/rye Prefix 80']);
    const graph = graphOf(all(root(include), part, oven));
    expect(backends(root(include), part, oven)).toEqual([
      'whole gate → HTTPProxy/bakery',
      'whole 80 → Service/bakery:80',
    ]);
    expect(graph.chains.map(({ entry, links }) => [entry.resource.name, links.length])).toEqual([
      ['gate', 3],
    ]);
  });

  test('go on through several, whose prefixes follow each other', () => {
    const include = (name: string, prefix: string): string =>
      `includes: [{ name: ${name}, conditions: [{ prefix: ${prefix} }] }]`;
    const outer = proxy(`{ ${HOST}, ${include('row', '/shops')} }`, { name: 'gate' });
    const middle = proxy(`{ ${include('bakery', '/bread')} }`, { name: 'row' });
    const inner = proxy(`{ routes: [{ ${to(80)} }] }`);
    expect(ways(outer, middle, inner, service())).toEqual(['bakery.example.com/shops/bread Prefix 80']);
  });

  test('end where an include finds nothing in its namespace', () => {
    expect(backends(root('{ name: bakery }'), part, oven)).toEqual([
      'unproved gate → nothing',
      'whole 80 → Service/bakery:80',
    ]);
    expect(ways(root('{ name: bakery }'), part, oven)).toEqual([]);
  });

  test('do not run in circles', () => {
    const circle = proxy(`{ ${HOST}, includes: [{ name: bakery }], routes: [{ ${to(80)} }] }`);
    expect(ways(circle, service())).toEqual(['bakery.example.com/ Prefix 80']);
  });

  test('of a tcpproxy go on through its include', () => {
    const outer = proxy(`{ ${TLS}, tcpproxy: { include: { name: bakery } } }`, { name: 'gate' });
    const inner = proxy(`{ tcpproxy: { ${to(80)} } }`);
    expect(ways(outer, inner, service())).toEqual(['bakery.example.com undefined 443']);
  });
});
