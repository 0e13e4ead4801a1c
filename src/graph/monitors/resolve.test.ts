import { describe, expect, test } from 'vitest';
import { linesOf } from '../../testing/graph-of.ts';
import { portPattern } from './port-pattern.ts';

const pier = (
  ports = '[{ name: web, port: 80, targetPort: 8080 }, { port: 81 }]',
  containerPorts = '[{ name: http, containerPort: 8080 }]',
  namespace = 'harbour',
  annotations = '{}',
  image = 'ghcr.io/example/pier',
): string => `
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: ${namespace}, labels: { shore: west } }
spec: { selector: { app: pier }, ports: ${ports} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: pier }, annotations: ${annotations} }
    spec:
      containers: [{ name: pier, image: ${image}, ports: ${containerPorts} }]
`;
const monitor = (endpoint: string, rest = '', selector = '{ matchLabels: { shore: west } }'): string => `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: pier, namespace: harbour }
spec: { selector: ${selector}, endpoints: [${endpoint}]${rest} }
`;
const podMonitor = (endpoint: string, selector = '{ matchLabels: { app: pier } }'): string => `
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: pier, namespace: harbour }
spec: { selector: ${selector}, podMetricsEndpoints: [${endpoint}] }
`;
const lines = (...documents: string[]): string[] => linesOf(documents.join('---'), 'monitor');

describe('ServiceMonitor', () => {
  test.each([
    ['S-183 the name of a Service port', '{ port: web }', ['whole web → Service/pier:80']],
    ['S-183 a regular expression', '{ port: we.* }', ['whole we.* → Service/pier:80']],
    ['S-183 which stands for the whole name', '{ port: w|eb }', ['broken w|eb → Service/pier']],
    ['S-183 alternatives', '{ port: metrics|web }', ['whole metrics|web → Service/pier:80']],
    ['S-183 one that is not followed', '{ port: "(web)+" }', ['unproved (web)+ → nothing']],
    ['S-183 the name of a container port', '{ port: http }', ['broken http → Service/pier']],
    ['S-183 the number of a Service port', '{ port: "81" }', ['broken 81 → Service/pier']],
    ['S-183 port goes before targetPort', '{ port: web, targetPort: 1 }', ['whole web → Service/pier:80']],
    ['S-184 the name of a container port', '{ targetPort: http }', ['whole http → Deployment/pier:8080']],
    ['S-184 the number of one', '{ targetPort: 8080 }', ['whole 8080 → Deployment/pier:8080']],
    ['S-184 a number in quotes is a name', '{ targetPort: "8080" }', ['broken 8080 → nothing']],
    ['S-184 a number that is not declared', '{ targetPort: 81 }', ['broken 81 → nothing']],
    [
      'S-184 nothing is every port',
      '{ path: /metrics }',
      ['whole pier → Service/pier:80', 'whole pier → Service/pier:81'],
    ],
    ['a value to be filled in', '{ port: "${PORT}" }', ['unproved ${PORT} → nothing']],
  ])('%s: %s', (_, endpoint, expected) => expect(lines(pier(), monitor(endpoint))).toEqual(expected));

  test('S-183 Services are looked for in its own namespace', () =>
    expect(lines(pier(undefined, undefined, 'shipyard'), monitor('{ port: web }'))).toEqual([
      'unproved web → nothing',
    ]));

  test.each(['{ any: true }', '{ matchNames: [shipyard] }'])('S-183 or where it says: %s', (namespaces) =>
    expect(
      lines(
        pier(undefined, undefined, 'shipyard'),
        monitor('{ port: web }', `, namespaceSelector: ${namespaces}`),
      ),
    ).toEqual(['whole web → Service/pier:80']),
  );

  test('S-183 the labels are those of the Service, not of its Pods', () =>
    expect(lines(pier(), monitor('{ port: web }', '', '{ matchLabels: { app: pier } }'))).toEqual([
      'unproved web → nothing',
    ]));

  test('a Service without the port is not scraped where another one has it', () =>
    expect(
      lines(
        pier(),
        pier('[{ name: api, port: 1 }]').replaceAll('name: pier,', 'name: quay,'),
        monitor('{ port: web }'),
      ),
    ).toEqual(['whole web → Service/pier:80']));

  test('nor is one whose Pods lack it, where those of another have it', () =>
    expect(
      lines(
        pier(),
        pier(undefined, '[{ containerPort: 1 }]').replaceAll('pier', 'quay'),
        monitor('{ targetPort: 8080 }'),
      ),
    ).toEqual(['whole 8080 → Deployment/pier:8080']));

  test.each([
    ['every Service of the namespace', '{}', ''],
    ['every namespace', '{ matchLabels: { shore: west } }', ', namespaceSelector: { any: true }'],
  ])('%s: others may have the port', (_, selector, rest) =>
    expect(lines(pier(), monitor('{ port: metrics }', rest, selector))).toEqual([
      'unproved metrics → Service/pier',
    ]),
  );

  test('names of Endpoints are what counts', () => {
    const service =
      '\napiVersion: v1\nkind: Service\nmetadata: { name: db, namespace: harbour, labels: { shore: west } }\nspec: { ports: [{ port: 1 }] }\n';
    const endpoints =
      '\napiVersion: v1\nkind: Endpoints\nmetadata: { name: db, namespace: harbour }\nsubsets: [{ addresses: [{ ip: 10.0.0.1 }], ports: [{ name: metrics, port: 9187 }] }]\n';
    expect(lines(service, endpoints, monitor('{ port: metrics }'))).toEqual(['whole metrics → nothing']);
    expect(lines(service, monitor('{ port: metrics }'))).toEqual(['unproved metrics → Service/db']);
  });
});

