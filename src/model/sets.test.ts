import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { toReport } from '../engine/to-report.ts';
import { sourcesOf } from '../testing/test-rule.ts';

const service = (name: string, targetPort = 'http'): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: ${targetPort} }] }\n`;
const pod = (name: string, port = 'http'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${name} } }\nspec: { containers: [{ name: a, ports: [{ name: ${port}, containerPort: 80 }] }] }\n`;

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
    const shared = { 'all/s.yaml': service('web') };
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
