import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../testing/report-of.ts';
import { matchesPath, selectChains } from './select.ts';
import { parseTarget } from './target.ts';

const service = (name: string, namespace = 'default'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ports: [{ name: web, port: 80 }, { name: admin, port: 9000 }] }\n`;
const pod = (name: string, namespace = 'default'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }\nspec: { containers: [{ name: a, image: nginx }] }\n`;
const rule = (host: string, path: string, pathType: string, to: string): string =>
  `    - { host: "${host}", http: { paths: [{ path: ${path}, pathType: ${pathType}, backend: { service: { name: ${to}, port: { number: 80 } } } }] } }`;
const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate }
spec:
  defaultBackend: { service: { name: fallback, port: { number: 80 } } }
  rules:
${[
  rule('shop.example.com', '/', 'Prefix', 'shop'),
  rule('shop.example.com', '/api', 'Prefix', 'api'),
  rule('shop.example.com', '/api', 'Exact', 'exact'),
  rule('bare.example.com', '/only', 'Exact', 'only'),
  rule('*.example.com', '/', 'Prefix', 'wild'),
].join('\n')}
    - { http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: anyone, port: { number: 80 } } } }] } }
`;
const names = ['shop', 'api', 'exact', 'only', 'wild', 'anyone', 'fallback'];
const report = reportOf(
  [
    ingress,
    ...names.map((name) => service(name)),
    ...names.map((name) => pod(name)),
    service('shop', 'yard'),
    pod('shop', 'yard'),
  ].join('---\n'),
);

/** The Services that the chains of a target reach. */
const reached = (target: string, namespace?: string): string[] =>
  selectChains(report, parseTarget(target)!, namespace).map(({ links }) => {
    const end = links.find(({ kind }) => kind === 'selector')!.from.resource;
    return end.name;
  });

describe('a URL finds its chain as Ingress does', () => {
  test.each([
    ['https://shop.example.com/', 'the longest path', ['shop']],
    ['https://shop.example.com/api/v1', 'the longest path', ['api']],
    ['https://shop.example.com/apis', 'whole elements', ['shop']],
    ['https://shop.example.com/api', 'Exact before Prefix', ['exact']],
    ['https://other.example.com/x', 'S-119 a wildcard', ['wild']],
    ['https://a.b.example.com/', 'S-119 a wildcard is one label', ['anyone']],
    ['https://elsewhere.org/', 'rules without a host', ['anyone']],
    ['https://bare.example.com/else', 'S-124 no path fits: the default backend', ['fallback']],
  ])('%s: %s', (target, _, expected) => {
    expect(reached(target)).toEqual(expected);
  });

  test('a host alone finds all its paths', () => {
    expect(reached('shop.example.com')).toEqual(['shop', 'api', 'exact']);
  });
});

describe('a resource finds the chains that pass it', () => {
  const ends = (target: string, namespace?: string): string[] =>
    selectChains(report, parseTarget(target)!, namespace).map(({ links }) => {
      const last = links.findLast(({ kind }) => kind === 'target-port')!;
      return `${last.to!.resource.namespace}/${last.to!.resource.name}:${last.from.port?.number}`;
    });

  test('an Ingress', () => expect(reached('ingress/gate').length).toBe(7));
  test('a Service from itself inwards, in every namespace', () => {
    expect(ends('svc/shop')).toEqual(['default/shop:80', 'yard/shop:80', 'yard/shop:9000']);
    expect(
      selectChains(report, parseTarget('svc/shop')!, 'default').every(
        ({ links }) => links[0]!.kind === 'selector',
      ),
    ).toBe(true);
  });
  test('in one namespace', () =>
    expect(ends('svc/shop', 'yard')).toEqual(['yard/shop:80', 'yard/shop:9000']));
  test('one port by number or by name', () => {
    expect(ends('svc/shop:9000', 'yard')).toEqual(['yard/shop:9000']);
    expect(ends('svc/shop:web', 'default')).toEqual(['default/shop:80']);
    expect(ends('svc/shop:1', 'yard')).toEqual([]);
  });
  test('a workload', () => expect(ends('pod/api')).toEqual(['default/api:80']));
});

describe('a URL finds its chain as a Gateway does', () => {
  const gateway = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate }
spec:
  gatewayClassName: outside
  listeners: [{ name: http, port: 80, protocol: HTTP }, { name: tls, port: 443, protocol: TLS }]
`;
  const route = (
    kind: string,
    host: string,
    rules: string,
  ): string => `apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: route-${host.replace(/\W/g, '')} }
spec: { parentRefs: [{ name: gate }], hostnames: ["${host}"], rules: [${rules}] }
`;
  const to = (name: string, path?: string, type = 'PathPrefix'): string =>
    `{ ${path ? `matches: [{ path: { type: ${type}, value: "${path}" } }], ` : ''}backendRefs: [{ name: ${name}, port: 80 }] }`;
  const routed = reportOf(
    [
      gateway,
      route('HTTPRoute', '*.example.com', to('wild')),
      route('HTTPRoute', '*.quay.example.com', to('api')),
      route(
        'HTTPRoute',
        'shop.example.com',
        [
          to('shop'),
          to('exact', '/cake', 'Exact'),
          to('only', '/(a+)+$', 'RegularExpression'),
          to('anyone', '/pie/[0-9]', 'RegularExpression'),
        ].join(),
      ),
      route('TLSRoute', 'safe.example.com', to('fallback')),
      ...names.map((name) => service(name)),
    ].join('---\n'),
  );
  test.each([
    ['http://a.b.example.com/', 'a wildcard is one label or more', ['wild']],
    ['http://a.quay.example.com/', 'the longest wildcard', ['api']],
    ['https://safe.example.com/any/path', 'a TLSRoute by its host', ['fallback']],
    ['http://shop.example.com/cake', 'an expression that may match is told too', ['exact', 'only']],
    [`http://shop.example.com/${'a'.repeat(60)}!`, 'no expression is run', ['shop', 'only']],
    ['http://shop.example.com/pie/1', 'an expression by how it begins', ['shop', 'only', 'anyone']],
  ])('%s: %s', (target, _, expected) => {
    const reached = selectChains(routed, parseTarget(target)!, undefined).map(
      ({ links }) => links.find(({ kind }) => kind === 'selector')!.from.resource.name,
    );
    expect(reached).toEqual(expected);
  });
  test('a Gateway and a route by name', () => {
    const found = (target: string): number => selectChains(routed, parseTarget(target)!, undefined).length;
    expect(found('gtw/gate')).toBe(7);
    expect(found('httproute/route-shopexamplecom')).toBe(4);
    expect(found('ksvc/shop')).toBe(0);
  });
});

