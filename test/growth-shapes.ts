// Inputs that grow in one direction, for the tests of what they cost.

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
export type Doc = Readonly<Record<string, unknown>>;
export const service = (name: string, spec: Doc = {}): Doc => ({
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, labels: { app: name } } },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
});
export const pod = (name: string, container: Doc = {}, app = name): Doc => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app } } },
  spec: {
    containers: [{ name: 'c', image: 'x/y', ports: [{ name: 'http', containerPort: 8080 }], ...container }],
  },
});
export const ingress = (name: string, to: string): Doc => ({
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name } },
  spec: { defaultBackend: { service: { name: to, port: { number: 80 } } } },
});
export const configMap = (name: string, data: Doc): Doc => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
export const mounted = (image: string, mountPath: string, data: Doc): Doc[] => [
  service('s'),
  configMap('s', data),
  {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 's', labels: { app: 's' } } },
    spec: {
      volumes: [{ name: 'v', configMap: { name: 's' } }],
      containers: [{ name: 'c', image, volumeMounts: [{ name: 'v', mountPath }] }],
    },
  },
];
const http = (name: string, spec: Doc): Doc => ({
  ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name } },
  spec,
});
export const many = (
  kind: string,
  apiVersion: string,
  name: string,
  spec: Doc,
  namespace = 'default',
): Doc => ({
  ...{ apiVersion, kind, metadata: { name, namespace } },
  spec,
});
export const stream = (documents: readonly Doc[]): string =>
  documents.map((one) => JSON.stringify(one)).join('\n---\n');

const mountingPods = (n: number, placeOf: (i: number) => string): Doc[] => [
  configMap('s', Object.fromEntries(times(n, (i) => [`k${i}.conf`, 'listen 80;']))),
  ...times(n, (i) => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `s${i}` } },
    spec: {
      volumes: [{ name: 'v', configMap: { name: 's' } }],
      containers: [{ name: 'c', image: 'nginx:1', volumeMounts: [{ name: 'v', mountPath: placeOf(i) }] }],
    },
  })),
];

