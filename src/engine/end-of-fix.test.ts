import { expect, test } from 'vitest';
import type { Fix } from '../rules/rule.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { check } from './check.ts';
import { type ChangedEnd, endsOfFixes } from './end-of-fix.ts';

const object = (kind: string, apiVersion = 'v1', spec = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: quay, namespace: shop }\n${spec}`;
const POD = 'containers: [{ name: web, image: nginx }]';

const TEXT = [
  object('Service', 'v1', 'spec: { ports: [{ port: 80 }] }'),
  object('Endpoints', 'v1', 'subsets: []'),
  object('Pod', 'v1', `spec: { ${POD} }`),
  object(
    'Rollout',
    'argoproj.io/v1alpha1',
    `spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } }, spec: { ${POD} } } }`,
  ),
  object('ConfigMap', 'v1', 'data: {}'),
  object('Secret', 'v1', 'data: {}'),
  object(
    'Ingress',
    'networking.k8s.io/v1',
    'spec: { defaultBackend: { service: { name: quay, port: { number: 80 } } } }',
  ),
].join('\n---\n');

test('the end that a fix changes is that of the object in which its text stands, which it names', () => {
  const { resources } = check(sourcesOf(TEXT), { rules: [] }).sets[0]!.graph.model;
  const endOf = endsOfFixes(resources);
  const fixAt = (edits: Fix['edits']): Fix => ({ title: 'x', applicability: 'safe', edits });
  const ends = resources.map((one): [string, ChangedEnd] => [
    one.kind,
    endOf(fixAt([{ at: one.nameAt, text: 'y' }])),
  ]);
  expect(ends.map(([, { changes }]) => changes)).toEqual(resources);
  expect(Object.fromEntries(ends.map(([kind, { end }]) => [kind, end]))).toEqual({
    Service: 'service',
    Endpoints: 'service',
    Pod: 'pod',
    Rollout: 'pod',
    ConfigMap: 'pod',
    Secret: 'pod',
    Ingress: 'route',
  });
});
