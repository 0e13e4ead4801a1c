import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { wordLink } from '../../links/evidence.ts';

interface RouteOptions {
  readonly kind?: string;
  readonly namespace?: string;
  readonly parent?: string;
  readonly hosts?: string;
  readonly rule?: string;
}

const route = (backend: string, options: RouteOptions = {}): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: ${options.kind ?? 'HTTPRoute'}
metadata: { name: bakery, namespace: ${options.namespace ?? 'harbour'} }
spec:
  parentRefs: [${options.parent ?? '{ name: gate }'}]
  ${/^(?:TCP|UDP)/.test(options.kind ?? '') ? '' : `hostnames: [${options.hosts ?? ''}]`}
  rules:
    - backendRefs: [${backend}]
      ${options.rule ?? ''}
`;
const gateway = (listeners: string, more = ''): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: harbour }
spec:
  gatewayClassName: outside
  ${more}
  listeners: [${listeners}]
`;
const http = '{ name: http, port: 80, protocol: HTTP }';
const CERTIFIED = 'tls: { certificateRefs: [{ name: cert }] }';
const https = `{ name: https, port: 443, protocol: HTTPS, ${CERTIFIED} }`;
const service = (
  ports = '{ name: web, port: 80, targetPort: 8080 }',
  name = 'bakery',
  namespace = 'harbour',
) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [${ports}] }
`;
const grant = (from: string, to: string, namespace = 'yard'): string => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: harbour, namespace: ${namespace} }
spec: { from: [${from}], to: [${to}] }
`;
const backends = (...documents: string[]): string[] => linesOf(documents.join('---'), 'backend');
const parents = (...documents: string[]): string[] => linesOf(documents.join('---'), 'parent');
const reasons = (...documents: string[]): string[] =>
  graphOf(documents.join('---')).parents.map((link) => `${link.fault}: ${wordLink(link)}`);
const to = (port: number | string): string => `{ name: bakery, port: ${port} }`;

