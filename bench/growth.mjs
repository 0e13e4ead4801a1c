// Small inputs in which many names meet many objects, one for each line of the table of what once grew as the square.
// JSON is YAML: nothing here is about how it is written.

/** @typedef {{ path: string, text: string }} File */

const times = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const object = (apiVersion, kind, name, more = {}, metadata = {}) => ({
  apiVersion,
  kind,
  metadata: { name, ...metadata },
  ...more,
});

const service = (name, labels = { app: name }) =>
  object(
    'v1',
    'Service',
    name,
    {
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    },
    { labels },
  );
const pod = (name, labels = { app: name }, container = {}, spec = {}) =>
  object(
    'v1',
    'Pod',
    name,
    {
      spec: {
        containers: [
          { name: 'web', image: 'shop/web', ports: [{ name: 'http', containerPort: 8080 }], ...container },
        ],
        ...spec,
      },
    },
    { labels },
  );
const ingress = (name, to) =>
  object('networking.k8s.io/v1', 'Ingress', name, {
    spec: { defaultBackend: { service: { name: to, port: { number: 80 } } } },
  });
const configMap = (name, data) => object('v1', 'ConfigMap', name, { data });
const policy = (name, spec) => object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec });

/** @returns {Iterable<File>} one file with all objects, then others */
const files = (objects, others = []) => [
  { path: 'all.yaml', text: objects.map((one) => JSON.stringify(one)).join('\n---\n') },
  ...others,
];

/**
 * By what meets what.
 *
 * @type {Readonly<Record<string, { says: string, least: number, make: (n: number) => Iterable<File> }>>}
 */
export const GROWTH = {
  names: {
    says: 'missing names × others',
    least: 1000,
    make: (n) =>
      files([
        ...times(n, (at) => ingress(`way-${at}`, `gone-${at}-x`)),
        ...times(n, (at) => service(`svc-${at}`)),
      ]),
  },
  label: {
    says: 'Services × Pods of one label',
    least: 150,
    make: (n) =>
      files([
        ...times(n, (at) => service(`svc-${at}`, { app: 'all' })),
        ...times(n, (at) => pod(`pod-${at}`, { app: 'all' })),
      ]),
  },
  twice: {
    says: 'definitions of one Service × Ingresses',
    least: 300,
    make: (n) =>
      files([
        ...times(n, () => service('web')),
        ...times(n, (at) => ingress(`way-${at}`, 'web')),
        pod('web'),
      ]),
  },
  sets: {
    says: 'sets × objects that they share',
    least: 60,
    make: (n) =>
      files(
        [...times(n, (at) => service(`svc-${at}`)), ...times(n, (at) => pod(`svc-${at}`))],
        times(n, (at) => ({ path: `env-${at}/web.yaml`, text: JSON.stringify(service('web')) })),
      ),
  },
  policies: {
    says: 'NetworkPolicies × Pods',
    least: 150,
    make: (n) =>
      files([
        ...times(n, (at) =>
          policy(`policy-${at}`, { podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] }),
        ),
        ...times(n, (at) => service(`svc-${at}`)),
        ...times(n, (at) => pod(`svc-${at}`)),
      ]),
  },
  listeners: {
    says: 'listeners × HTTPRoutes',
    least: 100,
    make: (n) =>
      files([
        object('gateway.networking.k8s.io/v1', 'Gateway', 'gate', {
          spec: {
            gatewayClassName: 'any',
            listeners: times(n, (at) => ({
              name: `l${at}`,
              port: 80,
              protocol: 'HTTP',
              hostname: `h${at}.example.com`,
            })),
          },
        }),
        ...times(n, (at) =>
          object('gateway.networking.k8s.io/v1', 'HTTPRoute', `route-${at}`, {
            spec: { parentRefs: [{ name: 'gate' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
          }),
        ),
        service('web'),
        pod('web'),
      ]),
  },
  servers: {
    says: 'VirtualServices × Gateways of Istio',
    least: 150,
    make: (n) =>
      files([
        ...times(n, (at) =>
          object('networking.istio.io/v1', 'Gateway', `gate-${at}`, {
            spec: {
              selector: { istio: 'ingressgateway' },
              servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
            },
          }),
        ),
        ...times(n, (at) =>
          object('networking.istio.io/v1', 'VirtualService', `way-${at}`, {
            spec: {
              hosts: [`h${at}.example.com`],
              gateways: [`gate-${at}`],
              http: [{ route: [{ destination: { host: 'web', port: { number: 80 } } }] }],
            },
          }),
        ),
        service('web'),
        pod('web'),
      ]),
  },
  monitors: {
    says: 'ServiceMonitors × Services',
    least: 150,
    make: (n) =>
      files([
        ...times(n, (at) =>
          object('monitoring.coreos.com/v1', 'ServiceMonitor', `seen-${at}`, {
            spec: { selector: {}, endpoints: [{ port: 'http' }] },
          }),
        ),
        ...times(n, (at) => service(`svc-${at}`)),
      ]),
  },
  traefik: {
    says: 'a chain of TraefikServices × IngressRoutes',
    least: 100,
    make: (n) =>
      files([
        ...times(n, (at) =>
          object('traefik.io/v1alpha1', 'TraefikService', `step-${at}`, {
            spec: {
              weighted: {
                services: [
                  at + 1 < n ? { kind: 'TraefikService', name: `step-${at + 1}` } : { name: 'web', port: 80 },
                ],
              },
            },
          }),
        ),
        ...times(n, (at) =>
          object('traefik.io/v1alpha1', 'IngressRoute', `way-${at}`, {
            spec: {
              routes: [
                {
                  kind: 'Rule',
                  match: 'PathPrefix(`/`)',
                  services: [{ kind: 'TraefikService', name: 'step-0' }],
                },
              ],
            },
          }),
        ),
        service('web'),
        pod('web'),
      ]),
  },
  sources: {
    says: 'missing envFrom × keys',
    least: 300,
    make: (n) =>
      files([
        configMap('keys', Object.fromEntries(times(n, (at) => [`KEY_${at}`, 'x']))),
        pod(
          'web',
          { app: 'web' },
          {
            envFrom: [
              ...times(n, (at) => ({ prefix: `P${at}_`, configMapRef: { name: `gone-${at}` } })),
              { configMapRef: { name: 'keys' } },
            ],
          },
        ),
        service('web'),
      ]),
  },
  addresses: {
    says: 'addresses in one ConfigMap key',
    least: 600,
    make: (n) =>
      files([
        configMap('web', {
          'app.yaml': times(n, (at) => `url${at}: http://gone-${at}.shop.svc:8080/`).join('\n'),
        }),
        pod(
          'web',
          { app: 'web' },
          { volumeMounts: [{ name: 'config', mountPath: '/etc/web' }] },
          {
            volumes: [{ name: 'config', configMap: { name: 'web' } }],
          },
        ),
        service('web'),
      ]),
  },
  aliases: {
    says: 'a script that many containers alias',
    least: 300,
    make: (n) => [
      {
        path: 'all.yaml',
        text: [
          'apiVersion: v1',
          'kind: Pod',
          'metadata: { name: web, labels: { app: web } }',
          'spec:',
          '  containers:',
          ...times(n, (at) => [
            `    - name: c${at}`,
            '      image: shop/web',
            '      command:',
            '        - sh',
            '        - -c',
            `        - ${at === 0 ? `&script "${'echo 8080; '.repeat(n)}"` : '*script'}`,
          ]).flat(),
          '',
        ].join('\n'),
      },
    ],
  },
};
