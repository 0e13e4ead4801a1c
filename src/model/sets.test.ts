import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import { wordLink } from '../graph/links/evidence.ts';
import { allRules } from '../rules/index.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import type { Bundle, SourceFile } from '../text/source.ts';

const service = (name: string, targetPort = 'http'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${targetPort} }] }\n`;
const pod = (name: string, port = 'http'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\nspec: { containers: [{ name: a, image: harbour/a:1, ports: [{ name: ${port}, containerPort: 80 }] }] }\n`;

const setsOf = (files: Record<string, string>, setDirs: string[] = []): Record<string, string[]> =>
  Object.fromEntries(
    check(sourcesOf(files), { rules: [], setDirs }).sets.map(({ name, graph }) => [
      name,
      graph.model.resources.map((one) => `${one.kind}/${one.name}`),
    ]),
  );

describe('folders that define one object part', () => {
  test('one set where nothing is defined twice, across folders too', () => {
    expect(setsOf({ 'services/web.yaml': service('web'), 'pods/web.yaml': pod('web') })).toEqual({
      '': ['Service/web', 'Pod/web'],
    });
  });

  test('each set also sees what lies outside', () => {
    const files = {
      'dev/a.yaml': service('web'),
      'prod/a.yaml': service('web'),
      'common/pod.yaml': pod('web'),
      'pod.yaml': pod('log'),
    };
    expect(setsOf(files)).toEqual({
      dev: ['Service/web', 'Pod/web', 'Pod/log'],
      prod: ['Service/web', 'Pod/web', 'Pod/log'],
    });
  });

  test('at the level where their paths part', () => {
    const files = {
      'env/dev/app/a.yaml': service('web'),
      'env/prod/app/a.yaml': service('web'),
      'env/dev/db/b.yaml': pod('db'),
    };
    expect(setsOf(files)).toEqual({ 'env/dev': ['Service/web', 'Pod/db'], 'env/prod': ['Service/web'] });
  });

  test('a folder parts from its own subfolder', () => {
    expect(setsOf({ 'app/a.yaml': service('web'), 'app/dev/a.yaml': service('web') })).toEqual({
      app: ['Service/web'],
      'app/dev': ['Service/web'],
    });
  });

  test('sets within sets', () => {
    const files = {
      'eu/dev/a.yaml': service('web'),
      'eu/prod/a.yaml': service('web'),
      'us/a.yaml': service('web'),
      'eu/pod.yaml': pod('web'),
    };
    expect(setsOf(files)).toEqual({
      'eu/dev': ['Service/web', 'Pod/web'],
      'eu/prod': ['Service/web', 'Pod/web'],
      us: ['Service/web'],
    });
  });

  test('two definitions in one folder stay together', () => {
    expect(setsOf({ 'a.yaml': service('web'), 'b.yaml': service('web') })).toEqual({
      '': ['Service/web', 'Service/web'],
    });
  });

  test('an absent namespace and an explicit default are the same', () => {
    expect(
      Object.keys(
        setsOf({
          'a/a.yaml': service('web'),
          'b/a.yaml': service('web').replace('name: web', 'name: web, namespace: default'),
        }),
      ),
    ).toEqual(['a', 'b']);
  });

  test('folders that the user names', () => {
    const files = { 'dev/a.yaml': service('web'), 'prod/b.yaml': pod('web'), 'c.yaml': pod('log') };
    expect(setsOf(files, ['dev/', './prod'])).toEqual({
      dev: ['Service/web', 'Pod/log'],
      prod: ['Pod/web', 'Pod/log'],
    });
  });
});

describe('what sets share is told once', () => {
  const report = (files: Record<string, string>): ReturnType<typeof toReport> =>
    toReport(check(sourcesOf(files), { rules: [] }), { version: '0' });

  test('a link on which all sets agree belongs to none', () => {
    const { links } = report({
      'dev/a.yaml': service('web'),
      'prod/a.yaml': service('web'),
      'all/s.yaml': service('db'),
      'all/p.yaml': pod('db'),
    });
    expect(
      links
        .filter(({ kind }) => kind === 'selector')
        .map(({ set, from, state }) => [set, from.resource.name, state]),
    ).toContainEqual(['', 'db', 'whole']);
  });

  test('a shared reference is broken only where no set holds what it asks for', () => {
    const shared = { 's.yaml': service('web') };
    const both = (dev: string, prod: string): string[] =>
      report({ ...shared, 'dev/p.yaml': pod('web', dev), 'prod/p.yaml': pod('web', prod) })
        .links.filter(({ kind }) => kind === 'target-port')
        .map(({ state }) => state);
    expect(both('http', 'web')).toEqual(['whole']);
    expect(both('web', 'web')).toEqual(['broken', 'broken']);
  });
});

