import { expect, test } from 'vitest';
import { linesOf } from '../../testing/graph-of.ts';

const service = (selector: string, namespace = 'harbour', name = 'pier'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: ${selector}
  ports: [{ port: 80 }]
`;
const workload = (
  kind: string,
  labels: string,
  more: { name?: string; own?: string; spec?: string; namespace?: string } = {},
): string => `
apiVersion: ${kind === 'Job' ? 'batch/v1' : 'apps/v1'}
kind: ${kind}
metadata: { name: ${more.name ?? 'crane'}, namespace: ${more.namespace ?? 'harbour'}, labels: ${more.own ?? '{}'} }
spec:
  ${more.spec ?? ''}
  template:
    metadata: { labels: ${labels} }
    spec: { containers: [{ name: a, image: example.com/a }] }
`;
const selected = (...documents: string[]): string[] => linesOf(documents.join('---'), 'selector');

test('S-020 every pair must be among the labels, more labels do not matter', () => {
  expect(selected(service('{ app: a }'), workload('Deployment', '{ app: a, tier: x }'))).toEqual([
    'whole pier → Deployment/crane',
  ]);
  expect(selected(service('{ app: a, tier: y }'), workload('Deployment', '{ app: a, tier: x }'))[0]).toMatch(
    /→ nothing$/,
  );
});

test('S-020 only Pods of its own namespace', () => {
  expect(selected(service('{ app: a }', 'yard'), workload('Deployment', '{ app: a }'))).toEqual([
    'broken pier → nothing',
  ]);
});

test.each(['{}', 'null', ''])('S-021 an empty selector selects nothing: %s', (selector) => {
  expect(selected(service(selector), workload('Deployment', '{ app: a }'))).toEqual([]);
});

test('S-056 labels of the Deployment itself do not reach its Pods', () => {
  expect(
    selected(service('{ app: a }'), workload('Deployment', '{ app: b }', { own: '{ app: a }' })),
  ).toEqual(['broken pier → nothing']);
});

test('S-058 the Pods of a StatefulSet bear their names and ordinals', () => {
  const set = workload('StatefulSet', '{ app: db }', { name: 'db', spec: 'replicas: 2' });
  const named = (name: string): string => service(`{ statefulset.kubernetes.io/pod-name: ${name} }`);
  expect(selected(named('db-0'), set)).toEqual(['whole pier → StatefulSet/db']);
  expect(selected(named('db-1'), set)).toEqual(['whole pier → StatefulSet/db']);
  expect(selected(named('db-2'), set)[0]).toMatch(/→ nothing$/);
  expect(selected(service('{ app: db, apps.kubernetes.io/pod-index: "0" }'), set)).toEqual([
    'whole pier → StatefulSet/db',
  ]);
});

test('S-059 the Pods of a Job bear its name', () => {
  expect(selected(service('{ job-name: seed }'), workload('Job', '{}', { name: 'seed' }))).toEqual([
    'whole pier → Job/seed',
  ]);
  expect(
    selected(service('{ batch.kubernetes.io/job-name: seed }'), workload('Job', '{}', { name: 'seed' })),
  ).toEqual(['whole pier → Job/seed']);
});

test('nothing that fits is no proof: an operator may make the Pods', () => {
  expect(selected(service('{ app: alertmanager }'), workload('Deployment', '{ app: prometheus }'))).toEqual([
    'unproved pier → nothing',
  ]);
});

test('a workload of the same name that differs in one label is proof', () => {
  expect(
    selected(service('{ app: pier }'), workload('Deployment', '{ app: web }', { name: 'pier' })),
  ).toEqual(['broken pier → nothing']);
});

test('a near value is proof, unless it is another version', () => {
  expect(selected(service('{ app: bakery }'), workload('Deployment', '{ app: bakrey }'))).toEqual([
    'broken pier → nothing',
  ]);
  expect(selected(service('{ app: bakery-v1 }'), workload('Deployment', '{ app: bakery-v2 }'))).toEqual([
    'unproved pier → nothing',
  ]);
});

test('a workload that another Service selects was not meant for this one', () => {
  const lines = selected(
    service('{ app: bakery }'),
    workload('Deployment', '{ app: bakrey }'),
    service('{ app: bakrey }', 'harbour', 'oven'),
  );
  expect(lines).toEqual(['unproved pier → nothing', 'whole oven → Deployment/crane']);
});

test('S-057 matchLabels of the Deployment say nothing about its Pods', () => {
  const spec = 'selector: { matchLabels: { app: a } }';
  expect(selected(service('{ app: a }'), workload('Deployment', '{ tier: x }', { spec }))[0]).toMatch(
    /→ nothing$/,
  );
});