/** Inputs of n parts whose cost grew with the square or worse, or never ended. */
export const SHAPES: Readonly<Record<string, (n: number) => string>> = {
  'routes, Services and Pods': (n) =>
    stream(times(n, (i) => [ingress(`i${i}`, `s${i}`), service(`s${i}`), pod(`s${i}`)]).flat()),
  'documents in a row': (n) => '{} '.repeat(n),
  'texts where objects are expected': (n) => 'a\n---\n'.repeat(n),
  'findings in one line of JSON': (n) =>
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'List' },
      items: times(n, (i) => configMap(`c${i}`, { PORT: 8080 })),
    }),
  'keys of TOML': (n) =>
    stream(
      mounted('traefik:v3', '/etc/traefik', {
        'traefik.toml': times(n, (i) => `k${i} = "v${i}"`).join('\n'),
      }),
    ),
  'braces of a placeholder': (n) =>
    stream([service('s', { ports: [{ port: 80, targetPort: '${'.repeat(n) }] })]),
  'points of an address': (n) =>
    stream([service('s'), configMap('c', { k: `${'a.'.repeat(n)}:80 http://s:81` })]),
  'addresses in the lines of a file': (n) =>
    stream([service('s'), configMap('c', { k: 'http://s:80/\n'.repeat(n) })]),
  'brackets behind an address': (n) =>
    stream([service('s'), configMap('c', { k: `http://${')'.repeat(n)}x s:81` })]),
  'blanks before a template': (n) => `a: b\n${'\t '.repeat(n)}c: d\ne: {{ f }}\n`,
  'references of a variable to the one before': (n) =>
    stream([
      pod('p', {
        image: 'grafana/grafana:11',
        env: times(n, (i) => ({ name: `V${i}`, value: `$(V${i - 1})` })),
      }),
    ]),
  'blocks of Lua': (n) =>
    stream(mounted('nginx:1', '/etc/nginx/conf.d', { 'a.conf': `content_by_lua_block { ${'[['.repeat(n)}` })),
  'hostPorts of one number on nodes that differ': (n) =>
    stream(
      times(n, (i) => ({
        ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: `d${i}` } },
        spec: {
          selector: { matchLabels: { a: `${i}` } },
          template: {
            metadata: { labels: { a: `${i}` } },
            spec: {
              nodeSelector: { z: `${i}` },
              containers: [{ name: 'c', image: 'x/y', ports: [{ containerPort: 80, hostPort: 80 }] }],
            },
          },
        },
      })),
    ),
  'missing sources of variables beside keys': (n) =>
    stream([
      configMap('c', Object.fromEntries(times(n, (i) => [`K${i}`, 'v']))),
      pod('p', {
        envFrom: [
          { configMapRef: { name: 'c' } },
          ...times(n, (i) => ({ prefix: `P${i}`, configMapRef: { name: `m${i}` } })),
        ],
      }),
      service('p'),
    ]),
  'Pods that are given the keys of one ConfigMap': (n) =>
    stream([
      configMap('c', Object.fromEntries(times(n, (i) => [`K${i}`, `v${i}`]))),
      ...times(n, (i) => [
        service(`p${i}`),
        pod(`p${i}`, {
          image: i % 2 ? 'grafana/grafana:11' : 'x/y',
          envFrom: [{ configMapRef: { name: 'c' } }, ...(i % 3 ? [] : [{ secretRef: { name: 'gone' } }])],
          env: [{ name: 'PORT', value: '8080' }],
          args: ['--at=$(PORT)'],
        }),
      ]).flat(),
    ]),
  'files of one volume, each mounted by itself': (n) =>
    stream([
      service('s'),
      configMap('s', Object.fromEntries(times(n, (i) => [`f${i}`, 'a']))),
      {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 's', labels: { app: 's' } } },
        spec: {
          volumes: [{ name: 'v', configMap: { name: 's' } }],
          containers: [
            {
              ...{ name: 'c', image: 'nginx:1' },
              volumeMounts: times(n, (i) => ({ name: 'v', mountPath: `/etc/x/f${i}`, subPath: `f${i}` })),
            },
          ],
        },
      },
    ]),
  'grants and the routes that they permit': (n) =>
    stream([
      ...times(n, (i) =>
        many(
          ...(['ReferenceGrant', 'gateway.networking.k8s.io/v1beta1', `g${i}`] as const),
          {
            from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: `n${i}` }],
            to: [{ group: '', kind: 'Service' }],
          },
          'o',
        ),
      ),
      ...times(n, (i) =>
        http(`r${i}`, { rules: [{ backendRefs: [{ name: 's', namespace: 'o', port: 80 }] }] }),
      ),
      { ...service('s'), metadata: { name: 's', namespace: 'o' } },
    ]),
  'listeners of a Gateway, and routes that ask for all of them': (n) =>
    stream([
      many('Gateway', 'gateway.networking.k8s.io/v1', 'g', {
        gatewayClassName: 'c',
        listeners: times(n, (i) => ({ name: `l${i}`, port: 80, protocol: 'HTTP', hostname: `h${i}.com` })),
      }),
      ...times(n, (i) =>
        http(`r${i}`, { parentRefs: [{ name: 'g' }], rules: [{ backendRefs: [{ name: 's', port: 80 }] }] }),
      ),
      service('s'),
    ]),
  'Ingresses and IngressClasses': (n) =>
    stream([
      ...times(n, (i) =>
        many('Ingress', 'networking.k8s.io/v1', `i${i}`, {
          ingressClassName: `c${i}`,
          defaultBackend: { service: { name: 's', port: { number: 80 } } },
        }),
      ),
      ...times(n, (i) =>
        many('IngressClass', 'networking.k8s.io/v1', `c${i}`, { controller: 'k8s.io/ingress-nginx' }),
      ),
      service('s'),
    ]),
  'brackets of HAProxy': (n) =>
    stream(mounted('haproxy:3', '/usr/local/etc/haproxy', { 'haproxy.cfg': `bind :${'${0-000'.repeat(n)}` })),
  'routes, and policies between them and their controller': (n) =>
    stream([
      many('NetworkPolicy', 'networking.k8s.io/v1', 'n', { podSelector: {}, policyTypes: ['Ingress'] }),
      pod('controller', { image: 'registry.k8s.io/ingress-nginx/controller:v1.12.0' }),
      ...times(n, (i) => [ingress(`i${i}`, `s${i}`), service(`s${i}`), pod(`s${i}`)]).flat(),
    ]),
  'Gateways, VirtualServices, and the Pods that they select': (n) =>
    stream([
      many('NetworkPolicy', 'networking.k8s.io/v1', 'n', { podSelector: {}, policyTypes: ['Ingress'] }),
      pod('gateway', { name: 'istio-proxy', image: 'auto' }),
      ...times(n, (i) => [
        many('Gateway', 'networking.istio.io/v1', `g${i}`, {
          selector: { app: 'gateway' },
          servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [`h${i}.com`] }],
        }),
        many('VirtualService', 'networking.istio.io/v1', `v${i}`, {
          ...{ hosts: [`h${i}.com`], gateways: [`g${i}`] },
          http: [{ route: [{ destination: { host: `s${i}`, port: { number: 80 } } }] }],
        }),
        service(`s${i}`),
        pod(`s${i}`),
      ]).flat(),
    ]),
  'fields that nothing knows': (n) =>
    stream([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 's' },
        ...Object.fromEntries(times(n, (i) => [`k${i}`, 1])),
      },
    ]),
  'containers that listen and are probed, each on its own port': (n) =>
    stream([
      service('s', { ports: times(n, (i) => ({ name: `p${i}`, port: 1000 + i, targetPort: `c${i}` })) }),
      {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 's', labels: { app: 's' } } },
        spec: {
          containers: times(n, (i) => ({
            ...{ name: `c${i}`, image: i % 2 ? 'grafana/grafana:11' : 'x/y' },
            env: [{ name: 'GF_SERVER_HTTP_PORT', value: String(3000 + i) }],
            ports: [{ name: `c${i}`, containerPort: 3001 + i }],
            readinessProbe: { httpGet: { port: `gone${i}` } },
          })),
        },
      },
    ]),
  'Services that select workloads of one image': (n) =>
    stream([
      service('s', { selector: { app: 'a' } }),
      ...times(n, (i) => ({
        ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `d${i}` } },
        spec: {
          selector: { matchLabels: { app: 'a' } },
          template: {
            metadata: { labels: { app: 'a' } },
            spec: {
              containers: [{ name: 'c', image: 'x/y', ports: i % 2 ? [{ containerPort: 8080 }] : [] }],
            },
          },
        },
      })),
    ]),
  'sockets of one process': (n) =>
    stream(
      mounted('haproxy:3', '/usr/local/etc/haproxy', {
        'haproxy.cfg': `frontend a\n${times(n, (i) => ` bind *:${1000 + i}`).join('\n')}`,
      }),
    ),
  'places of one mounted file': (n) =>
    stream([
      service('s'),
      configMap('s', { a: times(n, (i) => `server { listen ${1000 + i}; }`).join('\n') }),
      {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 's', labels: { app: 's' } } },
        spec: {
          volumes: [{ name: 'v', configMap: { name: 's' } }],
          containers: [
            {
              ...{ name: 'c', image: 'nginx:1' },
              volumeMounts: times(n, (i) => ({
                ...{ name: 'v', mountPath: `/etc/nginx/conf.d/${i}.conf`, subPath: 'a' },
              })),
            },
          ],
        },
      },
    ]),
  'Pods that mount the files of one ConfigMap where they are read': (n) =>
    stream(mountingPods(n, () => '/etc/nginx/conf.d')),
  'Pods that mount the files of one ConfigMap, each at a place of its own': (n) =>
    stream(mountingPods(n, (i) => `/etc/nginx/own-${i}`)),
  'Pods that mount one long file': (n) =>
    stream([
      configMap('s', { 'a.conf': `server { listen 8080; }\n${'# words\n'.repeat(n)}` }),
      ...times(n, (i) => [
        service(`s${i}`),
        {
          ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `s${i}`, labels: { app: `s${i}` } } },
          spec: {
            volumes: [{ name: 'v', configMap: { name: 's' } }],
            containers: [
              { name: 'c', image: 'nginx:1', volumeMounts: [{ name: 'v', mountPath: '/etc/nginx/conf.d' }] },
            ],
          },
        },
      ]).flat(),
    ]),
  'files that include the folder in which they lie': (n) =>
    stream(
      mounted('eclipse-mosquitto:2', '/mosquitto/config', {
        ...Object.fromEntries(times(n, (i) => [`a${i}.conf`, 'include_dir /mosquitto/config'])),
        'mosquitto.conf': 'include_dir /mosquitto/config\n'.repeat(n),
      }),
    ),
  'exports of a script, and commands that are given them': (n) =>
    stream([
      pod('p', {
        command: [
          'sh',
          '-c',
          `${times(n, (i) => `export A${i}=1 C${i}=1 D${i}=1 E${i}=1; B${i}=2 mkdir /x`).join('; ')}; exec serve`,
        ],
      }),
    ]),
  'listeners of one broker': (n) =>
    stream(
      mounted('eclipse-mosquitto:2', '/mosquitto/config', {
        'mosquitto.conf': times(n, (i) => `listener ${1000 + i}`).join('\n'),
      }),
    ),
  'addresses of one bind': (n) =>
    stream(
      mounted('haproxy:3', '/usr/local/etc/haproxy', {
        'haproxy.cfg': `frontend a\n bind ${times(n, (i) => `*:${1000 + i}`).join(',')}`,
      }),
    ),
  'quotes of a script': (n) => stream([pod('p', { command: ['sh', '-c', 'echo "a$b" \'c\' '.repeat(n)] })]),
  'Pods that nothing scrapes where they say': (n) =>
    stream(
      times(n, (i) => ({
        ...pod(`p${i}`),
        metadata: {
          name: `p${i}`,
          annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '99' },
        },
      })),
    ),
  'imports of a snippet of as many lines': (n) =>
    stream(
      mounted('caddy:2', '/etc/caddy', {
        Caddyfile: `(a) {\n${' x y\n'.repeat(n)}}\n:80 {\n${' import a\n'.repeat(n)}}\n`,
      }),
    ),
  'Services with one nodePort': (n) =>
    stream(times(n, (i) => service(`s${i}`, { type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }] }))),
  'subsets that DestinationRules of one host define': (n) =>
    stream([
      service('s'),
      pod('s'),
      ...times(n, (i) => [
        many('DestinationRule', 'networking.istio.io/v1', `d${i}`, {
          host: 's',
          subsets: [{ name: `v${i}`, labels: { version: `v${i}` } }],
        }),
        many('VirtualService', 'networking.istio.io/v1', `v${i}`, {
          hosts: [`h${i}.com`],
          http: [{ route: [{ destination: { host: 's', subset: `v${i}`, port: { number: 80 } } }] }],
        }),
      ]).flat(),
    ]),
  'ServiceEntries for wildcards, and hosts': (n) =>
    stream(
      times(n, (i) => [
        many('ServiceEntry', 'networking.istio.io/v1', `e${i}`, {
          hosts: [`*.e${i}.com`],
          ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
        }),
        many('VirtualService', 'networking.istio.io/v1', `v${i}`, {
          hosts: [`a.e${i}.com`],
          http: [{ route: [{ destination: { host: `a.e${i}.com`, port: { number: 80 } } }] }],
        }),
      ]).flat(),
    ),
  'Sidecars, and the Pods of each': (n) =>
    stream(
      times(n, (i) => [
        many('Sidecar', 'networking.istio.io/v1', `c${i}`, {
          workloadSelector: { labels: { app: `s${i}` } },
          ingress: [
            { port: { number: 8080, protocol: 'HTTP', name: 'http' }, defaultEndpoint: '127.0.0.1:9' },
          ],
        }),
        service(`s${i}`),
        pod(`s${i}`),
      ]).flat(),
    ),
  'HTTPProxies that include one of many routes': (n) =>
    stream([
      service('s'),
      pod('s'),
      ...times(n, (i) =>
        many('HTTPProxy', 'projectcontour.io/v1', `p${i}`, {
          virtualhost: { fqdn: `h${i}.com` },
          includes: [{ name: 'all' }],
        }),
      ),
      many('HTTPProxy', 'projectcontour.io/v1', 'all', {
        routes: times(n, (i) => ({
          conditions: [{ prefix: `/${i}` }],
          services: [{ name: 's', port: 80 }],
        })),
      }),
    ]),
  'ports that ingress-nginx passes TCP on from': (n) =>
    stream([
      service('s'),
      pod('s'),
      configMap('tcp-services', Object.fromEntries(times(n, (i) => [1000 + i, 'default/s:80']))),
    ]),
  'Services of Knative': (n) =>
    stream(
      times(n, (i) =>
        many('Service', 'serving.knative.dev/v1', `s${i}`, {
          template: { spec: { containers: [{ image: 'x/y', ports: [{ containerPort: 8080 }] }] } },
        }),
      ),
    ),
  'receivers of a collector': (n) =>
    stream(
      mounted('otel/opentelemetry-collector:0.119.0', '/etc/otelcol', {
        'config.yaml': [
          'receivers:',
          ...times(n, (i) => `  otlp/${i}: { protocols: { grpc: { endpoint: "0.0.0.0:${1000 + i}" } } }`),
          'exporters: { debug: {} }',
          `service: { pipelines: { traces: { receivers: [${times(n, (i) => `otlp/${i}`).join()}], exporters: [debug] } } }`,
        ].join('\n'),
      }),
    ),
  'volumes, each mounted once': (n) =>
    stream([
      service('s'),
      {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 's', labels: { app: 's' } } },
        spec: {
          volumes: times(n, (i) => ({ name: `v${i}`, configMap: { name: `m${i}` } })),
          containers: [
            {
              ...{ name: 'c', image: 'nginx:1' },
              volumeMounts: times(n, (i) => ({ name: `v${i}`, mountPath: `/etc/x/${i}` })),
            },
          ],
        },
      },
    ]),
  'ignores of one rule, and what it tells': (n) =>
    times(
      n,
      (i) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${i} }\n# portolan-ignore non-string-config-value -- so\ndata: { PORT: 8080 }\n`,
    ).join('---\n'),
  'Ingresses that say at which port a load balancer asks': (n) =>
    stream(
      times(n, (i) => {
        const asking = ingress(`i${i}`, `s${i}`) as { readonly metadata: Doc };
        const annotations = { 'alb.ingress.kubernetes.io/healthcheck-port': '99' };
        return [{ ...asking, metadata: { ...asking.metadata, annotations } }, service(`s${i}`), pod(`s${i}`)];
      }).flat(),
    ),
};