test('S-047 an ExternalName has nothing to scrape', () => {
  const external =
    '\napiVersion: v1\nkind: Service\nmetadata: { name: far, namespace: harbour, labels: { shore: west } }\nspec: { type: ExternalName, externalName: far.example, ports: [{ name: metrics, port: 1 }] }\n';
  expect(lines(external, monitor('{ port: metrics }'))).toEqual(['unproved metrics → nothing']);
});

test('S-183 a pattern that could take for ever is not tried', () => {
  expect(portPattern('a*a*a*b')?.('aaab')).toBe(true);
  expect(portPattern('a*a*a*a*b')).toBeUndefined();
  expect(portPattern('*a')).toBeUndefined();
});

describe('PodMonitor', () => {
  test.each([
    ['S-185 the name of a container port', '{ port: http }', ['whole http → Deployment/pier:8080']],
    ['S-185 the name of a Service port', '{ port: web }', ['broken web → nothing']],
    [
      'S-185 port goes before portNumber',
      '{ port: http, portNumber: 1 }',
      ['whole http → Deployment/pier:8080'],
    ],
    [
      'S-185 portNumber goes before targetPort',
      '{ portNumber: 8080, targetPort: 1 }',
      ['whole 8080 → Deployment/pier:8080'],
    ],
    ['S-185 a number that is not declared', '{ portNumber: 9090 }', ['broken 9090 → nothing']],
    ['S-185 targetPort', '{ targetPort: http }', ['whole http → Deployment/pier:8080']],
    ['S-185 a number in quotes is a name', '{ targetPort: "8080" }', ['broken 8080 → nothing']],
  ])('%s: %s', (_, endpoint, expected) => expect(lines(pier(), podMonitor(endpoint))).toEqual(expected));

  test('no Pods of the input', () =>
    expect(lines(pier(), podMonitor('{ port: http }', '{ matchLabels: { app: quay } }'))).toEqual([
      'unproved http → nothing',
    ]));
});

describe('Probe', () => {
  const probe = (url: string): string =>
    `\napiVersion: monitoring.coreos.com/v1\nkind: Probe\nmetadata: { name: pier, namespace: harbour }\nspec: { prober: { url: "${url}" } }\n`;
  test.each([
    ['a Service of the input', 'pier.harbour.svc:81', ['whole 81 → Service/pier:81']],
    ['port 80 where none is said', 'pier.harbour.svc.cluster.local', ['whole 80 → Service/pier:80']],
    ['a port that it lacks', 'pier.harbour:9115', ['broken 9115 → Service/pier']],
    ['another Service', 'quay.harbour.svc:9115', ['unproved 9115 → nothing']],
    ['a name that is one of the namespace of Prometheus', 'pier:9115', []],
  ])('%s: %s', (_, url, expected) => expect(lines(pier(), probe(url))).toEqual(expected));
});

test('S-043 the name of a headless Service leads past its ports', () =>
  expect(
    lines(
      pier().replace('spec: { selector', 'spec: { clusterIP: None, selector'),
      '\napiVersion: monitoring.coreos.com/v1\nkind: Probe\nmetadata: { name: pier }\nspec: { prober: { url: "pier.harbour.svc:9115" } }\n',
    ),
  ).toEqual(['unproved 9115 → Service/pier']));

describe('annotations of Pods', () => {
  const scraped = (port: string, image?: string): string =>
    pier(
      undefined,
      undefined,
      undefined,
      `{ prometheus.io/scrape: "true", prometheus.io/port: "${port}" }`,
      image,
    );
  test.each([
    ['a declared port', '8080', ['whole 8080 → Deployment/pier:8080']],
    ['one that is not', '9090', ['unproved 9090 → nothing']],
    ['one of a proxy that is put in later', '15020', ['unproved 15020 → nothing']],
    ['a value to be filled in', '${PORT}', ['unproved pier → nothing']],
    ['a name where a number belongs', 'metrics', ['unproved pier → nothing']],
  ])('%s: %s', (_, port, expected) => expect(lines(scraped(port))).toEqual(expected));

  test('a port that the process is known not to listen on', () =>
    expect(lines(scraped('9090', 'nginx:1.27'))).toEqual(['broken 9090 → nothing']));

  test('nothing is asked for', () => expect(lines(scraped('9090').replace('"true"', '"false"'))).toEqual([]));
});

describe('annotations of Services', () => {
  const scraped = (port: string): string =>
    pier().replace(
      'labels: { shore: west }',
      `annotations: { prometheus.io/scrape: "true", prometheus.io/port: "${port}" }`,
    );
  test.each([
    ["the Pods' port", '8080', ['whole 8080 → Deployment/pier:8080']],
    ["the Service's port", '80', ['unproved 80 → nothing']],
  ])('%s: %s', (_, port, expected) => expect(lines(scraped(port))).toEqual(expected));
});
