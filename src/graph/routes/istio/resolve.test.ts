import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { wordLink } from '../../links/evidence.ts';

const all = (...documents: string[]): string => documents.join('---');

const gateway = (servers = '{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }'): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec: { selector: { istio: ingressgateway }, servers: [${servers}] }
`;
const virtual = (
  rules: string,
  { hosts = 'bakery.example.com', gateways = '[gate]', name = 'bakery', namespace = 'harbour' } = {},
): string => `
apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  ${hosts ? `hosts: ["${hosts}"]` : ''}
  ${gateways ? `gateways: ${gateways}` : ''}
  ${rules}
`;
const to = (destination: string, match = ''): string =>
  `http: [{ ${match} route: [{ destination: { ${destination} } }] }]`;
const service = (
  ports = '{ port: 80, targetPort: 8080 }',
  { name = 'bakery', namespace = 'harbour', spec = '' } = {},
): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ${spec} ports: [${ports}] }
`;
const entry = (hosts: string, ports: string): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: mill, namespace: harbour }
spec: { hosts: [${hosts}], ports: [${ports}] }
`;

const backends = (...documents: string[]): string[] => linesOf(all(...documents), 'backend');
const parents = (...documents: string[]): string[] => linesOf(all(...documents), 'parent');
/** Ways in by routes: entry, host, port, path and what they lead to. */
const ways = (...documents: string[]): string[] =>
  graphOf(all(...documents)).chains.flatMap(
    ({ entry: { kind, host, port, path, pathType, resource }, links }) =>
      resource.kind === 'VirtualService'
        ? [`${kind} ${host} ${port} ${path} ${pathType}: ${links.map((link) => link.state).join()}`]
        : [],
  );

describe('the port of a destination', () => {
  test('S-159 is the number of a Service port, not that of its Pods', () => {
    expect(backends(virtual(to('host: bakery, port: { number: 80 }')), service())).toEqual([
      'whole 80 → Service/bakery:80',
    ]);
    expect(backends(virtual(to('host: bakery, port: { number: 8080 }')), service())).toEqual([
      'broken 8080 → Service/bakery',
    ]);
  });

  test('S-159 a name is not read, and refused by newer definitions', () => {
    const named = virtual(to('host: bakery, port: { name: web }'));
    expect(backends(named, service('{ name: web, port: 80 }'))).toEqual([
      'unproved bakery → Service/bakery:80',
    ]);
  });

  test('S-160 may be left out before a Service with one port', () => {
    expect(backends(virtual(to('host: bakery')), gateway(), service('{ port: 8000 }'))).toEqual([
      'whole bakery → Service/bakery:8000',
    ]);
    const besideDns = service('{ name: web, port: 8000 }, { name: dns, port: 53, protocol: UDP }');
    expect(backends(virtual(to('host: bakery')), gateway(), besideDns)).toEqual([
      'whole bakery → Service/bakery:8000',
    ]);
  });

  test('S-160 of several ports, the one that the client dialled is taken', () => {
    const two = (port: number): string =>
      service(`{ name: web, port: ${port} }, { name: admin, port: 9000 }`);
    const both = gateway(
      '{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }, { port: { number: 8080, name: alt, protocol: HTTP }, hosts: ["*"] }',
    );
    expect(backends(virtual(to('host: bakery')), gateway(), two(80))).toEqual([
      'whole bakery → Service/bakery:80',
    ]);
    expect(backends(virtual(to('host: bakery')), gateway(), two(81))).toEqual([
      'broken bakery → Service/bakery',
    ]);
    expect(backends(virtual(to('host: bakery')), two(80))).toEqual(['unproved bakery → Service/bakery']);
    expect(ways(virtual(to('host: bakery')), both, two(80))).toEqual([
      'gateway bakery.example.com 80 / Prefix: whole,whole,unproved',
      'gateway bakery.example.com 8080 / Prefix: whole,broken',
    ]);
  });

  test('S-160 where nobody comes, nobody knows which', () => {
    const part = virtual(to('host: bakery'), { hosts: '', gateways: '' });
    expect(backends(part, service('{ name: web, port: 80 }, { name: admin, port: 9000 }'))).toEqual([
      'unproved bakery → Service/bakery',
    ]);
  });

  test('is one for TCP', () => {
    const udp = service('{ port: 80, protocol: UDP }');
    const [link] = graphOf(all(virtual(to('host: bakery, port: { number: 80 }')), udp)).backends;
    expect([link?.state, link?.fault]).toEqual(['broken', 'protocol']);
  });

  test('that is filled in later proves nothing', () => {
    expect(backends(virtual(to('host: bakery, port: { number: "${PORT}" }')), service())).toEqual([
      'unproved ${PORT} → nothing'.replace('${PORT}', 'bakery'),
    ]);
    expect(backends(virtual(to('host: "${NAME}"')), service())).toEqual(['unproved bakery → nothing']);
  });
});

describe('the host of a destination', () => {
  const elsewhere = service(undefined, { namespace: 'quay' });
  test('S-161 a short name is completed with the namespace of the VirtualService', () => {
    const there = virtual(to('host: bakery, port: { number: 80 }'), { namespace: 'quay' });
    expect(backends(there, elsewhere)).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(virtual(to('host: bakery')), elsewhere, service(undefined, { name: 'mill' }))).toEqual([
      'broken bakery → nothing',
    ]);
  });

  test('S-161 a full name is taken as it is', () => {
    const full = virtual(to('host: bakery.quay.svc.cluster.local, port: { number: 80 }'));
    expect(backends(full, elsewhere)).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(full, service(undefined, { name: 'mill', namespace: 'quay' }))).toEqual([
      'broken 80 → nothing',
    ]);
  });

  test('S-161 nothing between the two is completed', () => {
    for (const host of ['bakery.quay', 'bakery.quay.svc']) {
      const [link] = graphOf(all(virtual(to(`host: ${host}`)), elsewhere)).backends;
      expect(link?.state).toBe('unproved');
      expect(link && wordLink(link)).toContain('not for Service quay/bakery');
    }
  });

  test('may be one of a ServiceEntry', () => {
    const mill = entry(
      'mill.example.com, "*.mills.example.com"',
      '{ number: 443, name: https, protocol: HTTPS }',
    );
    const route = (host: string, port: number): string =>
      virtual(to(`host: ${host}, port: { number: ${port} }`));
    expect(backends(route('mill.example.com', 443), mill)).toEqual(['whole 443 → ServiceEntry/mill']);
    expect(backends(route('old.mills.example.com', 443), mill)).toEqual(['whole 443 → ServiceEntry/mill']);
    expect(backends(route('mill.example.com', 80), mill)).toEqual(['unproved 80 → ServiceEntry/mill']);
    expect(backends(route('quay.example.com', 443), mill)).toEqual(['unproved 443 → nothing']);
    const inside = entry('mill.harbour.svc.cluster.local', '{ number: 443, name: https, protocol: HTTPS }');
    expect(backends(route('mill', 443), inside)).toEqual(['whole 443 → ServiceEntry/mill']);
  });

  test('that is missing leads nowhere', () => {
    const [link] = graphOf(virtual('http: [{ route: [{ destination: {} }] }]')).backends;
    expect([link?.state, link?.fault]).toEqual(['broken', 'no-service']);
  });
});

describe('ways in', () => {
  const whole = service('{ port: 80 }');
  test('each host, path and server once', () => {
    const rules = `http: [
      { match: [{ uri: { prefix: /bread } }, { uri: { prefix: /bread }, method: { exact: GET } }, { uri: { exact: /cake } }],
        route: [{ destination: { host: bakery } }] },
      { route: [{ destination: { host: bakery } }] } ]`;
    expect(ways(virtual(rules), gateway(), whole)).toEqual([
      'gateway bakery.example.com 80 /bread Prefix: whole,whole,unproved',
      'gateway bakery.example.com 80 /cake Exact: whole,whole,unproved',
      'gateway bakery.example.com 80 / Prefix: whole,whole,unproved',
    ]);
  });

  test('hosts are those that route and server share, and that the namespace may use', () => {
    const hosts = (server: string, route: string): string[] =>
      ways(
        virtual(to('host: bakery'), { hosts: route }),
        gateway(`{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${server}] }`),
        whole,
      ).map((way) => `${way.split(' ')[1]} ${way.split(': ')[1]!.split(',')[0]}`);
    expect(hosts('"*.example.com"', 'bakery.example.com')).toEqual(['bakery.example.com whole']);
    expect(hosts('bakery.example.com', '*')).toEqual(['bakery.example.com whole']);
    expect(hosts('harbour/*', 'bakery.example.com')).toEqual(['bakery.example.com whole']);
    expect(hosts('./bakery.example.com', 'bakery.example.com')).toEqual(['bakery.example.com whole']);
    expect(hosts('quay/*', 'bakery.example.com')).toEqual(['bakery.example.com broken']);
    expect(hosts('quay.example.com', 'bakery.example.com')).toEqual(['bakery.example.com broken']);
  });

  test('a server runs the rules of its protocol', () => {
    const server = (protocol: string, tls = ''): string =>
      gateway(`{ port: { number: 9000, name: one, protocol: ${protocol} }, ${tls} hosts: ["*"] }`);
    const tcp = virtual('tcp: [{ route: [{ destination: { host: bakery } }] }]');
    const tls = virtual(
      'tls: [{ match: [{ sniHosts: [bakery.example.com] }], route: [{ destination: { host: bakery } }] }]',
      { hosts: '*.example.com' },
    );
    const http = virtual(to('host: bakery'));
    const states = (route: string, ...rest: Parameters<typeof server>): string =>
      ways(route, server(...rest), whole)
        .map((way) => way.split(': ')[1]!.split(',')[0])
        .join();
    expect(states(http, 'HTTPS', 'tls: { mode: SIMPLE },')).toBe('whole');
    expect(states(http, 'GRPC')).toBe('whole');
    expect(states(tls, 'HTTPS', 'tls: { mode: PASSTHROUGH },')).toBe('whole');
    expect(states(tls, 'TLS', 'tls: { mode: PASSTHROUGH },')).toBe('whole');
    expect(states(tcp, 'TLS', 'tls: { mode: SIMPLE },')).toBe('whole');
    expect(states(tcp, 'MONGO')).toBe('whole');
    expect(states(http, 'QUIC')).toBe('unproved');
    // Where a server runs none of the rules nothing comes in, and the link says so.
    expect(parents(http, server('TCP'))).toEqual(['broken gate → Gateway/gate:9000']);
    expect(parents(tcp, server('HTTP'))).toEqual(['broken gate → Gateway/gate:9000']);
    expect(parents(http, server('HTTPS', 'tls: { mode: PASSTHROUGH },'))).toEqual([
      'broken gate → Gateway/gate:9000',
    ]);
    expect(ways(tcp, server('TCP'), whole)).toEqual([
      'gateway undefined 9000 undefined undefined: whole,whole,unproved',
    ]);
    expect(ways(tls, server('TLS', 'tls: { mode: PASSTHROUGH },'), whole)).toEqual([
      'gateway bakery.example.com 9000 undefined undefined: whole,whole,unproved',
    ]);
  });

  test('a match may be for one Gateway or one port', () => {
    const both = gateway(
      '{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }, { port: { number: 8080, name: alt, protocol: HTTP }, hosts: ["*"] }',
    );
    expect(ways(virtual(to('host: bakery', 'match: [{ port: 8080 }],')), both, whole)).toEqual([
      'gateway bakery.example.com 8080 / Prefix: whole,whole,unproved',
    ]);
    expect(ways(virtual(to('host: bakery', 'match: [{ gateways: [other] }],')), both, whole)).toEqual([]);
    // However it is written, it is the same Gateway.
    const named = to('host: bakery', 'match: [{ gateways: [harbour/gate], port: 80 }],');
    expect(ways(virtual(named), both, whole).length).toBe(1);
  });

  test('a Gateway of another namespace is named with it', () => {
    const route = (name: string): string =>
      virtual(to('host: bakery'), { namespace: 'quay', gateways: `[${name}]` });
    expect(parents(route('harbour/gate'), gateway())).toEqual(['whole gate → Gateway/gate:80']);
    expect(parents(route('gate.harbour.svc.cluster.local'), gateway())).toEqual([
      'whole gate → Gateway/gate:80',
    ]);
    expect(parents(route('gate'), gateway())).toEqual(['unproved gate → nothing']);
  });

  test('a Gateway without servers takes nothing', () => {
    expect(parents(virtual(to('host: bakery')), gateway(''))).toEqual(['broken gate → Gateway/gate']);
  });

  test('copies and shares of nothing have none', () => {
    const rules = `http: [{ mirror: { host: bakery }, route: [
      { destination: { host: bakery, subset: v1 }, weight: 100 }, { destination: { host: bakery, subset: v2 }, weight: 0 }] }]`;
    expect(graphOf(all(virtual(rules), gateway(), whole)).backends.map(({ ways }) => ways.length)).toEqual([
      1, 0, 0,
    ]);
    const only = virtual('http: [{ route: [{ destination: { host: bakery }, weight: 0 }] }]');
    expect(graphOf(all(only, gateway(), whole)).backends.map(({ ways }) => ways.length)).toEqual([1]);
  });
});

describe('inside the mesh', () => {
  const inside = (rules: string, hosts = 'bakery', gateways = ''): string =>
    virtual(rules, { hosts, gateways });
  test('clients dial the Service that a host names', () => {
    const two = service(
      '{ name: http-web, port: 80 }, { name: tcp-log, port: 9000 }, { name: dns, port: 53, protocol: UDP }',
    );
    const route = inside(to('host: bakery, port: { number: 80 }'));
    expect(parents(route, two)).toEqual([
      'whole bakery → Service/bakery:80',
      'whole bakery → Service/bakery:9000',
    ]);
    // A rule for HTTP is not asked about a port for TCP.
    expect(ways(route, two)).toEqual(['cluster bakery 80 / Prefix: whole,whole,unproved']);
  });

  test('or a host of a ServiceEntry', () => {
    const mill = entry('mill.example.com', '{ number: 80, name: http, protocol: HTTP }');
    const route = inside(to('host: bakery'), 'mill.example.com');
    expect(ways(route, mill, service())).toEqual([
      'cluster mill.example.com 80 / Prefix: whole,whole,unproved',
    ]);
    expect(ways(route, service())).toEqual([
      'cluster mill.example.com undefined / Prefix: unproved,whole,unproved',
    ]);
  });

  test('a host that names no Service is not known', () => {
    expect(parents(inside(to('host: bakery'), 'backery'), service())).toEqual(['unproved backery → nothing']);
  });

  test('a route may be for both', () => {
    const rules = `http: [
      { match: [{ gateways: [mesh], uri: { prefix: /inner } }], route: [{ destination: { host: bakery } }] },
      { route: [{ destination: { host: bakery } }] } ]`;
    expect(ways(inside(rules, 'bakery', '[gate, mesh]'), gateway(), service())).toEqual([
      'cluster bakery 80 /inner Prefix: whole,whole,unproved',
      'gateway bakery 80 / Prefix: whole,whole,unproved',
      'cluster bakery 80 / Prefix: whole,whole,unproved',
    ]);
  });
});

describe('delegation', () => {
  const root = virtual(
    'http: [{ match: [{ uri: { prefix: /bread } }], delegate: { name: bread, namespace: quay } }]',
  );
  const part = virtual(
    to('host: bakery, port: { number: 80 }', 'match: [{ uri: { prefix: /bread/rye } }],'),
    {
      name: 'bread',
      namespace: 'quay',
      hosts: '',
      gateways: '',
    },
  );
  const bakery = service('{ port: 80 }', { namespace: 'quay' });
  test('leads through the part to its destinations', () => {
    expect(ways(root, part, gateway(), bakery)).toEqual([
      'gateway bakery.example.com 80 /bread/rye Prefix: whole,whole,whole,unproved',
    ]);
    const [chain] = graphOf(all(root, part, gateway(), bakery)).chains;
    expect(chain?.entry.resource.name).toBe('bakery');
  });
  test('to a part that the input lacks proves nothing', () => {
    expect(ways(root, gateway(), bakery)).toEqual([
      'gateway bakery.example.com 80 /bread Prefix: whole,unproved',
    ]);
  });
});

describe('Pods in a mesh', () => {
  const pod = (container: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery, sidecar.istio.io/inject: "true" } }
spec: { containers: [{ name: oven, ${container} }${more}] }
`;
  test('S-167 the probe of a live Pod dials the agent, and proves nothing about the application', () => {
    const live = pod(
      'image: nginx, readinessProbe: { httpGet: { path: /app-health/oven/readyz, port: 15020 } }',
      ', { name: istio-proxy, image: "docker.io/istio/proxyv2:1.24.0" }',
    );
    expect(linesOf(live, 'probe')).toEqual(['unproved 15020 → Pod/bakery:15020']);
    const template = pod('image: nginx, readinessProbe: { httpGet: { port: 8080 } }');
    expect(linesOf(template, 'probe')).toEqual(['broken 8080 → Pod/bakery:8080']);
  });

  test('I8 a sidecar reaches no process that listens on loopback alone', () => {
    const shut = pod(
      'image: "grafana/grafana:11.1.0", env: [{ name: GF_SERVER_HTTP_ADDR, value: 127.0.0.1 }]',
    );
    expect(linesOf(all(shut, service('{ port: 80, targetPort: 3000 }')), 'bind')).toEqual([
      'broken 3000 → Pod/bakery:3000',
    ]);
  });
});
