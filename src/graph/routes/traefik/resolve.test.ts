import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import type { PortGraph } from '../../links/port-graph.ts';

interface RouteOptions {
  readonly kind?: string;
  readonly match?: string;
  readonly entryPoints?: string;
  readonly more?: string;
  readonly group?: string;
}

const route = (services: string, options: RouteOptions = {}): string => `
apiVersion: ${options.group ?? 'traefik.io/v1alpha1'}
kind: ${options.kind ?? 'IngressRoute'}
metadata: { name: bakery, namespace: harbour }
spec:
  ${options.entryPoints ? `entryPoints: [${options.entryPoints}]` : ''}
  ${options.more ?? ''}
  routes:
    - services: [${services}]
${matchOf(options)}
`;
/** Each of the kinds has its own fields. */
const matchOf = ({ kind = 'IngressRoute', match }: RouteOptions): string =>
  kind === 'IngressRouteUDP'
    ? ''
    : `      match: ${match ?? 'Host(`bakery.example.com`)'}${kind === 'IngressRoute' ? '\n      kind: Rule' : ''}`;
const service = (
  ports = '{ name: web, port: 80, targetPort: 8080 }',
  { name = 'bakery', namespace = 'harbour', more = '' } = {},
): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  ${more}
  selector: { app: ${name} }
  ports: [${ports}]
`;
const traefikService = (name: string, spec: string, namespace = 'harbour'): string => `
apiVersion: traefik.io/v1alpha1
kind: TraefikService
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;
const WEB = '--entryPoints.web.address=:8000/tcp';
const SECURE = '--entrypoints.websecure.address=:8443';
const traefik = (args: readonly string[] = [WEB, SECURE], ports = '', image = 'traefik:v3.4'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: traefik, namespace: gate }
spec:
  template:
    metadata: { labels: { app: traefik } }
    spec:
      containers:
        - name: traefik
          image: ${image}
          args: [${args.map((arg) => `"${arg}"`).join(', ')}]
          ports: [${ports}]