test.each([
  ['/a', '/a', true],
  ['/a', '/b', false],
  ['^/a/', '/a/b', true],
  ['/a/b?', '/a/', true],
  ['/a/b*', '/a/', true],
  ['/a/b{0,2}', '/a/', true],
  ['/a|/b', '/b', true],
  ['/a/[0-9]+', '/a', false],
])('the expression %s and the path %s', (pattern, path, matches) => {
  expect(matchesPath(pattern, 'RegularExpression', path)).toBe(matches);
});

test('a path that an expression matches is never passed over', () => {
  const part = fc.constantFrom(
    'a',
    '/',
    'b',
    '.',
    '[0-9]',
    'x*',
    'y?',
    'z+',
    'q{0,2}',
    String.raw`\.`,
    '(ab|c)',
    '-',
  );
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 6 }).chain((parts) => {
        const expression = parts.join('');
        return fc.tuple(fc.constant(expression), fc.stringMatching(new RegExp(`^(?:${expression})$`)));
      }),
      ([expression, path]) => matchesPath(expression, 'RegularExpression', path),
    ),
  );
});

test('a path goes by whole elements', () => {
  expect(['/a', '/a/', '/a/b', '/ab', '/'].map((path) => matchesPath('/a/', 'Prefix', path))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(['/a', '/a/'].map((path) => matchesPath('/a', 'Exact', path))).toEqual([true, false]);
});
