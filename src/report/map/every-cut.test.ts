import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../engine/check.ts';
import { toReport } from '../../engine/to-report.ts';
import { linksOf } from '../../graph/links/port-graph.ts';
import { cutsOf, wordCut } from '../../testing/cuts.ts';
import { sourcesOf } from '../../testing/test-rule.ts';

const all = (...documents: string[]): string => documents.join('---');

const object = (
  apiVersion: string,
  kind: string,
  name: string,
  more: string,
  namespace = 'harbour',
): string => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
${more}
`;
const service = (ports = '{ name: web, port: 80 }', more = '', namespace = 'harbour'): string =>
  object(
    'v1',
    'Service',
    'bakery',
    `spec: { ${more} selector: { app: bakery }, ports: [${ports}] }`,
    namespace,
  );
const pod = (container = 'image: nginx', more = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: bakery, namespace: harbour, labels: { app: bakery } }
spec: { ${more} containers: [{ name: oven, ${container} }] }
`;
const UDP = '{ name: dns, port: 80, protocol: UDP }';

const ingress = (backend: string, more = '', annotations = ''): string =>
  `${object('networking.k8s.io/v1', 'Ingress', 'gate', `spec: { ${more} rules: [{ host: bakery.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { ${backend} } }] } }] }`)}`.replace(
    'namespace: harbour',
    `namespace: harbour, annotations: { ${annotations} }`,
  );
const to = (port: string, name = 'bakery'): string => `service: { name: ${name}, port: { ${port} } }`;
const ofClass = (controller: string): string => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: front }
spec: { controller: ${controller} }
`;
const FRONT = 'ingressClassName: front,';

const gateway = (listener = 'name: web, port: 80, protocol: HTTP', more = ''): string =>
  object(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    'gate',
    `spec: { gatewayClassName: c, ${more} listeners: [${listener && `{ ${listener} }`}] }`,
  );
const httpRoute = (
  backend = 'name: bakery, port: 80',
  parent = 'name: gate',
  namespace = 'harbour',
): string =>
  object(
    'gateway.networking.k8s.io/v1',
    'HTTPRoute',
    'bakery',
    `spec: { parentRefs: [{ ${parent} }], hostnames: [bakery.example.com], rules: [{ backendRefs: [{ ${backend} }] }] }`,
    namespace,
  );
const traefik = (more = ''): string =>
  object(
    'apps/v1',
    'Deployment',
    'traefik',
    `spec: { template: { metadata: { labels: { app: traefik } }, spec: { containers: [{ name: traefik, image: "traefik:v3.4", args: ["--entryPoints.web.address=:8000/tcp", "--entryPoints.dns.address=:5353/udp"${more}] }] } } }`,
    'gate',
  );
const ingressRoute = (backend = 'name: bakery, port: 80', entryPoint = 'web', more = ''): string =>
  object(
    'traefik.io/v1alpha1',
    'IngressRoute',
    'bakery',
    `spec: { entryPoints: [${entryPoint}], ${more} routes: [{ kind: Rule, match: "Host(\`bakery.example.com\`)", services: [{ ${backend} }] }] }`,
  );
const istioGateway = (server = 'port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"]'): string =>
  object(
    'networking.istio.io/v1',
    'Gateway',
    'gate',
    `spec: { selector: { istio: ingressgateway }, servers: [${server && `{ ${server} }`}] }`,
  );
const virtualService = (destination = 'host: bakery, port: { number: 80 }'): string =>
  object(
    'networking.istio.io/v1',
    'VirtualService',
    'bakery',
    `spec: { hosts: [bakery.example.com], gateways: [gate], http: [{ route: [{ destination: { ${destination} } }] }] }`,
  );
const proxy = (backend: string): string =>
  object(
    'projectcontour.io/v1',
    'HTTPProxy',
    'bakery',
    `spec: { virtualhost: { fqdn: bakery.example.com }, routes: [{ services: [{ ${backend} }] }] }`,
  );
const openShiftRoute = (port = ''): string =>
  object(
    'route.openshift.io/v1',
    'Route',
    'bakery',
    `spec: { host: bakery.example.com, to: { kind: Service, name: bakery }, ${port} }`,
  );
const daemons = (name: string): string =>
  object(
    'apps/v1',
    'DaemonSet',
    name,
    `spec: { template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: nginx, ports: [{ containerPort: 80, hostPort: 9100 }] }] } } }`,
  );
const slice = (port: string): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: bakery-1, namespace: harbour, labels: { kubernetes.io/service-name: bakery } }
endpoints: [{ addresses: [192.0.2.7] }]
ports: [{ ${port} }]
`;
const unselecting = (port: string): string =>
  object('v1', 'Service', 'bakery', `spec: { type: LoadBalancer, ports: [{ ${port} }] }`);
