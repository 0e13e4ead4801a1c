import { describe, expect, test } from 'vitest';
import { sourcesOf } from '../testing/test-rule.ts';
import { load } from './load.ts';

const told = (path: string, text: string): { errors: string[]; foreign: string[]; resources: number } => {
  const { errors, foreign, resources } = load(sourcesOf({ [path]: text }), {});
  const messages = (list: typeof errors): string[] => list.map(({ line, message }) => `${line} ${message}`);
  return { errors: messages(errors), foreign: messages(foreign), resources: resources.length };
};

describe('what is no manifest passes by', () => {
  test.each([
    ['labels.yaml', '- { name: bug }\n', '1 a list where a Kubernetes object is expected'],
    ['people.json', '["ann", "bob"]', '1 a list where a Kubernetes object is expected'],
    ['version.yaml', '1.2.3\n', '1 a text where a Kubernetes object is expected'],
    ['launch.json', '{\n  // hover to read\n  "version": "0.2.0"\n}', undefined],
    ['launch.json', '{\n  "a": [], // it says: no\n  "version": "0.2.0"\n}', undefined],
    ['form.yml', 'name: a: b\n', '1 a second `:` in one value; quote the value or look at the indentation'],
    ['tasks.json', '{ "group": { "kind": "build", }, // mine\n }', undefined],
    ['replacements.yaml', '- source: { kind: ConfigMap, name: a, apiVersion: v1 }\n', undefined],
  ])('%s', (path, text, message) => {
    const { errors, foreign, resources } = told(path, text);
    expect({ errors, resources }).toEqual({ errors: [], resources: 0 });
    if (message) expect(foreign).toEqual([message]);
    else expect(foreign).toHaveLength(1);
  });
});

describe('what was meant as a manifest is an error', () => {
  test.each([
    ['a.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: a: b }\n'],
    ['a.json', '{\n  "apiVersion": "v1" // mine\n  , "kind": "Service"\n}'],
    ['a.yaml', '- apiVersion: v1\n  kind: Service\n'],
    ['a.yaml', 'apiVersion v1\nkind Service\n'],
    ['a.yaml', 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: a }\n---\nspec: a: b\n'],
  ])('%s %s', (path, text) => {
    const { errors, foreign } = told(path, text);
    expect(errors).toHaveLength(1);
    expect(foreign).toEqual([]);
  });
});

describe('what a kustomization builds with is no manifest', () => {
  const PLUGIN = 'apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: { name: a }\nport: 1: 2\n';
  const there = (files: Record<string, string>): { kinds: string[]; errors: number } => {
    const { errors, resources } = load(sourcesOf(files), {});
    return { kinds: resources.map(({ kind }) => kind).sort(), errors: errors.length };
  };

  test.each([
    'generators: [own.yaml]',
    'transformers: [./own.yaml]',
    'validators: [../k/own.yaml]',
    'configurations: [own.yaml]',
    'crds: [own.yaml]',
    'replacements: [{ path: own.yaml }]',
    'openapi: { path: own.yaml }',
    'configMapGenerator: [{ name: c, files: [own.yaml] }]',
    'configMapGenerator: [{ name: c, files: [key=own.yaml] }]',
    'secretGenerator: [{ name: c, envs: [own.yaml] }]',
    'secretGenerator: [{ name: c, env: own.yaml }]',
    'helmCharts: [{ name: c, valuesFile: own.yaml }]',
    'helmCharts: [{ name: c, additionalValuesFiles: [own.yaml] }]',
    'helmChartInflationGenerator: [{ chartName: c, values: own.yaml }]',
  ])('%s', (field) => {
    const files = { 'k/kustomization.yaml': `${field}\n`, 'k/own.yaml': PLUGIN };
    expect(there(files)).toEqual({ kinds: [], errors: 0 });
    expect(there({ 'k/own.yaml': PLUGIN }).errors).toBe(1);
  });

  test('nor what lies in a folder of plugins', () => {
    expect(
      there({
        'k/kustomization.yaml': 'generators: [plugins]\n',
        'k/plugins/kustomization.yaml': 'resources: [own.yaml]\n',
        'k/plugins/own.yaml': PLUGIN,
      }),
    ).toEqual({ kinds: [], errors: 0 });
  });

  test('what another kustomization takes in is one', () => {
    expect(
      there({
        'k/kustomization.yaml': 'configMapGenerator: [{ name: c, files: [../app/own.yaml] }]\n',
        'app/kustomization.yaml': 'resources: [own.yaml]\n',
        'app/own.yaml':
          'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: 80 }] }\n',
      }),
    ).toEqual({ kinds: ['Service'], errors: 0 });
  });
});