describe('a backendRef', () => {
  test('S-149 its port is the number of a Service port, never the targetPort', () => {
    expect(backends(route(to(80)), service())).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(route(to(8080)), service())).toEqual(['broken 8080 → Service/bakery']);
  });

  test('S-149 nor a name, and a Service needs one', () => {
    expect(backends(route(to('web')), service())).toEqual(['broken bakery → Service/bakery']);
    const [link] = graphOf([route('{ name: bakery }'), service()].join('---')).backends;
    expect([link!.state, link!.fault]).toEqual(['broken', 'no-port-given']);
  });

  test('S-150 is a Service of the namespace of its route unless it says otherwise', () => {
    const other = '{ group: inference.networking.k8s.io, kind: InferencePool, name: oven, port: 8080 }';
    expect(backends(route(other), service())).toEqual(['unproved 8080 → nothing']);
    expect(backends(route(to(80), { namespace: 'yard' }), service())).toEqual(['unproved 80 → nothing']);
    expect(backends(route(to(80)), service('{ port: 80 }', 'quay'))).toEqual(['broken 80 → nothing']);
  });

  test('G7 a kind that takes no port is not judged by Service ports', () => {
    const backend = '{ group: gateway.example.com, kind: Backend, name: bakery }';
    expect(backends(route(backend), service())).toEqual(['unproved bakery → nothing']);
  });

  test('S-150 weight 0 gets no traffic', () => {
    const graph = graphOf([route('{ name: bakery, port: 8080, weight: 0 }'), service()].join('---'));
    expect(graph.backends.map(({ ways, state }) => [ways.length, state])).toEqual([
      [0, 'broken'],
      [1, 'broken'],
    ]);
  });

  const across = '{ name: oven, namespace: yard, port: 80 }';
  const oven = service('{ port: 80 }', 'oven', 'yard');
  const from = (kind: string, namespace = 'harbour'): string =>
    `{ group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${namespace} }`;
  const anyService = '{ group: "", kind: Service }';
  test('S-151 another namespace must grant it', () => {
    expect(backends(route(across), oven)).toEqual(['broken 80 → Service/oven:80']);
    expect(graphOf([route(across), oven].join('---')).backends[0]!.fault).toBe('not-permitted');
    expect(backends(route(across), oven, grant(from('HTTPRoute'), anyService))).toEqual([
      'whole 80 → Service/oven:80',
    ]);
  });
  test.each([
    ['for another kind of route', grant(from('GRPCRoute'), anyService), 'broken'],
    ['for another namespace', grant(from('HTTPRoute', 'quay'), anyService), 'broken'],
    ['in the namespace of the route', grant(from('HTTPRoute'), anyService, 'harbour'), 'broken'],
    ['to another Service', grant(from('HTTPRoute'), '{ group: "", kind: Service, name: kiln }'), 'broken'],
    [
      'to a kind of another group',
      grant(from('HTTPRoute'), '{ group: example.com, kind: Service }'),
      'broken',
    ],
    [
      'for a group of another API',
      grant(from('HTTPRoute').replace('gateway.networking.k8s.io', 'example.com'), anyService),
      'broken',
    ],
    ['to a Secret', grant(from('HTTPRoute'), '{ group: "", kind: Secret }'), 'broken'],
    ['to this Service', grant(from('HTTPRoute'), '{ group: "", kind: Service, name: oven }'), 'whole'],
    ['one of several', grant(`${from('TCPRoute')}, ${from('HTTPRoute')}`, anyService), 'whole'],
    ['filled in', grant(from('HTTPRoute', '"${NAMESPACE}"'), anyService), 'unproved'],
  ])('S-151 a grant %s', (_, document, state) => {
    expect(backends(route(across), oven, document)).toEqual([`${state} 80 → Service/oven:80`]);
  });

  test('S-154 a status that says ResolvedRefs proves nothing about the port', () => {
    const status = 'status: { parents: [{ conditions: [{ type: ResolvedRefs, status: "True" }] }] }\n';
    expect(backends(route(to(8080)) + status, service())).toEqual(['broken 8080 → Service/bakery']);
  });

  test('S-155 one of two is invalid', () => {
    expect(backends(route(`${to(80)}, ${to(81)}`), service())).toEqual([
      'whole 80 → Service/bakery:80',
      'broken 81 → Service/bakery',
    ]);
  });

  test('S-156 an ExternalName is for the implementation to take or leave', () => {
    const external = service('').replace(
      'selector',
      'type: ExternalName, externalName: b.example.com, selector',
    );
    expect(backends(route(to(443)), external)).toEqual(['unproved 443 → Service/bakery']);
  });

  test('a TCP route and a UDP port of one number do not meet', () => {
    const dns = service('{ name: dns, port: 53, protocol: UDP }');
    expect(backends(route(to(53), { kind: 'TCPRoute' }), dns)).toEqual(['broken 53 → Service/bakery']);
    expect(backends(route(to(53), { kind: 'UDPRoute' }), dns)).toEqual(['whole 53 → Service/bakery:53']);
    expect(backends(route(to(53), { kind: 'UDPRoute' }), service('{ port: 53 }'))).toEqual([
      'broken 53 → Service/bakery',
    ]);
  });

  test('a mirror gets copies, and no client takes that way', () => {
    const rule = `filters: [{ type: RequestMirror, requestMirror: { backendRef: ${to(8080)} } }]`;
    const graph = graphOf([route(to(80), { rule }), service(), gateway(http)].join('---'));
    expect(graph.backends.map(({ state, ways }) => [state, ways.length])).toEqual([
      ['whole', 1],
      ['broken', 0],
    ]);
  });

  test('values that are filled in prove nothing', () => {
    expect(backends(route(to('"${PORT}"')), service())).toEqual(['unproved bakery → nothing']);
    expect(backends(route(to(81)), service('{ port: "${PORT}" }'))).toEqual(['unproved 81 → Service/bakery']);
  });
});