describe('an object that is defined twice in one folder', () => {
  const states = (files: Record<string, string>): string[] =>
    check(sourcesOf(files), { rules: [] }).sets.flatMap(({ graph }) =>
      graph.targetPorts.map(({ state }) => state),
    );

  test('the definition in the referring file counts', () => {
    expect(
      states({
        'a.yaml': `${service('web')}---\n${pod('web')}`,
        'b.yaml': `${service('web', 'raw')}---\n${pod('web', 'raw')}`,
      }),
    ).toEqual(['whole', 'whole']);
  });

  test('nothing is broken that holds with one of the definitions', () => {
    expect(
      states({ 's.yaml': service('web'), 'a.yaml': pod('web', 'http'), 'b.yaml': pod('web', 'raw') }),
    ).toEqual(['whole', 'unproved']);
    expect(
      states({ 's.yaml': service('web'), 'a.yaml': pod('web', 'raw'), 'b.yaml': pod('web', 'row') }),
    ).toEqual(['broken', 'broken']);
  });
});

describe('a file that a kustomization uses as a patch is no object', () => {
  const made = (kustomization: string, name = 'kustomization.yaml'): string[] | undefined => {
    const files = { [name]: kustomization, 'web.yaml': service('web'), 'patch.yaml': service('web', 'raw') };
    return setsOf(files)['']?.filter((one) => one.startsWith('Service'));
  };
  const lists = 'resources: [web.yaml]\npatches: [{ path: patch.yaml }]\n';

  test('by its kind', () => {
    expect(made(`apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${lists}`)).toEqual([
      'Service/web',
    ]);
  });

  test('or by its name, as kustomize knows it', () => {
    expect(made(lists)).toEqual(['Service/web']);
    expect(made(lists, 'k8s/kustomization.yaml')).toHaveLength(2);
    expect(made(lists, 'Kustomization')).toEqual(['Service/web']);
    expect(made(lists, 'values.yaml')).toHaveLength(2);
  });
});

describe('complete bundles', () => {
  test("know the IngressClasses of each other, which are the cluster's", () => {
    const gate = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: gate }\nspec: { ingressClassName: nginx, defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`;
    const ofClass = (name: string): string =>
      `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: ${name} }\nspec: { controller: k8s.io/ingress-nginx }\n`;
    const told = (other: string): string[] =>
      check(
        [
          ...inBundle({ kind: 'kustomization', path: 'apps' }, { apps: `${gate}---\n${ofClass('private')}` }),
          ...inBundle({ kind: 'kustomization', path: 'network' }, { network: ofClass(other) }),
        ],
        { rules: allRules },
      ).sets.flatMap(({ findings }) => findings.map(({ rule }) => rule));
    expect(told('nginx')).toEqual([]);
    expect(told('public')).toEqual(['unserved-ingress']);
  });

  const inBundle = (bundle: Bundle, files: Record<string, string>): SourceFile[] =>
    sourcesOf(files).map((source) => ({ ...source, bundle }));
  const chart = (path: string): Bundle => ({ kind: 'chart', path });
  const setsIn = (...sources: readonly SourceFile[]): Record<string, string[]> =>
    Object.fromEntries(
      check(sources, { rules: [] }).sets.map(({ name, graph }) => [
        name,
        graph.model.resources.map((one) => `${one.kind}/${one.name}`),
      ]),
    );
  const ingress = (to: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: gate }\nspec: { defaultBackend: { service: { name: ${to}, port: { number: 80 } } } }\n`;

  test('are sets of their own, each without the other and without the folders', () => {
    const [a, b] = [chart('charts/a'), chart('charts/b')];
    expect(
      setsIn(
        ...inBundle(a, {
          'charts/a/templates/x/s.yaml': service('a'),
          'charts/a/templates/p.yaml': pod('a'),
        }),
        ...inBundle(b, { 'charts/b/templates/s.yaml': service('b') }),
        ...sourcesOf({ 'k8s/s.yaml': service('c') }),
      ),
    ).toEqual({ 'charts/a': ['Service/a', 'Pod/a'], 'charts/b': ['Service/b'], '.': ['Service/c'] });
  });

  test('alone are one set, and what they define twice in two of their folders is defined twice', () => {
    const sources = inBundle(chart('a'), {
      'a/templates/x/s.yaml': service('a'),
      'a/templates/y/s.yaml': service('a'),
    });
    const [only, ...more] = check(sources, { rules: [] }).sets;
    expect([only!.name, only!.graph.model.duplicates.length, more]).toEqual(['', 1, []]);
  });

  test('beside folders that part leave those as they are', () => {
    expect(
      Object.keys(
        setsIn(
          ...inBundle(chart('c'), { 'c/templates/s.yaml': service('web') }),
          ...sourcesOf({ 'dev/a.yaml': service('web'), 'prod/a.yaml': service('web') }),
        ),
      ),
    ).toEqual(['dev', 'prod', 'c']);
  });

  test('that hold nothing that is followed make no set', () => {
    const crd =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: a }\n';
    const sets = setsIn(
      ...inBundle(chart('c'), { 'c/crds/a.yaml': crd }),
      ...sourcesOf({ 'a.yaml': service('web') }),
    );
    expect(Object.keys(sets)).toEqual(['']);
    expect(sets['']).toHaveLength(2);
  });

  test('may be applied along: what one of them has is not missing in a folder', () => {
    const { sets } = check(
      [
        ...inBundle(chart('c'), { 'c/templates/s.yaml': service('web') }),
        ...sourcesOf({ 'a.yaml': `${ingress('web')}---\n${service('wep')}` }),
      ],
      { rules: [] },
    );
    expect(sets[0]!.graph.backends.map((link) => `${link.state}: ${wordLink(link)}`)).toEqual([
      'unproved: chart c of the input has Service web, and nothing says that it is applied along; both applied together would prove it',
    ]);
  });

  test('of a cluster know nothing of files', () => {
    expect(
      setsIn(
        ...inBundle({ kind: 'cluster', path: 'kind-dev' }, { services: service('web') }),
        ...sourcesOf({ 'pod.yaml': pod('web') }),
      ),
    ).toEqual({ '.': ['Pod/web'], 'kind-dev': ['Service/web'] });
  });
});