const streams = (protocol: string): string =>
  all(
    object('v1', 'ConfigMap', 'streams', 'data: { "80": "harbour/bakery:80" }', 'gate'),
    object(
      'apps/v1',
      'Deployment',
      'nginx',
      `spec: { template: { metadata: { labels: { app: nginx } }, spec: { containers: [{ name: c, image: "registry.k8s.io/ingress-nginx/controller:v1.12.1", args: [/nginx-ingress-controller, "--${protocol}-services-configmap=gate/streams"] }] } } }`,
      'gate',
    ),
  );

/** Manifests, and what stands where the first wire of them is cut; undefined where no way in leads there. */
type Case = readonly [manifests: string, cut: string | undefined];

/** What breaks links that traffic takes, by what proves that it does. */
const BROKEN: Readonly<Record<string, Case>> = {
  'no-listener': [
    all(gateway(), httpRoute(undefined, 'name: gate, sectionName: https')),
    `no https | listener https`,
  ],
  'no-port-of-parent': [
    all(service(), httpRoute(undefined, 'group: "", kind: Service, name: bakery, port: 8080')),
    `no 8080 | port 8080`,
  ],
  'kind-without-listeners': [
    all(httpRoute(undefined, 'kind: GatewayClass, name: gate'), service()),
    'Gateway | kind GatewayClass',
  ],
  'group-without-service': [
    all(service(), httpRoute(undefined, 'kind: Service, name: bakery, port: 80')),
    `"" | group gateway.networking.k8s.io`,
  ],
  'unserved-listener': [
    all(gateway('name: web, port: 443, protocol: HTTPS'), httpRoute(), service()),
    `nobody | served by a controller`,
  ],
  'protocol-of-listener': [
    all(gateway('name: web, port: 80, protocol: TCP'), httpRoute(), service()),
    `TCP | protocol HTTPRoute`,
  ],
  'kinds-of-listener': [
    all(
      gateway('name: web, port: 80, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }] }'),
      httpRoute(),
      service(),
    ),
    `GRPCRoute | kind HTTPRoute`,
  ],
  'namespaces-of-listener': [
    all(gateway(), httpRoute(undefined, 'name: gate, namespace: harbour', 'market')),
    `harbour | namespace market`,
  ],
  'namespaces-of-gateway': [
    all(
      gateway(),
      object(
        'gateway.networking.k8s.io/v1',
        'ListenerSet',
        'more',
        'spec: { parentRef: { name: gate }, listeners: [{ name: extra, port: 81, protocol: HTTP }] }',
      ),
      httpRoute(undefined, 'kind: ListenerSet, name: more'),
      service(),
    ),
    `no harbour | namespace harbour`,
  ],
  'hosts-of-listener': [
    all(gateway('name: web, port: 80, protocol: HTTP, hostname: a.example.com'), httpRoute()),
    `a.example.com | host bakery.example.com`,
  ],
  'no-grant': [
    all(gateway(), httpRoute('name: bakery, namespace: yard, port: 80'), service(undefined, '', 'yard')),
    `harbour | namespace yard`,
  ],
  'kind-of-group': [
    all(gateway(), httpRoute('kind: Deployment, group: apps, name: bakery, port: 80'), service()),
    `Deployment | kind Service`,
  ],
  'backend-without-port': [all(gateway(), httpRoute('name: bakery'), service()), `none given | port 80`],
  'no-service-port': [all(gateway(), httpRoute('name: bakery, port: 8080'), service()), `8080 | no 8080`],
  'no-name': [all(gateway(), httpRoute('port: 80'), service()), `not named | Service a name`],
  'port-for-protocol': [all(gateway(), httpRoute(), service(UDP)), `TCP | protocol UDP`],
  'no-servers': [all(istioGateway(''), virtualService(), service()), `none | server any`],
  'rules-of-server': [
    all(
      istioGateway('port: { number: 80, name: sql, protocol: TCP }, hosts: ["*"]'),
      virtualService(),
      service(),
    ),
    undefined,
  ],
  'namespaces-of-server': [
    all(
      istioGateway('port: { number: 80, name: http, protocol: HTTP }, hosts: ["quay/*"]'),
      virtualService(),
      service(),
    ),
    `quay | namespace harbour`,
  ],
  'hosts-of-server': [
    all(
      istioGateway('port: { number: 80, name: http, protocol: HTTP }, hosts: ["a.example.com"]'),
      virtualService(),
      service(),
    ),
    `a.example.com | host bakery.example.com`,
  ],
  'no-host': [
    all(istioGateway(), virtualService('port: { number: 80 }'), service()),
    `not named | Service a name`,
  ],
  'no-dialled-port': [
    all(
      istioGateway(),
      virtualService('host: bakery'),
      service('{ name: a, port: 81 }, { name: b, port: 82 }'),
    ),
    `80 | port no 80`,
  ],
  'no-backend': [all(proxy('').replace('services: [{  }]', 'timeoutPolicy: {}')), `none | backend a Service`],
  'no-share': [all(gateway(), httpRoute('name: bakery, port: 80, weight: 0'), service()), `0 | weight ≥ 1`],
  'no-subset': [
    all(
      istioGateway(),
      virtualService('host: bakery, subset: rye, port: { number: 80 }'),
      service(),
      object(
        'networking.istio.io/v1',
        'DestinationRule',
        'bakery',
        'spec: { host: bakery, subsets: [{ name: wheat, labels: { flour: wheat } }] }',
      ),
    ),
    `rye | subset no rye`,
  ],
  'no-entry-point': [
    all(traefik(), ingressRoute(undefined, 'websecure'), service()),
    `web, dns | entry point websecure`,
  ],
  'protocol-of-entry-point': [
    all(traefik(), ingressRoute(undefined, 'dns'), service()),
    `UDP | protocol TCP`,
  ],
  'no-ingress-route': [
    all(traefik(), ingressRoute(undefined, 'web', 'parentRefs: [{ name: gates }],'), service()),
    `no gates | IngressRoute gates`,
  ],
  'no-port-for-traefik': [all(traefik(), ingressRoute('name: bakery'), service()), `none given | port 80`],
  'no-scheme': [
    all(traefik(), ingressRoute('name: bakery, port: 80, scheme: grpc'), service()),
    `grpc | scheme http, https, h2c`,
  ],
  'headless-behind-native-lb': [
    all(
      traefik(),
      ingressRoute('name: bakery, port: 80, nativeLB: true'),
      service(undefined, 'clusterIP: None,'),
    ),
    `needed | clusterIP None`,
  ],
  'kind-no-backend': [
    all(traefik(), ingressRoute('kind: Deployment, name: bakery, port: 80'), service()),
    `Deployment | kind Service`,
  ],
  'no-cross-namespace': [
    all(
      traefik(', "--providers.kubernetescrd"'),
      ingressRoute('name: bakery, namespace: yard, port: 80'),
      service(undefined, '', 'yard'),
    ),
    `harbour | namespace yard`,
  ],
  'no-port-for-contour': [all(proxy('name: bakery'), service()), `none given | port 80`],
  'no-tcp-port-for-router': [all(openShiftRoute(), service(UDP)), `TCP | protocol UDP`],
  'no-endpoint-of-port': [
    all(openShiftRoute('port: { targetPort: 8080 }'), service(), pod()),
    `8080 | no 8080`,
  ],
  'no-service': [all(ingress(to('number: 80', 'bakrey')), service()), `bakrey | Service no bakrey`],
  'no-such-port': [all(ingress(to('number: 8080')), service()), `8080 | no 8080`],
  'name-of-no-port': [
    all(ingress(to('name: http-public-metrics')), service('{ name: http-public-metrics, port: 80 }')),
    `http-public-metrics | 80`,
  ],
  'port-for-only': [
    all(ingress(to('number: 80'), FRONT), ofClass('k8s.io/ingress-nginx'), service(UDP)),
    `TCP | protocol UDP`,
  ],
  'port-for-other-than': [all(streams('tcp'), service(UDP)), `TCP | protocol UDP`],
  'leaves-out-resources': [
    all(
      ingress('resource: { apiGroup: example.com, kind: Bucket, name: bread }', FRONT),
      ofClass('traefik.io/ingress-controller'),
    ),
    `Bucket | kind Service`,
  ],
  'no-action': [
    all(ingress(to('name: use-annotation', 'moved'), FRONT), ofClass('ingress.k8s.aws/alb')),
    `moved | action no moved`,
  ],
  'no-node-port': [
    all(
      ingress(to('number: 80'), FRONT, 'alb.ingress.kubernetes.io/target-type: instance'),
      ofClass('ingress.k8s.aws/alb'),
      service(),
    ),
    `needed | nodePort none`,
  ],
  'headless-behind-passthrough': [
    all(
      ingress(to('number: 80'), FRONT, 'nginx.ingress.kubernetes.io/ssl-passthrough: "true"'),
      ofClass('k8s.io/ingress-nginx'),
      streams('tcp').replace(
        '/nginx-ingress-controller,',
        '/nginx-ingress-controller, --enable-ssl-passthrough,',
      ),
      service(undefined, 'clusterIP: None,'),
    ),
    `needed | clusterIP None`,
  ],
  // Nodes.
  'host-network': [
    pod('image: nginx, ports: [{ containerPort: 80, hostPort: 8080 }]', 'hostNetwork: true,'),
    `8080 | 80`,
  ],
  'host-port-taken': [all(daemons('beacon'), daemons('foghorn')), `DaemonSet foghorn | for DaemonSet beacon`],
  'node-port-of-cluster-ip': [
    all(service('{ name: web, port: 80, nodePort: 30080 }', 'type: ClusterIP,'), pod()),
    undefined,
  ],
  'node-port-out-of-range': [
    all(service('{ name: web, port: 80, nodePort: 8080 }', 'type: NodePort,'), pod()),
    `30000-32767 | nodePort 8080`,
  ],
  'node-port-taken': [
    all(
      service('{ name: web, port: 80, nodePort: 30080 }', 'type: NodePort,'),
      service('{ name: web, port: 80, nodePort: 30080 }', 'type: NodePort,', 'market'),
      pod(),
    ),
    `Service market/bakery | for Service harbour/bakery`,
  ],
  // Services, and the Pods behind them.
  'no-labels-of-selector': [
    all(service(), pod().replace('app: bakery', 'app: bakrey')),
    `bakery | label app bakrey`,
  ],
  'no-pod-port-of-name': [
    all(
      service('{ name: web, port: 80, targetPort: web }'),
      pod('image: nginx, ports: [{ name: http, containerPort: 80 }]'),
    ),
    `web | port name http`,
  ],
  'quoted-number': [
    all(
      service('{ name: web, port: 80, targetPort: "8080" }'),
      pod('image: nginx, ports: [{ name: http, containerPort: 8080 }]'),
    ),
    `"8080" | port name http`,
  ],
  'no-port-number': [
    all(service('{ name: web, port: 80, targetPort: 80800 }'), pod()),
    `80800 | port 1-65535`,
  ],
  'no-endpoint-port': [
    all(unselecting('name: sql, port: 5432'), slice('name: pg, port: 5432')),
    `sql | port name pg`,
  ],
  'listens-elsewhere': [all(service('{ name: web, port: 80, targetPort: 8080 }'), pod()), `8080 | 80`],
  'listens-on-loopback': [
    all(
      service('{ name: web, port: 80, targetPort: 3000 }'),
      pod("image: 'hashicorp/http-echo:1.0', args: ['-listen=127.0.0.1:3000']"),
    ),
    `the Pod's | address loopback`,
  ],
};

