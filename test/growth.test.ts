import { expect, test } from 'vitest';
import { check } from '../src/engine/check.ts';
import { toReport } from '../src/engine/to-report.ts';
import { allRules } from '../src/rules/index.ts';
import { reportOf } from '../src/testing/report-of.ts';
import { pass } from './growth-pass.ts';
import { configMap, ingress, many, mounted, pod, SHAPES, service, stream, times } from './growth-shapes.ts';

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

test.each(Object.entries(SHAPES))('work grows with the input: %s', (_, make) => {
  pass(make(4));
  const [few, many] = [100, 400].map((n) => workOf(() => pass(make(n))));
  // Four times the input: at most n log n, and a little for what is made once.
  expect(many! / few!).toBeLessThan(5);
});

test('keys of one ConfigMap are no variables of each Pod that takes them under a prefix of its own', () => {
  const of = (n: number): string =>
    stream([
      configMap('c', Object.fromEntries(times(n, (i) => [`K${i}`, 'v']))),
      ...times(n, (i) =>
        pod(`p${i}`, {
          envFrom: [{ prefix: `P${i}_`, configMapRef: { name: 'c' } }],
          args: [`--at=$(P${i}_K1)`],
        }),
      ),
    ]);
  const [few, many] = [100, 400].map((n) => workOf(() => pass(of(n))));
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
});

const CHAIN_OF_TRAEFIK_SERVICES = stream([
  ...times(5_000, (i) => ({
    ...{ apiVersion: 'traefik.io/v1alpha1', kind: 'TraefikService', metadata: { name: `t${i}` } },
    spec: { weighted: { services: [{ name: `t${i + 1}`, kind: 'TraefikService', weight: 1 }] } },
  })),
  {
    ...{ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', metadata: { name: 'r' } },
    spec: {
      entryPoints: ['web'],
      routes: [{ match: 'Host(`a.b`)', kind: 'Rule', services: [{ name: 't0', kind: 'TraefikService' }] }],
    },
  },
]);

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
  ['TraefikServices', CHAIN_OF_TRAEFIK_SERVICES],
])('an end is put to %s', (_, text) => {
  expect(workOf(() => pass(text))).toBeLessThan(20_000_000);
});

test('a chain of included files is followed so far, and that it goes on is said', () => {
  const files = times(1_400, (i) => [
    i === 0 ? 'nginx.conf' : `a${i}`,
    i < 1_399 ? `include a${i + 1};` : 'http { server { listen 8080; } }',
  ]);
  const text = stream([service('s'), ...mounted('nginx:1', '/etc/nginx', Object.fromEntries(files))]);
  const { errors, links } = reportOf({ 'a.yaml': text });
  expect(errors).toEqual([]);
  const [bind] = links.filter(({ kind }) => kind === 'bind');
  expect(bind?.state).toBe('unproved');
  expect(JSON.stringify(bind?.missing)).toContain('includes too much to follow');
});

test('a chain of TraefikServices is followed so far, and that it goes on is said', () => {
  const { errors } = reportOf({ 'a.yaml': CHAIN_OF_TRAEFIK_SERVICES });
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^TraefikService t50 lead.* to more than is followed/),
  ]);
});
