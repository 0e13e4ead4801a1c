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