/** Other ways in which the same is proved. */
const ALSO: Readonly<Record<string, Case>> = {
  'a targetPort of the other protocol': [
    all(
      service('{ name: web, port: 80, targetPort: http, protocol: UDP }'),
      pod('image: nginx, ports: [{ name: http, containerPort: 80 }]'),
    ),
    `UDP | protocol TCP`,
  ],
  'a targetPort whose name has no number': [
    all(
      service('{ name: web, port: 80, targetPort: http }'),
      pod('image: nginx, ports: [{ name: http, containerPort: 80800 }]'),
    ),
    `1-65535 | port 80800`,
  ],
  'endpoints of the other protocol': [
    all(unselecting('name: sql, port: 5432'), slice('name: sql, port: 5432, protocol: UDP')),
    `TCP | protocol UDP`,
  ],
  'endpoints without a name': [
    all(unselecting('name: sql, port: 5432'), slice('port: 5432')),
    `sql | port name no sql`,
  ],
  'a process of the other protocol': [
    all(service('{ name: web, port: 80, protocol: UDP }'), pod()),
    `UDP | protocol TCP`,
  ],
  'two containers of one Pod': [
    all(
      pod(
        'image: nginx, ports: [{ containerPort: 80, hostPort: 9100 }, { containerPort: 81, hostPort: 9100 }]',
      ),
    ),
    `oven 81/TCP | for oven 80/TCP`,
  ],
  'a Gateway without listeners': [all(gateway(''), httpRoute(), service()), `none | listener any`],
  'a kind of another group': [
    all(gateway(), httpRoute('kind: Service, group: apps, name: bakery, port: 80'), service()),
    `apps | group ""`,
  ],
};