describe('a parentRef', () => {
  test('S-152 means every listener that takes the route', () => {
    expect(
      parents(route(to(80)), gateway(`${http}, ${https}, { name: sql, port: 5432, protocol: TCP }`)),
    ).toEqual(['whole bakery → Gateway/gate:80', 'whole bakery → Gateway/gate:443']);
  });

  test('S-152 G1 sectionName and port must both match', () => {
    const parent = (more: string): string[] =>
      parents(route(to(80), { parent: `{ name: gate, ${more} }` }), gateway(`${http}, ${https}`));
    expect(parent('sectionName: https')).toEqual(['whole https → Gateway/gate:443']);
    expect(parent('port: 80')).toEqual(['whole 80 → Gateway/gate:80']);
    expect(parent('sectionName: web')).toEqual(['broken web → Gateway/gate']);
    expect(parent('port: 8080')).toEqual(['broken 8080 → Gateway/gate']);
    expect(parent('sectionName: https, port: 80')).toEqual(['broken https → Gateway/gate']);
    expect(parent('sectionName: "${NAME}"')).toEqual(['unproved ${NAME} → nothing']);
  });

  test('a Gateway that is not in the input proves nothing', () => {
    expect(parents(route(to(80)), service())).toEqual(['unproved bakery → nothing']);
    expect(parents(route(to(80), { parent: '{ name: gate, namespace: yard }' }), gateway(http))).toEqual([
      'unproved bakery → nothing',
    ]);
    const istio = gateway(http).replace('gateway.networking.k8s.io/v1', 'networking.istio.io/v1');
    expect(parents(route(to(80)), istio)).toEqual(['unproved bakery → nothing']);
    expect(
      parents(route(to(80), { parent: '{ group: gateway.example.com, kind: Mesh, name: gate }' })),
    ).toEqual(['unproved bakery → nothing']);
  });

  test('S-153 G8 of kind Service is one of its ports', () => {
    const parent = (more: string): string[] =>
      parents(
        route(to(80), { parent: `{ kind: Service, name: bakery, ${more} }` }),
        service('{ name: web, port: 80 }, { name: admin, port: 9000 }'),
      );
    expect(parent('group: "", port: 9000')).toEqual(['whole 9000 → Service/bakery:9000']);
    expect(parent('group: "", sectionName: web')).toEqual(['whole web → Service/bakery:80']);
    expect(parent('group: ""')).toEqual([
      'whole bakery → Service/bakery:80',
      'whole bakery → Service/bakery:9000',
    ]);
    expect(parent('group: "", port: 8080')).toEqual(['broken 8080 → Service/bakery']);
    expect(parent('port: 80')).toEqual(['broken 80 → nothing']);
  });

  const refused = (options: RouteOptions, listener: string): string[] =>
    reasons(route(to(80), options), gateway(listener));
  test('S-158 no route arrives through a listener that is refused', () => {
    const bare = '{ name: in, port: 443, protocol: HTTPS }';
    expect(parents(route(to(80)), gateway(bare))).toEqual(['broken bakery → Gateway/gate:443']);
    // The others are there.
    expect(parents(route(to(80)), gateway(`${bare}, ${http}`))).toEqual(['whole bakery → Gateway/gate:80']);
    const twice = `${http}, { name: http, port: 81, protocol: HTTP }`;
    expect(reasons(route(to(80)), gateway(twice))[0]).toMatch(/the API server refuses Gateway gate/);
  });
  test('S-158 a listener carries the routes of its protocol', () => {
    expect(refused({}, '{ name: sql, port: 5432, protocol: TCP }')).toEqual([
      'protocol: a listener of protocol TCP takes no HTTPRoute',
    ]);
    expect(refused({ kind: 'TLSRoute' }, https)).toEqual([
      'protocol: a listener of protocol HTTPS takes no TLSRoute',
    ]);
    for (const [kind, protocol] of [
      ['GRPCRoute', 'HTTPS'],
      ['TLSRoute', 'TLS'],
      ['TCPRoute', 'TCP'],
      ['UDPRoute', 'UDP'],
    ]) {
      const tls = /TLS|HTTPS/.test(protocol!) ? `, ${CERTIFIED}` : '';
      expect(
        parents(
          route(to(80), { kind: kind!, hosts: 'bakery.example.com' }),
          gateway(`{ name: in, port: 9, protocol: ${protocol}${tls} }`),
        ),
      ).toEqual(['whole bakery → Gateway/gate:9']);
    }
    expect(parents(route(to(80)), gateway('{ name: in, port: 9, protocol: example.com/QUIC }'))).toEqual([
      'unproved bakery → Gateway/gate:9',
    ]);
  });

  test('G1 allowedRoutes says which kinds', () => {
    const only = `{ name: http, port: 80, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }] } }`;
    expect(refused({}, only)).toEqual([
      'not-allowed: the listener allows no HTTPRoute: its kinds are GRPCRoute',
    ]);
    const other = only.replace('kind: GRPCRoute', 'group: example.com, kind: HTTPRoute');
    expect(refused({}, other)[0]).toMatch(/^not-allowed/);
    expect(refused({}, only.replace('GRPCRoute', 'HTTPRoute'))).toEqual([
      'undefined: the listener takes this route',
    ]);
  });

  const allowing = (namespaces: string): string =>
    `{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: ${namespaces} } }`;
  test.each([
    ['{ from: Same }', 'broken'],
    ['{ from: All }', 'whole'],
    ['{ from: None }', 'broken'],
    ['{}', 'broken'],
    ['{ from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: yard } } }', 'whole'],
    ['{ from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: quay } } }', 'broken'],
    ['{ from: Selector, selector: { matchLabels: { open: "yes" } } }', 'unproved'],
    ['{ from: Selector, selector: { matchExpressions: [{ key: open, operator: Exists }] } }', 'unproved'],
    ['{ from: Selector, selector: { matchLabels: { berth: "7" } } }', 'whole'],
    ['{ from: Selector, selector: { matchLabels: { berth: "8" } } }', 'broken'],
  ])('G1 from another namespace, %s: %s', (namespaces, state) => {
    const parent = '{ name: gate, namespace: harbour }';
    const links = graphOf(
      [
        route(to(80), { namespace: 'yard', parent }),
        gateway(allowing(namespaces)),
        namespaces.includes('berth')
          ? '\napiVersion: v1\nkind: Namespace\nmetadata: { name: yard, labels: { berth: "7" } }\n'
          : service(),
      ].join('---'),
    ).parents;
    expect(links.map((link) => link.state)).toEqual([state]);
  });

  test.each([
    ['*.example.com', 'bakery.example.com', 'bakery.example.com'],
    ['*.example.com', 'a.bakery.example.com', 'a.bakery.example.com'],
    ['*.example.com', '*.bakery.example.com', '*.bakery.example.com'],
    ['bakery.example.com', '*.example.com', 'bakery.example.com'],
    ['bakery.example.com', '', 'bakery.example.com'],
    ['', 'bakery.example.com', 'bakery.example.com'],
    ['', '', '*'],
    ['*.example.com', 'example.com', undefined],
    ['quay.example.com', 'bakery.example.com', undefined],
  ])('G1 a listener for `%s` and a route for `%s` share %s', (listens, host, shared) => {
    const listener = `{ name: http, port: 80, protocol: HTTP, hostname: "${listens}" }`;
    const graph = graphOf(
      [route(to(80), { hosts: host && `"${host}"` }), gateway(listener), service()].join('---'),
    );
    expect(graph.parents.map(({ fault }) => fault)).toEqual([shared === undefined ? 'hostname' : undefined]);
    expect(graph.chains.map(({ entry }) => entry.host)).toEqual([shared ?? host]);
  });

  test('of several refusals, the last question that was reached is told', () => {
    const other = '{ name: quay, port: 80, protocol: HTTP, hostname: quay.example.com }';
    expect(
      refused({ hosts: 'bakery.example.com' }, `{ name: sql, port: 5432, protocol: TCP }, ${other}`),
    ).toEqual(['hostname: no host name of the route is one that the listener serves, quay.example.com']);
  });
});