describe('folders whose objects say no namespace are not applied together', () => {
  const told = (files: Record<string, string>): string[] =>
    check(sourcesOf(files), { rules: allRules }).sets.flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
    );
  const nodePort = (name: string, namespace = ''): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: "${namespace}" }\nspec: { type: NodePort, selector: { app: ${name} }, ports: [{ port: 80, nodePort: 31000 }] }\n`;

  test('two lessons may take one nodePort', () => {
    expect(told({ 'one/a.yaml': nodePort('a'), 'two/b.yaml': nodePort('b') })).toEqual([]);
    expect(told({ 'one/a.yaml': nodePort('a'), 'two/b.yaml': nodePort('b', 'shop') })).toEqual([]);
    expect(told({ 'one/a.yaml': `${nodePort('a')}---\n${nodePort('b')}` })).toEqual(['node-port-conflict']);
    expect(told({ 'one/a.yaml': nodePort('a', 'shop'), 'two/b.yaml': nodePort('b', 'shop') })).toEqual([
      'node-port-conflict',
    ]);
  });

  test.each([
    ['dev/web.yaml', 'prod/web.yaml', []],
    ['clusters/staging/apps/a.yaml', 'clusters/production/apps/a.yaml', []],
    ['env-qa/a.yaml', 'env-live/a.yaml', []],
    ['web/prod.yaml', 'api/prod.yaml', ['node-port-conflict']],
    ['prod/web/a.yaml', 'prod/api/a.yaml', ['node-port-conflict']],
  ])('%s and %s, each with a namespace of its own, may take one nodePort', (one, other, rules) => {
    expect(told({ [one]: nodePort('a', 'here'), [other]: nodePort('b', 'there') })).toEqual(rules);
  });

  test('a workload of one is not what the Service of another was meant for', () => {
    const misspelt = service('web').replace('app: web', 'app: wbe');
    expect(told({ 'a.yaml': `${misspelt}---\n${pod('web')}` })).toEqual(['unmatched-selector']);
    expect(told({ 'one/a.yaml': misspelt, 'two/b.yaml': pod('web') })).toEqual([]);
  });

  test('what lies far below is an example of its own', () => {
    const wrong = service('web', 'raw');
    expect(told({ 'ex/a.yaml': wrong, 'ex/v1/b.yaml': pod('web') })).toEqual(['unresolved-target-port']);
    expect(told({ 'ex/a.yaml': wrong, 'ex/v1/tls/b.yaml': pod('web') })).toEqual([]);
  });

  test('folders that are named for kinds are one application', () => {
    expect(told({ 'k8s/services/web.yaml': service('web', 'raw'), 'k8s/pods/web.yaml': pod('web') })).toEqual(
      ['unresolved-target-port'],
    );
  });

  test('nothing is said of a namespace that nobody gives', () => {
    const placed = (text: string): string => text.replace('metadata: {', 'metadata: { namespace: shop,');
    const files = (s: string, p: string): Record<string, string> => ({ 's.yaml': s, 'p.yaml': p });
    expect(told(files(placed(service('web')), pod('web')))).toEqual([]);
    expect(told({ 'a.yaml': `${placed(service('web'))}---\n${pod('web')}` })).toEqual(['unmatched-selector']);
  });
});

describe('a folder around a set', () => {
  const states = (files: Record<string, string>): string[] =>
    check(sourcesOf(files), { rules: [] }).sets.flatMap(({ graph }) =>
      graph.selectors.map(({ service: { name }, state }) => `${name} ${state}`),
    );

  test('gives it what it does not define itself', () => {
    expect(
      states({
        'app/all.yaml': `${service('web')}---\n${pod('log')}`,
        'app/dev/web.yaml': service('web'),
        'app/dev/log.yaml': service('log'),
      }),
    ).toEqual(['web unproved', 'web unproved', 'log whole']);
  });
});