/** Of what calls Services or feeds processes, which is no wire; and of clusters that are asked for all they have. */
const NO_WIRE: readonly string[] = [
  ...['no-port-of-policy', 'service-port-of-policy', 'port-of-other-protocol', 'no-tcp-port'],
  ...['no-service-port-of-name', 'no-port-to-scrape', 'no-key', 'no-object'],
  ...['no-probe-number', 'name-in-grpc', 'no-container-port-of-name'],
  ...['seen-inside', 'seen-closed', 'listens-nowhere', 'no-service-in-cluster', 'no-parent-in-cluster'],
];

describe.each(Object.entries({ ...BROKEN, ...ALSO }))('%s', (_, [manifests, cut]) => {
  const cuts = cutsOf(toReport(check(sourcesOf(manifests), { rules: [] }), { version: '1.2.3' }));

  test('the wire is cut between what disagrees', () => {
    expect(cuts.map(wordCut)[0]).toBe(cut);
  });

  test('no two values at a cut agree', () => {
    for (const { from, to } of cuts) {
      expect([from.value, to.value]).not.toContain(undefined);
      expect(from.value).not.toBe(to.value);
    }
  });
});

test.each(Object.entries(BROKEN))('%s is what breaks the link', (name, [manifests]) => {
  const { sets } = check(sourcesOf(manifests), { rules: [] });
  const proofs = sets.flatMap(({ graph }) =>
    linksOf(graph).flatMap((link) => (link.state === 'broken' ? link.proof.what : [])),
  );
  expect(proofs).toContain(name);
});

test('there is nothing else that breaks a link', () => {
  const graph = new URL('../../graph/', import.meta.url);
  const broken = readdirSync(graph, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(new URL(file, graph), 'utf8').matchAll(/\bbroken\(\s*'([a-z-]+)'/g)])
    .map(([, what]) => what);
  const known = [...Object.keys(BROKEN), ...NO_WIRE];
  expect([...new Set(broken)].filter((what) => !known.includes(what!))).toEqual([]);
});