describe('a ListenerSet', () => {
  const set = (kind = 'ListenerSet', group = 'gateway.networking.k8s.io/v1'): string => `
apiVersion: ${group}
kind: ${kind}
metadata: { name: more, namespace: harbour }
spec: { parentRef: { name: gate }, listeners: [{ name: extra, port: 8443, protocol: HTTPS }] }
`;
  const viaSet = (kind = 'ListenerSet', group = 'gateway.networking.k8s.io'): string =>
    route(to(80), { parent: `{ group: ${group}, kind: ${kind}, name: more, sectionName: extra }` });

  test('adds listeners to a Gateway that allows it', () => {
    const allowed = gateway(http, 'allowedListeners: { namespaces: { from: Same } }');
    expect(parents(viaSet(), set(), allowed)).toEqual(['whole extra → ListenerSet/more:8443']);
    expect(reasons(viaSet(), set(), gateway(http))).toEqual([
      'not-allowed: Gateway gate takes no ListenerSet from namespace harbour: none are allowed',
    ]);
    expect(parents(viaSet(), set())).toEqual(['unproved extra → ListenerSet/more:8443']);
  });

  test('on trial it has another group and name', () => {
    const trial = 'gateway.networking.x-k8s.io';
    const allowed = gateway(http, 'allowedListeners: { namespaces: { from: All } }');
    expect(parents(viaSet('XListenerSet', trial), set('XListenerSet', `${trial}/v1alpha1`), allowed)).toEqual(
      ['whole extra → XListenerSet/more:8443'],
    );
  });
});

