import { Session } from 'node:inspector';
import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { renderSarif } from '../src/report/sarif.ts';
import { renderText } from '../src/report/text/render.ts';
import { plainStyle } from '../src/report/text/style.ts';
import { allRules } from '../src/rules/index.ts';

/**
 * Work is counted, never timed: each element that a list's method passes, each look into a Map or Set, each character
 * that a search or a pattern may pass. What grows with the square of the input shows in them.
 */
function workOf(run: () => void): number {
  let work = 0;
  const restore: (() => void)[] = [];
  const count = (holder: object, name: string, cost: (self: never, made: never) => number): void => {
    const own = Object.getOwnPropertyDescriptor(holder, name)!;
    const original = own.value as (...args: unknown[]) => unknown;
    Object.defineProperty(holder, name, {
      ...own,
      value(this: never, ...args: unknown[]) {
        const made = original.apply(this, args);
        work += cost(this, made as never);
        return made;
      },
    });
    restore.push(() => Object.defineProperty(holder, name, own));
  };
  for (const name of ['filter', 'map', 'flatMap', 'concat', 'includes', 'indexOf', 'join', 'toSorted'])
    count(Array.prototype, name, (self: readonly unknown[]) => 1 + self.length);
  count(Array.prototype, 'slice', (_, made: readonly unknown[]) => 1 + made.length);
  for (const name of ['get', 'has', 'set']) count(Map.prototype, name, () => 1);
  for (const name of ['has', 'add']) count(Set.prototype, name, () => 1);
  for (const name of ['indexOf', 'slice', 'startsWith', 'charCodeAt']) count(String.prototype, name, () => 1);
  try {
    run();
  } finally {
    for (const undo of restore) undo();
  }
  return work;
}

/** With it how often each block of the code is run, as V8 counts it for coverage: loops that ask no list. */
function workWithLoopsOf(run: () => void): number {
  const session = new Session();
  session.connect();
  let work = 0;
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    work = workOf(run);
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      const ours = result.filter(({ url }) => url.includes('/src/'));
      for (const { functions } of ours)
        for (const { ranges } of functions) for (const { count } of ranges) work += count;
    });
  } finally {
    session.disconnect();
  }
  return work;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));