`;
const all = (...documents: string[]): string => documents.join('---');
const backends = (...documents: string[]): string[] => linesOf(all(...documents), 'backend');
const parents = (...documents: string[]): string[] => linesOf(all(...documents), 'parent');
const faults = (...documents: string[]): unknown[] =>
  graphOf(all(...documents)).backends.map(({ fault }) => fault);
const entries = ({ chains }: PortGraph): string[] =>
  chains.map(({ entry: { resource, host, path, port } }) => `${resource.kind} ${host}${path} ${port}`);
const to = (port: number | string, name = 'bakery'): string => `{ name: ${name}, port: ${port} }`;

describe('a service of an IngressRoute', () => {
  test('S-143 F1 an integer is the number of a Service port, never the targetPort', () => {
    expect(backends(route(to(80)), service())).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(route(to(8080)), service())).toEqual(['broken 8080 → Service/bakery']);
  });

  test('S-143 F1 a string is the exact name of a Service port', () => {
    expect(backends(route(to('web')), service())).toEqual(['whole web → Service/bakery:80']);
    expect(backends(route(to('http')), service())).toEqual(['broken http → Service/bakery']);
  });

  test('S-143 a number in quotes is a name, and only a port of that name has it', () => {
    expect(backends(route(to('"80"')), service('{ port: 80 }'))).toEqual(['broken 80 → Service/bakery']);
    expect(backends(route(to('"80"')), service('{ name: "80", port: 81 }'))).toEqual([
      'whole 80 → Service/bakery:81',
    ]);
  });

  test.each(['0', '""', '~'])('S-143 no port is no port: %s', (port) => {
    expect(faults(route(to(port)), service())).toEqual(['no-port-given']);
  });

  test('S-143 the same for TCP and UDP, and a port of another protocol proves nothing', () => {
    const udp = service('{ name: dns, port: 53, protocol: UDP }');
    expect(backends(route(to(80), { kind: 'IngressRouteTCP', match: 'HostSNI(`*`)' }), service())).toEqual([
      'whole 80 → Service/bakery:80',
    ]);
    expect(backends(route(to(53), { kind: 'IngressRouteUDP' }), udp)).toEqual([
      'whole 53 → Service/bakery:53',
    ]);
    expect(backends(route(to(53), { kind: 'IngressRouteTCP' }), udp)).toEqual([
      'unproved 53 → Service/bakery:53',
    ]);
    const both = service('{ name: a, port: 53, protocol: UDP }, { name: b, port: 53 }');
    const [link] = graphOf(all(route(to(53), { kind: 'IngressRouteTCP' }), both)).backends;
    expect(link?.servicePort?.name?.value).toBe('b');
  });

  test('both groups are read', () => {
    expect(backends(route(to(8080), { group: 'traefik.containo.us/v1alpha1' }), service())).toEqual([
      'broken 8080 → Service/bakery',
    ]);
  });

  test('a Service that is not there', () => {
    expect(backends(route(to(80, 'bakrey')), service())).toEqual(['broken 80 → nothing']);
    expect(backends(route(to(80)))).toEqual(['unproved 80 → nothing']);
  });

  test('values that are filled in prove nothing', () => {
    expect(backends(route(to('"${PORT}"')), service())).toEqual(['unproved ${PORT} → nothing']);
    expect(backends(route(to(81)), service('{ port: "${PORT}" }'))).toEqual(['unproved 81 → Service/bakery']);
  });

  test('S-144 a name with @ is a service of another provider', () => {
    expect(backends(route('{ name: api@internal, kind: TraefikService }'), service())).toEqual([
      'unproved bakery → nothing',
    ]);
    expect(backends(route('{ name: bakery@file, port: 80 }'), service())).toEqual(['unproved 80 → nothing']);
  });

  test('S-144 of other kinds there is none', () => {
    expect(faults(route('{ name: bakery, kind: Deployment, port: 80 }'), service())).toEqual(['kind']);
    expect(backends(route('{ name: bakery, kind: Service, port: 80 }'), service())).toEqual([
      'whole 80 → Service/bakery:80',
    ]);
  });

  test('S-145 Traefik knows three schemes', () => {
    for (const scheme of ['http', 'https', 'h2c', '""']) {
      expect(faults(route(`{ name: bakery, port: 80, scheme: ${scheme} }`), service())).toEqual([undefined]);
    }
    expect(faults(route('{ name: bakery, port: 80, scheme: grpc }'), service())).toEqual(['scheme']);
  });

  test('S-141 nativeLB goes to the cluster IP, and a headless Service has none', () => {
    const native = route('{ name: bakery, port: 80, nativeLB: true }');
    const headless = service(undefined, { more: 'clusterIP: None' });
    expect(faults(native, service())).toEqual([undefined]);
    expect(faults(native, headless)).toEqual(['headless']);
    expect(faults(route(to(80)), headless)).toEqual([undefined]);
  });

  test('S-142 an ExternalName needs a setting, and a number need not be declared', () => {
    const external = service('', { more: 'type: ExternalName\n  externalName: bread.example.com' });
    const allowing = traefik([WEB, '--providers.kubernetesCRD.allowExternalNameServices=true']);
    expect(backends(route(to(443)), external)).toEqual(['unproved 443 → Service/bakery']);
    expect(backends(route(to(443)), external, allowing)).toEqual(['whole 443 → Service/bakery']);
    expect(backends(route(to('web')), external, allowing)).toEqual(['broken web → Service/bakery']);
  });

  test('S-146 F1 another namespace must be allowed', () => {
    const across = route('{ name: oven, namespace: yard, port: 80 }');
    const oven = service('{ port: 80 }', { name: 'oven', namespace: 'yard' });
    expect(backends(across, oven)).toEqual(['unproved 80 → Service/oven:80']);
    expect(backends(across, oven, traefik())).toEqual(['broken 80 → Service/oven:80']);
    expect(faults(across, oven, traefik())).toEqual(['not-permitted']);
    expect(backends(across, oven, traefik([WEB], '', 'traefik:v2.4.8'))).toEqual([
      'unproved 80 → Service/oven:80',
    ]);
    const allowing = (flag: string): string =>
      traefik([WEB, `--providers.kubernetesCRD.allowCrossNamespace${flag}`]);
    expect(backends(across, oven, allowing(''))).toEqual(['whole 80 → Service/oven:80']);
    expect(backends(across, oven, allowing('=false'))).toEqual(['broken 80 → Service/oven:80']);
    expect(backends(across, service('{ port: 81 }', { name: 'oven', namespace: 'yard' }))).toEqual([
      'broken 80 → Service/oven',
    ]);
  });
});

describe('what Traefik makes of Services and Ingresses', () => {
  const ingress = (port: string, spec = ''): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: front }
spec: { controller: traefik.io/ingress-controller }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: harbour }
spec:
  ingressClassName: front
  defaultBackend: { service: { name: bakery, port: ${port} } }
  ${spec}
`;

  test('S-137 an Ingress by number or name, never by targetPort', () => {
    expect(backends(ingress('{ number: 80 }'), service())).toEqual(['whole 80 → Service/bakery:80']);
    expect(backends(ingress('{ name: web }'), service())).toEqual(['whole web → Service/bakery:80']);
    expect(backends(ingress('{ number: 8080 }'), service())).toEqual(['broken 8080 → Service/bakery']);
  });

  test.each([
    ['web', 'web', 'whole'],
    ['web', 'http', 'broken'],
    ['""', '""', 'whole'],
    ['web', '""', 'broken'],
  ])('S-139 servers are the endpoints of the same port name: %s and %s', (own, other, state) => {
    const slice = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: bakery-1, namespace: harbour, labels: { kubernetes.io/service-name: bakery } }
endpoints: [{ addresses: [192.0.2.7] }]
ports: [{ name: ${other}, port: 8080 }]
`;
    const bare = service(`{ name: ${own}, port: 80 }`).replace('selector: { app: bakery }', '');
    const { chains } = graphOf(all(route(to(80)), bare, slice));
    expect(chains.map(({ links }) => links.at(-1)?.state)).toEqual([state]);
  });

  test('S-140 whether Pods are ready changes no port', () => {
    const eager = service(undefined, { more: 'publishNotReadyAddresses: true' });
    expect(backends(route(to(80)), eager)).toEqual(backends(route(to(80)), service()));
  });

  test('S-142 what is dialled at an external name is not followed', () => {
    const external = service('{ port: 443 }', {
      more: 'type: ExternalName\n  externalName: bread.example.com',
    });
    expect(backends(ingress('{ number: 443 }'), external)).toEqual(['unproved 443 → Service/bakery:443']);
  });

  test('S-148 a default backend beside rules is not reached', () => {
    const rules =
      'rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: bakery, port: { number: 80 } } } }] } }]';
    const hosts = (spec: string): unknown[] =>
      graphOf(all(ingress('{ number: 80 }', spec), service())).chains.map(({ entry }) => entry.host);
    expect(hosts('')).toEqual(['*']);
    expect(hosts(rules)).toEqual(['a.example.com']);
  });

  test('S-148 a resource is no backend', () => {
    const resource = ingress('{}').replace(/service: .*/, 'resource: { kind: Bucket, name: icons } }');
    expect(faults(resource, service())).toEqual(['kind']);
  });
});

describe('a TraefikService', () => {
  const weighted = traefikService(
    'ovens',
    '{ weighted: { services: [{ name: oven, port: 80 }, { name: kiln, port: 81, weight: 0 }] } }',
  );
  const ovens = [service(undefined, { name: 'oven' }), service(undefined, { name: 'kiln' })];
  const viaOvens = route('{ name: ovens, kind: TraefikService, port: 9 }');

  test('S-144 hands traffic over, whatever port is beside its name', () => {
    expect(backends(viaOvens, weighted, ...ovens)).toEqual([
      'whole bakery → TraefikService/ovens',
      'whole 80 → Service/oven:80',
      'broken 81 → Service/kiln',
    ]);
    const graph = graphOf(all(viaOvens, weighted, ...ovens));
    const through = graph.chains.filter(({ entry }) => entry.host !== undefined);
    expect(entries({ ...graph, chains: through })).toEqual(['IngressRoute bakery.example.com/ 80']);
    expect(through.map(({ links }) => links.map(({ kind }) => kind))).toEqual([
      ['backend', 'backend', 'selector'],
    ]);
  });

  test('S-144 is looked for in the namespace of the route, and its own Services in its own', () => {
    const elsewhere = weighted.replace('namespace: harbour', 'namespace: yard');
    expect(backends(viaOvens, elsewhere, ...ovens)).toEqual([
      'unproved bakery → nothing',
      'unproved 80 → nothing',
      'unproved 81 → nothing',
    ]);
  });

  test('S-144 one that no route refers to is followed all the same', () => {
    expect(backends(weighted, ...ovens)).toEqual(['whole 80 → Service/oven:80', 'broken 81 → Service/kiln']);
  });

  test('S-144 mirrors get copies, and no client takes that way', () => {
    const mirroring = traefikService(
      'ovens',
      '{ mirroring: { name: oven, port: 80, mirrors: [{ name: kiln, port: 80, percent: 10 }] } }',
    );
    const graph = graphOf(all(viaOvens, mirroring, ...ovens));
    expect(graph.backends.map(({ ways, backend: { role } }) => [role, ways.length])).toEqual([
      [undefined, 0],
      [undefined, 1],
      ['mirror', 0],
    ]);
  });

  test('S-144 they may be nested, even in a circle', () => {
    const outer = traefikService(
      'ovens',
      '{ highestRandomWeight: { services: [{ name: more, kind: TraefikService }, { name: oven, port: 80 }] } }',
    );
    const inner = traefikService(
      'more',
      '{ weighted: { services: [{ name: ovens, kind: TraefikService }, { name: kiln, port: 80 }] } }',
    );
    const graph = graphOf(all(viaOvens, outer, inner, ...ovens));
    const through = graph.chains.filter(({ entry }) => entry.host !== undefined);
    expect(new Set(through.map(({ links }) => links.length))).toEqual(new Set([3, 4]));
  });

  test('a Middleware fetches error pages from a Service', () => {
    const middleware = (spec: string): string => `
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: pages, namespace: harbour }
spec: ${spec}
`;
    const errors =
      '{ errors: { status: ["500-599"], query: "/{status}", service: { name: bakery, port: 8080 } } }';
    expect(backends(middleware(errors), service())).toEqual(['broken 8080 → Service/bakery']);
    expect(backends(middleware('{ stripPrefix: { prefixes: [/x] } }'), service())).toEqual([]);
  });
});

describe('an entry point', () => {
  const exposing = service(
    '{ name: web, port: 80, targetPort: web }, { name: websecure, port: 443, targetPort: 8443 }',
    { name: 'traefik', namespace: 'gate' },
  );
  const named = '{ name: web, containerPort: 8000 }';

  test('S-148 F2 is one that a flag of Traefik opens', () => {
    expect(parents(route(to(80), { entryPoints: 'web, websecure' }), traefik())).toEqual([
      'whole web → Deployment/traefik:8000',
      'whole websecure → Deployment/traefik:8443',
    ]);
    expect(parents(route(to(80), { entryPoints: 'https' }), traefik())).toEqual([
      'broken https → Deployment/traefik',
    ]);
    expect(parents(route(to(80), { entryPoints: '"${ENTRY}"' }), traefik())).toEqual([
      'unproved ${ENTRY} → nothing',
    ]);
    expect(parents(route(to(80), { entryPoints: 'traefik' }), traefik())).toEqual([
      'whole traefik → Deployment/traefik',
    ]);
  });

  test('S-148 without a Traefik in the input there is nothing to follow', () => {
    expect(parents(route(to(80), { entryPoints: 'https' }), service())).toEqual([]);
  });

  test('one for UDP carries no TCP', () => {
    const dns = traefik([WEB, '--entryPoints.dns.address=:5353/udp']);
    const udp = (entryPoints: string): string => route(to(53), { kind: 'IngressRouteUDP', entryPoints });
    expect(parents(udp('dns'), dns)).toEqual(['whole dns → Deployment/traefik:5353']);
    expect(parents(udp('web'), dns)).toEqual(['broken web → Deployment/traefik:8000']);
    expect(parents(route(to(80), { entryPoints: 'dns' }), dns)).toEqual([
      'broken dns → Deployment/traefik:5353',
    ]);
  });

  test.each(['', '/tcp'])(
    'F5 the dashboard moved: a Service that sends it to 9000 finds nothing, %s',
    (suffix) => {
      const dashboard = (targetPort: string): string =>
        service(`{ name: dashboard, port: 9000, targetPort: ${targetPort} }`, {
          name: 'traefik',
          namespace: 'gate',
        });
      const opened = traefik(
        [`--entryPoints.traefik.address=:8080${suffix}`, `--entryPoints.web.address=:8000${suffix}`],
        '{ name: traefik, containerPort: 8080 }',
      );
      const states = (targetPort: string): string[] =>
        graphOf(all(dashboard(targetPort), opened)).binds.map(({ state }) => state);
      expect(states('9000')).toEqual(['broken']);
      expect(states('traefik')).not.toContain('broken');
    },
  );

  const ports = (...documents: string[]): unknown[] =>
    graphOf(all(...documents)).backends.flatMap(({ ways }) => ways.map(({ port }) => port));

  test('S-148 F3 clients dial the port that a Service of Traefik has for it', () => {
    const both = route(to(80), { entryPoints: 'web, websecure' });
    expect(ports(both, traefik([WEB, SECURE], named), exposing)).toEqual([80, 443]);
    const moved = exposing.replace('port: 80,', 'port: 8088,');
    expect(ports(both, traefik([WEB, SECURE], named), moved)).toEqual([8088, 443]);
  });

  test('S-148 of the ports that lead to it, and of the Services that select it', () => {
    const only = route(to(80), { entryPoints: 'lantern' });
    const opening = traefik(['--entryPoints.lantern.address=:5353']);
    const front = (ports: string, name = 'traefik'): string => service(ports, { name, namespace: 'gate' });
    const leading = '{ name: b, port: 8082, targetPort: 5353 }';
    expect(ports(only, opening, front(`{ name: a, port: 8081, targetPort: 5354 }, ${leading}`))).toEqual([
      8082,
    ]);
    const udp = '{ name: a, port: 8081, targetPort: 5353, protocol: UDP }';
    expect(ports(only, opening, front(`${udp}, ${leading}`))).toEqual([8082]);
    expect(ports(only, opening, front(leading, 'quay'))).toEqual([80]);
  });

  test('S-148 or that a node has for it', () => {
    const only = route(to(80), { entryPoints: 'web' });
    expect(ports(only, traefik([WEB], '{ containerPort: 8000, hostPort: 8081 }'))).toEqual([8081]);
    const onNode = traefik(['--entryPoints.web.address=:8088']).replace(
      'containers:',
      'hostNetwork: true\n      containers:',
    );
    expect(ports(only, onNode)).toEqual([8088]);
  });

  test('S-148 or what is usual for its name', () => {
    expect(ports(route(to(80), { entryPoints: 'websecure' }), service())).toEqual([443]);
    expect(ports(route(to(80), { entryPoints: 'lantern', more: 'tls: {}' }), service())).toEqual([443]);
    expect(ports(route(to(80)), service())).toEqual([80]);
    expect(ports(route(to(80), { kind: 'IngressRouteTCP', entryPoints: 'sql' }), service())).toEqual([
      undefined,
    ]);
  });
});

describe('the ways of an IngressRoute', () => {
  const ways = (options: RouteOptions): string[] => entries(graphOf(all(route(to(80), options), service())));

  test('are the hosts and paths of its rule', () => {
    expect(ways({ match: '(Host(`a`) || Host(`b`)) && PathPrefix(`/x`)' })).toEqual([
      'IngressRoute a/x 80',
      'IngressRoute b/x 80',
    ]);
    expect(ways({ match: 'PathPrefix(`/x`)' })).toEqual(['IngressRoute */x 80']);
  });

  test('have no host where an expression decides', () => {
    expect(ways({ match: 'HostRegexp(`.+`)' })).toEqual(['IngressRoute undefined/ 80']);
  });

  test('have neither where the rule cannot be read', () => {
    expect(ways({ match: 'Host(`a`' })).toEqual(['IngressRoute undefinedundefined 80']);
  });

  test('by TLS a host of TCP is its SNI', () => {
    const tcp = { kind: 'IngressRouteTCP', match: 'HostSNI(`sql.example.com`)' };
    expect(ways({ ...tcp, more: 'tls: { passthrough: true }' })).toEqual([
      'IngressRouteTCP sql.example.comundefined undefined',
    ]);
    expect(ways(tcp)).toEqual(['IngressRouteTCP undefinedundefined undefined']);
  });
});

test('Traefik 3.6: a child has the host of its parent, and its entry points', () => {
  const { chains } = graphOf(`
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: gate, namespace: quay }
spec: { entryPoints: [websecure], routes: [{ match: Host(\`quay.example.com\`), kind: Rule }] }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: florist, namespace: quay }
spec:
  parentRefs: [{ name: gate }]
  routes: [{ match: Path(\`/flowers\`), kind: Rule, services: [{ name: florist, port: 80 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: florist, namespace: quay }
spec: { selector: { app: florist }, ports: [{ port: 80 }] }
`);
  expect(chains.map(({ entry }) => [entry.host, entry.path, entry.port])).toContainEqual([
    'quay.example.com',
    '/flowers',
    443,
  ]);
});
