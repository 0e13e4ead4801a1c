import { expect, test } from 'vitest';
import { linesOf } from '../../testing/graph-of.ts';

const service = (ports: string, spec = ''): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: harbour }
spec:
  ${spec}
  selector: { app: pier }
  ports: [${ports}]
`;
const pod = (containers: string, more = '', name = 'pier'): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: harbour, labels: { app: pier } }
spec:
  containers: [${containers}]
  ${more}
`;
const targets = (...documents: string[]): string[] => linesOf(documents.join('---'), 'target-port');

test('S-001 a number in quotes is another type than a number', () => {
  expect(targets(service('{ port: 80, targetPort: 8080 }'), pod('{ name: a }'))).toEqual([
    'whole 8080 → Pod/pier:8080',
  ]);
  expect(targets(service('{ port: 80, targetPort: "8080" }'), pod('{ name: a }'))).toEqual([
    'broken 8080 → Pod/pier',
  ]);
});

test('S-002 a quoted number is never resolved to the number, even where it is declared', () => {
  expect(
    targets(
      service('{ port: 80, targetPort: "8080" }'),
      pod('{ name: a, ports: [{ containerPort: 8080 }] }'),
    ),
  ).toEqual(['broken 8080 → Pod/pier']);
});

test('S-003 a port is a number from 1 to 65535', () => {
  for (const port of [0, 65_536, -1]) {
    expect(targets(service(`{ port: ${port} }`), pod('{ name: a }'))[0]).toMatch(/^broken/);
  }
  expect(targets(service('{ port: 65535 }'), pod('{ name: a }'))).toEqual(['whole 65535 → Pod/pier:65535']);
});

test('S-012 an omitted protocol is TCP on both sides', () => {
  expect(
    targets(
      service('{ port: 80, targetPort: http }'),
      pod('{ name: a, ports: [{ name: http, containerPort: 8080, protocol: TCP }] }'),
    ),
  ).toEqual(['whole http → Pod/pier:8080']);
});

test.each(['', ', targetPort: 0', ', targetPort: ""', ', targetPort: null'])(
  'S-013 targetPort falls back to port: {port: 80%s}',
  (rest) => {
    const [line] = targets(
      service(`{ name: http, port: 80${rest} }`),
      pod('{ name: a, ports: [{ name: http, containerPort: 8080 }] }'),
    );
    expect(line).toBe('whole 80 → Pod/pier:80');
  },
);

test('S-026 a numeric targetPort needs no containerPort', () => {
  expect(
    targets(service('{ port: 80, targetPort: 9000 }'), pod('{ name: a, ports: [{ containerPort: 8080 }] }')),
  ).toEqual(['whole 9000 → Pod/pier:9000']);
});

test('S-027 the search goes on past a namesake with another protocol', () => {
  const containers =
    '{ name: a, ports: [{ name: http, containerPort: 8080, protocol: UDP }] }, { name: b, ports: [{ name: http, containerPort: 9090 }] }';
  expect(targets(service('{ port: 80, targetPort: http }'), pod(containers))).toEqual([
    'whole http → Pod/pier:9090',
  ]);
});

test('S-028 the first container in order wins', () => {
  const containers =
    '{ name: a, ports: [{ name: http, containerPort: 1 }] }, { name: b, ports: [{ name: http, containerPort: 2 }] }';
  expect(targets(service('{ port: 80, targetPort: http }'), pod(containers))).toEqual([
    'whole http → Pod/pier:1',
  ]);
});

test('S-029 a sidecar is asked when no container has the name, a plain init container never', () => {
  const sidecar =
    'initContainers: [{ name: mesh, restartPolicy: Always, ports: [{ name: http, containerPort: 15090 }] }]';
  const init = 'initContainers: [{ name: setup, ports: [{ name: http, containerPort: 1 }] }]';
  expect(targets(service('{ port: 80, targetPort: http }'), pod('{ name: a }', sidecar))).toEqual([
    'whole http → Pod/pier:15090',
  ]);
  expect(targets(service('{ port: 80, targetPort: http }'), pod('{ name: a }', init))).toEqual([
    'broken http → Pod/pier',
  ]);
});

test('S-030, S-032 each Pod resolves a name by itself: one link each', () => {
  const lines = targets(
    service('{ port: 80, targetPort: http }'),
    pod('{ name: a, ports: [{ name: http, containerPort: 8080 }] }', '', 'a'),
    pod('{ name: a, ports: [{ name: http, containerPort: 9090 }] }', '', 'b'),
    pod('{ name: a }', '', 'c'),
  );
  expect(lines).toEqual(['whole http → Pod/a:8080', 'whole http → Pod/b:9090', 'broken http → Pod/c']);
});