type Doc = Readonly<Record<string, unknown>>;
const service = (name: string, spec: Doc = {}): Doc => ({
  ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, labels: { app: name } } },
  spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec },
});
const pod = (name: string, container: Doc = {}, app = name): Doc => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app } } },
  spec: {
    containers: [{ name: 'c', image: 'x/y', ports: [{ name: 'http', containerPort: 8080 }], ...container }],
  },
});
const ingress = (name: string, to: string): Doc => ({
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name } },
  spec: { defaultBackend: { service: { name: to, port: { number: 80 } } } },
});
const configMap = (name: string, data: Doc): Doc => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const mounted = (image: string, mountPath: string, data: Doc): Doc[] => [
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
const many = (kind: string, apiVersion: string, name: string, spec: Doc, namespace = 'default'): Doc => ({
  ...{ apiVersion, kind, metadata: { name, namespace } },
  spec,
});
const stream = (documents: readonly Doc[]): string =>
  documents.map((one) => JSON.stringify(one)).join('\n---\n');

/** Inputs of n parts whose cost grew with the square or worse, or never ended. */
const SHAPES: Readonly<Record<string, (n: number) => string>> = {
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
};

const IN_LOOPS: Readonly<Record<string, (n: number) => string>> = {
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
  'Pods that mount one long file': (n) =>
    stream([
      configMap('s', { 'a.conf': `server { listen 80; }\n${'# words\n'.repeat(n)}` }),
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
};

test('a limit is put to folders within folders beside all that lies around them', () => {
  const file = (path: string, documents: readonly Doc[]) =>
    ({ path, text: stream(documents), kind: 'file', editable: true }) as const;
  const of = (n: number) => [
    file(
      'a.yaml',
      times(10 * n, (i) => pod(`p${i}`)),
    ),
    ...times(n, (i) => file(`${'d/'.repeat(i)}b.yaml`, [service('s')])),
  ];
  const [few, many] = [30, 120].map((n) =>
    workOf(() => {
      const { errors } = check(of(n), { rules: [] });
      if (n === 120)
        expect(errors.map(({ message }) => message).join()).toMatch(/stand in folders that are not checked/);
    }),
  );
  expect(many! / few!).toBeLessThan(8);
});

test('a limit is put to what sets follow of what they share', () => {
  const shared = [
    ...times(100, (i) => service(`s${i}`, { selector: { app: 'a' } })),
    ...times(100, (i) => pod(`p${i}`, {}, 'a')),
  ];
  const file = (path: string, documents: readonly Doc[]) =>
    ({ path, text: stream(documents), kind: 'file', editable: true }) as const;
  const files = [file('a.yaml', shared), ...times(12, (i) => file(`d${i}/b.yaml`, [service('dup')]))];
  const { errors, sets } = check(files, { rules: [] });
  const followed = sets.map(({ graph }) => graph.selectors.length);
  // One set alone meets no limit.
  expect(followed[0]).toBeGreaterThanOrEqual(100 * 100);
  expect(followed.reduce((sum, one) => sum + one, 0)).toBeLessThan(40_000);
  expect(errors.map(({ message }) => message).join()).toMatch(/lead to more than is followed/);
});

test('a limit is put to definitions of one object and what names it, in all sets together', () => {
  const file = (path: string, documents: readonly Doc[]) =>
    ({ path, text: stream(documents), kind: 'file', editable: true }) as const;
  const files = [
    file(
      'routes.yaml',
      times(900, (i) => ingress(`i${i}`, 's')),
    ),
    ...times(40, (i) => file(`s${i}.yaml`, [service('s')])),
    ...times(12, (i) => file(`d${i}/b.yaml`, [service('dup')])),
  ];
  const { errors, sets } = check(files, { rules: [] });
  const followed = sets.map(({ graph }) => graph.backends.length);
  expect(followed.reduce((sum, one) => sum + one, 0)).toBeLessThan(80_000);
  expect(errors.map(({ message }) => message).join()).toMatch(/lead to more than is followed/);
});

const pass = (text: string): void => {
  const result = check([{ path: 'a.yaml', text, kind: 'file', editable: true }], { rules: allRules });
  const report = toReport(result, { version: '0.0.0' });
  renderText(report, { width: 100, style: plainStyle, textOf: () => text });
  renderSarif(report, []);
};

test.each(Object.entries(SHAPES))('work grows with the input: %s', (_, make) => {
  pass(make(4));
  const [few, many] = [100, 400].map((n) => workOf(() => pass(make(n))));
  // Four times the input: at most n log n, and a little for what is made once.
  expect(many! / few!).toBeLessThan(5);
});

test.each(Object.entries(IN_LOOPS))('work within loops grows with the input: %s', (_, make) => {
  pass(make(4));
  const [few, many] = [50, 200].map((n) => workWithLoopsOf(() => pass(make(n))));
  expect(many! / few!).toBeLessThan(5);
});

const all = { podSelector: {}, ingress: [{ ports: [{ port: 9 }] }] };
const crowd = (n: number): Doc[] => times(n, (i) => pod(`p${i}`, {}, 'a'));

/** What is as much as the product of two lists has a limit, is unknown beyond it, and says so. */
test.each<[string, string]>([
  [
    'Services and Pods of one label',
    stream([...times(500, (i) => service(`s${i}`, { selector: { app: 'a' } })), ...crowd(500)]),
  ],
  [
    'ports of one Service before Pods',
    stream([
      service('s', {
        selector: { app: 'a' },
        ports: times(200, (i) => ({ name: `p${i}`, port: 1_000 + i, targetPort: 8080 })),
      }),
      ...crowd(600),
    ]),
  ],
  [
    'names that nothing has beside names that nobody says',
    stream([
      ...times(1_300, (i) => ingress(`i${i}`, `gone-${i}`)),
      ...times(1_300, (i) => service(`other-${i}`)),
    ]),
  ],
  [
    'policies for all Pods',
    stream([
      ...times(600, (i) => many('NetworkPolicy', 'networking.k8s.io/v1', `n${i}`, all)),
      ...crowd(600),
    ]),
  ],
  [
    'monitors of all Pods',
    stream([
      ...times(600, (i) =>
        many('PodMonitor', 'monitoring.coreos.com/v1', `m${i}`, {
          selector: {},
          podMetricsEndpoints: [{ port: 'http' }],
        }),
      ),
      ...crowd(600),
    ]),
  ],
  [
    'definitions of one Service before Ingresses',
    stream([...times(600, () => service('s')), ...times(600, (i) => ingress(`i${i}`, 's')), pod('s')]),
  ],
  [
    'paths of hosts at listeners',
    stream([
      many('Gateway', 'gateway.networking.k8s.io/v1', 'g', {
        gatewayClassName: 'c',
        listeners: times(64, (i) => ({ name: `l${i}`, port: 1_000 + i, protocol: 'HTTP' })),
      }),
      ...times(4, (i) =>
        many('HTTPRoute', 'gateway.networking.k8s.io/v1', `r${i}`, {
          parentRefs: [{ name: 'g' }],
          hostnames: times(16, (host) => `h${host}.example.com`),
          rules: times(16, (rule) => ({
            matches: times(8, (at) => ({ path: { type: 'PathPrefix', value: `/${rule}/${at}` } })),
            backendRefs: [{ name: 's', port: 80 }],
          })),
        }),
      ),
      service('s'),
    ]),
  ],
])('a limit is put to %s', (_, text) => {
  const source = { path: 'a.yaml', text, kind: 'file', editable: true } as const;
  const work = workOf(() => {
    const report = toReport(check([source], { rules: allRules }), { version: '0.0.0' });
    expect(report.errors.map(({ message }) => message).join()).toMatch(/fewer files at once$/);
    expect(report.errors.every(({ fault }) => fault === undefined)).toBe(true);
    const isMeant = (rule: string): boolean => rule === 'undefined-backend-service';
    // What is not looked at is no error.
    expect(report.findings.filter(({ severity, rule }) => severity === 'error' && !isMeant(rule))).toEqual(
      [],
    );
  });
  expect(work / text.length).toBeLessThan(200);
});

test('what grows with the square is seen', () => {
  const square = (n: number): void => {
    const all = times(n, String);
    for (const one of all) all.includes(one);
  };
  expect(workOf(() => square(400)) / workOf(() => square(100))).toBeGreaterThan(10);
  const named = (n: number): string => stream(times(n, (i) => configMap(`c${i}`, { PORT: 8080 })));
  const loop = (n: number): void => {
    for (let i = 0; i < n; i++) pass(named(2));
  };
  expect(workWithLoopsOf(() => loop(4))).toBeGreaterThan(3 * workWithLoopsOf(() => loop(1)));
});

/** Values that refer to themselves twice double with each line, and files that include each other are many ways to go. */
test.each<[string, string]>([
  [
    'variables',
    stream([
      pod('p', {
        image: 'grafana/grafana:11',
        args: ['$(V60)'],
        env: times(61, (i) => ({ name: `V${i}`, value: i === 0 ? '8080' : `$(V${i - 1})$(V${i - 1})` })),
      }),
      service('p'),
    ]),
  ],
  [
    'a script',
    stream([
      pod('p', {
        command: [
          'sh',
          '-c',
          `A0=8080; ${times(60, (i) => `A${i + 1}=$A${i}$A${i}`).join('; ')}; exec serve $A60`,
        ],
      }),
    ]),
  ],
  [
    'included files',
    stream(
      mounted('nginx:1', '/etc/nginx/conf.d', {
        ...Object.fromEntries(
          times(20, (i) => [
            `a${i}.conf`,
            `include /etc/nginx/conf.d/a*.conf; server { listen ${1000 + i}; }`,
          ]),
        ),
      }),
    ),
  ],
  [
    'TraefikServices',
    stream([
      ...times(5_000, (i) => ({
        ...{ apiVersion: 'traefik.io/v1alpha1', kind: 'TraefikService', metadata: { name: `t${i}` } },
        spec: { weighted: { services: [{ name: `t${i + 1}`, kind: 'TraefikService', weight: 1 }] } },
      })),
      {
        ...{ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', metadata: { name: 'r' } },
        spec: {
          entryPoints: ['web'],
          routes: [
            { match: 'Host(`a.b`)', kind: 'Rule', services: [{ name: 't0', kind: 'TraefikService' }] },
          ],
        },
      },
    ]),
  ],
])('an end is put to %s', (_, text) => {
  expect(workOf(() => pass(text))).toBeLessThan(20_000_000);
});
