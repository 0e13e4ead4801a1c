import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';

const containers = 'containers: [{ name: a, image: nginx, ports: [{ containerPort: 80 }] }]';

test.each([
  ['v1', 'Pod', `spec: { ${containers} }`],
  ['apps/v1', 'Deployment', `spec: { template: { spec: { ${containers} } } }`],
  ['apps/v1', 'StatefulSet', `spec: { template: { spec: { ${containers} } } }`],
  ['apps/v1', 'DaemonSet', `spec: { template: { spec: { ${containers} } } }`],
  ['apps/v1', 'ReplicaSet', `spec: { template: { spec: { ${containers} } } }`],
  ['v1', 'ReplicationController', `spec: { template: { spec: { ${containers} } } }`],
  ['batch/v1', 'Job', `spec: { template: { spec: { ${containers} } } }`],
  ['batch/v1', 'CronJob', `spec: { jobTemplate: { spec: { template: { spec: { ${containers} } } } } }`],
  ['extensions/v1beta1', 'Deployment', `spec: { template: { spec: { ${containers} } } }`],
])('S-055 the Pod template of %s %s', (apiVersion, kind, spec) => {
  const { model } = graphOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n${spec}\n`);
  expect(model.workloads.map(({ template }) => template.containers[0]?.ports[0]?.number?.value)).toEqual([
    80,
  ]);
});

test('a kind of the same name in another group is something else', () => {
  const { model } = graphOf('apiVersion: example.com/v1\nkind: Service\nmetadata: { name: a }\n');
  expect([model.services.length, model.others.map(({ group }) => group)]).toEqual([0, ['example.com']]);
});

test('S-186 lists of every kind are flattened, also in one another', () => {
  const { model } = graphOf(`
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Service, metadata: { name: a } }
  - apiVersion: v1
    kind: ServiceList
    items: [{ apiVersion: v1, kind: Service, metadata: { name: b } }]
`);
  expect(model.services.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('S-187 empty documents are skipped, JSON objects may follow one another', () => {
  expect(
    graphOf('---\n---\napiVersion: v1\nkind: Service\nmetadata: { name: a }\n--- # end\n').model.services
      .length,
  ).toBe(1);
  const json = (name: string): string =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name } });
  expect(graphOf(`${json('a')}\n${json('b')}\n`).model.services.length).toBe(2);
});

test("S-188 the object's namespace, else the run's, else default", () => {
  const text =
    'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n---\napiVersion: v1\nkind: Service\nmetadata: { name: b, namespace: yard }\n';
  expect(graphOf(text).model.services.map(({ namespace }) => namespace)).toEqual(['default', 'yard']);
  expect(graphOf(text, 'shop').model.services.map(({ namespace }) => namespace)).toEqual(['shop', 'yard']);
});

test('S-190 an object with generateName is matched by its labels', () => {
  const { selectors } = graphOf(`
apiVersion: batch/v1
kind: Job
metadata: { generateName: seed- }
spec: { template: { metadata: { labels: { app: seed } }, spec: { ${containers} } } }
---
apiVersion: v1
kind: Service
metadata: { name: seed }
spec: { selector: { app: seed }, ports: [{ port: 80 }] }
`);
  expect(selectors.map(({ state }) => state)).toEqual(['whole']);
});

test('S-097 stringData wins over data, which is decoded', () => {
  const { model } = graphOf(
    'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ndata: { PORT: MQ==, HOST: Yg== }\nstringData: { PORT: "2" }\n',
  );
  expect([...model.secrets[0]!.data].map(([key, { value }]) => [key, value])).toEqual([
    ['PORT', '2'],
    ['HOST', 'b'],
  ]);
});

test('S-099 a number where a string is meant is a misfit, null is the empty string', () => {
  const { model } = graphOf(
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { PORT: 8080, HOST: null, FLAG: yes }\n',
  );
  expect(model.configMaps[0]!.misfits.map(({ field, got }) => [field, got.value])).toEqual([
    ['data.PORT', 8080],
    ['data.FLAG', true],
  ]);
  expect([...model.configMaps[0]!.data].map(([key, { value }]) => [key, value])).toEqual([
    ['PORT', '8080'],
    ['HOST', ''],
    ['FLAG', 'yes'],
  ]);
});

test('S-001 octal and hexadecimal numbers are numbers', () => {
  const ports = (text: string): unknown =>
    graphOf(`apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: ${text} }] }\n`)
      .model.services[0]!.ports[0]!.port?.value;
  expect([ports('0x50'), ports('0120'), ports('8_0')]).toEqual([80, 80, 80]);
});

test('merge keys and anchors are followed', () => {
  const { model } = graphOf(`
apiVersion: v1
kind: Service
metadata: { name: a, labels: &labels { app: a } }
spec:
  selector: { <<: *labels, tier: front }
  ports: [{ port: 80 }]
`);
  expect([...model.services[0]!.selector].map(([key, { value }]) => `${key}=${value}`).sort()).toEqual([
    'app=a',
    'tier=front',
  ]);
});

test("S-189 an object's namespace is never overridden by the run's", () => {
  const { model } = graphOf('apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: b }\n', 'c');
  expect(model.services[0]!.namespace).toBe('b');
});