test('S-031 a Service port whose name no Pod has is broken, the other ports hold', () => {
  const lines = targets(
    service('{ name: web, port: 80, targetPort: web }, { name: raw, port: 81 }'),
    pod('{ name: a }'),
  );
  expect(lines).toEqual(['broken web → Pod/pier', 'whole 81 → Pod/pier:81']);
});

test('S-033 endpoints bear the name of the Service port, so the container may call it otherwise', () => {
  expect(
    targets(
      service('{ name: web, port: 80, targetPort: http }'),
      pod('{ name: a, ports: [{ name: http, containerPort: 8080 }] }'),
    ),
  ).toEqual(['whole http → Pod/pier:8080']);
});

test('S-043 a headless Service resolves targetPort like any other', () => {
  expect(targets(service('{ port: 80, targetPort: 8080 }', 'clusterIP: None'), pod('{ name: a }'))).toEqual([
    'whole 8080 → Pod/pier:8080',
  ]);
});

test('S-044 a headless Service without ports has nothing to resolve', () => {
  expect(targets(service('', 'clusterIP: None'), pod('{ name: a }'))).toEqual([]);
});

test('S-047 an ExternalName with a selector selects nothing, and leads out of the cluster', () => {
  const external = service('{ port: 80 }', 'type: ExternalName\n  externalName: pier.example.com');
  expect(targets(external, pod('{ name: a }'))).toEqual(['unproved 80 → nothing']);
});

test('S-048, S-049, S-052 a Service without selector is joined to its endpoints by name and protocol', () => {
  const bare =
    '\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ports: [{ name: pg, port: 5432, targetPort: 80 }] }\n';
  const slice = (label: string, name: string): string =>
    `\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: x, labels: { ${label} } }\nports: [{ name: ${name}, port: 9376 }]\n`;
  const endpoints =
    '\napiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets: [{ addresses: [{ ip: 10.1.2.3 }], ports: [{ name: pg, port: 5432 }] }]\n';
  expect(targets(bare, slice('kubernetes.io/service-name: db', 'pg'))).toEqual([
    'whole 80 → EndpointSlice/x:9376',
  ]);
  expect(targets(bare, slice('kubernetes.io/service-name: db', 'sql'))).toEqual([
    'broken 80 → EndpointSlice/x',
  ]);
  expect(targets(bare, slice('app: db', 'pg'))).toEqual(['unproved 80 → nothing']);
  expect(targets(bare, endpoints)).toEqual(['whole 80 → Endpoints/db:5432']);
});

test('a placeholder proves nothing', () => {
  expect(targets(service('{ port: 80, targetPort: "${PORT}" }'), pod('{ name: a }'))[0]).toMatch(/^unproved/);
});

test('S-011 a name is never taken for port 0', () => {
  expect(
    targets(
      service('{ port: 80, targetPort: http }'),
      pod('{ name: a, ports: [{ name: zero, containerPort: 0 }] }'),
    ),
  ).toEqual(['broken http → Pod/pier']);
});

test('S-022 appProtocol changes nothing about which port it is', () => {
  expect(
    targets(service('{ port: 80, targetPort: 8080, appProtocol: kubernetes.io/h2c }'), pod('{ name: a }')),
  ).toEqual(['whole 8080 → Pod/pier:8080']);
});

test('S-036 the Pods of a Job are endpoints as long as they run', () => {
  const job =
    '\napiVersion: batch/v1\nkind: Job\nmetadata: { name: seed, namespace: harbour }\nspec: { template: { metadata: { labels: { app: pier } }, spec: { containers: [{ name: a }] } } }\n';
  expect(targets(service('{ port: 80 }'), job)).toEqual(['whole 80 → Job/seed:80']);
});

test('S-046 a headless Service without selector gets no endpoints by itself', () => {
  expect(
    targets(
      '\napiVersion: v1\nkind: Service\nmetadata: { name: pier }\nspec: { clusterIP: None, ports: [{ port: 80 }] }\n',
    ),
  ).toEqual(['unproved 80 → nothing']);
});

test('S-053 a hand-made slice beside a selector adds backends and replaces none', () => {
  const slice =
    '\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: x, namespace: harbour, labels: { kubernetes.io/service-name: pier } }\nports: [{ port: 1 }]\n';
  expect(targets(service('{ port: 80 }'), pod('{ name: a }'), slice)).toEqual(['whole 80 → Pod/pier:80']);
});

test('S-048 a slice without the label serves no Service, whatever that is called', () => {
  const bare =
    '\napiVersion: v1\nkind: Service\nmetadata: { name: undefined }\nspec: { ports: [{ port: 80 }] }\n';
  const slice =
    '\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: x }\nports: [{ port: 80 }]\n';
  expect(targets(bare, slice)).toEqual(['unproved 80 → nothing']);
});