describe('a chain', () => {
  const rule = `matches:
        - { path: { type: Exact, value: /bread } }
        - { path: { type: RegularExpression, value: "/cake/[0-9]+" }, method: GET }
        - { path: { type: RegularExpression, value: "/cake/[0-9]+" }, method: PUT }
        - { method: GET }`;
  const entries = (...documents: string[]): string[] =>
    graphOf(documents.join('---')).chains.map(
      ({ entry: { kind, host, path, pathType, port, protocol } }) =>
        `${kind} ${host}:${port}/${protocol} ${pathType} ${path}`,
    );

  test('S-158 begins at the port of the listener, once for each path', () => {
    expect(entries(route(to(80), { rule, hosts: 'bakery.example.com' }), gateway(https), service())).toEqual([
      'gateway bakery.example.com:443/TCP Exact /bread',
      'gateway bakery.example.com:443/TCP RegularExpression /cake/[0-9]+',
      'gateway bakery.example.com:443/TCP Prefix /',
    ]);
  });

  test('of gRPC goes by service and method', () => {
    const methods = `matches:
        - { method: { service: shop.Bakery, method: Order } }
        - { method: { service: shop.Bakery } }
        - { method: { method: Order } }`;
    expect(entries(route(to(80), { kind: 'GRPCRoute', rule: methods }), gateway(http), service())).toEqual([
      'gateway *:80/TCP Exact /shop.Bakery/Order',
      'gateway *:80/TCP Prefix /shop.Bakery',
      'gateway *:80/TCP RegularExpression /[^/]+/Order',
    ]);
  });

  test('of TCP and UDP has neither host nor path', () => {
    const udp = gateway('{ name: dns, port: 53, protocol: UDP }');
    expect(entries(route(to(53), { kind: 'UDPRoute' }), udp, service('{ port: 53, protocol: UDP }'))).toEqual(
      ['gateway undefined:53/UDP undefined undefined'],
    );
  });

  test('S-153 of a mesh begins inside the cluster', () => {
    const mesh = route(to(80), { parent: '{ group: "", kind: Service, name: bakery, port: 80 }' });
    expect(entries(mesh, service())).toEqual(['cluster undefined:80/TCP Prefix /']);
  });

  test('passes the listener, and is broken where that refuses it', () => {
    const graph = graphOf(
      [route(to(80), { parent: '{ name: gate, sectionName: web }' }), gateway(http), service()].join('---'),
    );
    expect(graph.chains.map(({ state, links }) => [state, ...links.map(({ kind }) => kind)])).toEqual([
      ['broken', 'parent', 'backend', 'selector'],
    ]);
  });
});

test('every version of the API is read the same way', () => {
  for (const version of ['v1', 'v1beta1', 'v1alpha2']) {
    const old = route(to(80)).replace('k8s.io/v1', `k8s.io/${version}`);
    expect(backends(old, service())).toEqual(['whole 80 → Service/bakery:80']);
  }
});
