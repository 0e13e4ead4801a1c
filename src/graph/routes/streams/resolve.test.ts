import { expect, test } from 'vitest';
import { graphOf, linesOf } from '../../../testing/graph-of.ts';
import { textOf } from '../../../text/source.ts';

const streams = (data: string, name = 'tcp-services'): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ingress-nginx }
data: { ${data} }
`;
const database = (ports = '{ name: sql, port: 5433, targetPort: 5432 }'): string => `
apiVersion: v1
kind: Service
metadata: { name: ledger, namespace: harbour }
spec: { selector: { app: ledger }, ports: [${ports}] }
`;
const controller = (
  flag: string,
  spec = '',
  image = 'registry.k8s.io/ingress-nginx/controller:v1.12.1',
): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: nginx, namespace: ingress-nginx }
spec:
  template:
    metadata: { labels: { app: nginx } }
    spec:
      ${spec}
      containers: [{ name: controller, image: "${image}", args: [/nginx-ingress-controller, ${flag}] }]
`;
const front = (ports: string): string => `
apiVersion: v1
kind: Service
metadata: { name: nginx, namespace: ingress-nginx }
spec: { type: LoadBalancer, selector: { app: nginx }, ports: [{ name: web, port: 80 }, ${ports}] }
`;
const tcp = '"--tcp-services-configmap=$(POD_NAMESPACE)/tcp-services"';
const udp = '"--udp-services-configmap=$(POD_NAMESPACE)/tcp-services"';
const all = (...documents: string[]): string => documents.join('---');
const backends = (...documents: string[]): string[] => linesOf(all(...documents), 'backend');
const parents = (...documents: string[]): string[] => linesOf(all(...documents), 'parent');

test('S-135 an entry leads to a Service port by number or name, and to no targetPort', () => {
  const asked = (port: string): string[] =>
    backends(streams(`"5432": "harbour/ledger:${port}"`), database(), controller(tcp));
  expect(asked('5433')).toEqual(['whole 5433 → Service/ledger:5433']);
  expect(asked('sql')).toEqual(['whole sql → Service/ledger:5433']);
  expect(asked('5433:PROXY:PROXY')).toEqual(['whole 5433 → Service/ledger:5433']);
  expect(asked('5432')).toEqual(['broken 5432 → Service/ledger']);
});

test('S-135 the protocol is that of the ConfigMap', () => {
  const dns = database('{ name: dns, port: 53, protocol: UDP }');
  const asked = streams('"53": "harbour/ledger:53"');
  expect(backends(asked, dns, controller(udp))).toEqual(['whole 53 → Service/ledger:53']);
  expect(backends(asked, dns, controller(tcp))).toEqual(['broken 53 → Service/ledger']);
});

test('S-135 keys that are no number are left out, and so is any other ConfigMap', () => {
  expect(backends(streams('web: "harbour/ledger:5433", "70000": "harbour/ledger:5433"'), database())).toEqual(
    [],
  );
  expect(backends(streams('"0x10": "harbour/ledger:5433"'), database())).toEqual([]);
  expect(backends(streams('"5432": "harbour/ledger:5433"', 'notes'), database())).toEqual([]);
  expect(backends(streams('"5432": "a note"'), database())).toEqual([]);
});

test('S-135 by its name alone a ConfigMap may be one of haproxy-ingress, which takes a targetPort', () => {
  const asked = streams('"5432": "harbour/ledger:5432"');
  expect(backends(asked, database())).toEqual(['unproved 5432 → Service/ledger']);
  expect(
    backends(asked, database(), controller(tcp, '', 'quay.io/jcmoraisjr/haproxy-ingress:v0.14')),
  ).toEqual(['unproved 5432 → Service/ledger']);
});

test('the places are inside the value', () => {
  const { backends: links } = graphOf(all(streams('"5432": "harbour/ledger:5433"'), database()));
  expect(
    links.map(({ backend }) =>
      [backend.namespace, backend.service, backend.portNumber].map((one) => textOf(one!)),
    ),
  ).toEqual([['harbour', 'ledger', '5433']]);
});

test('E11 the port must be one of the controller, too', () => {
  const asked = streams('"5432": "harbour/ledger:5433"');
  const seen = (...more: string[]): string[] => parents(asked, database(), ...more);
  expect(seen(controller(tcp), front('{ name: sql, port: 5432 }'))).toEqual([
    'whole 5432 → Service/nginx:5432',
  ]);
  expect(seen(controller(tcp), front('{ name: sql, port: 5432, protocol: UDP }'))).toEqual([
    'unproved 5432 → Deployment/nginx:5432',
  ]);
  expect(seen(controller(tcp, 'hostNetwork: true'), front('{ name: sql, port: 5433 }'))).toEqual([
    'whole 5432 → Deployment/nginx:5432',
  ]);
  expect(seen()).toEqual([]);
});

test('E11 the way in is the port that the ConfigMap opens', () => {
  const graph = graphOf(
    all(
      streams('"5432": "harbour/ledger:5433"'),
      database(),
      controller(tcp),
      front('{ name: sql, port: 5432 }'),
    ),
  );
  const ways = graph.chains.filter(({ entry }) => entry.resource.kind === 'ConfigMap');
  expect(
    ways.map(({ entry, links }) => [entry.kind, entry.port, entry.protocol, links.map(({ kind }) => kind)]),
  ).toEqual([['ingress', 5432, 'TCP', ['parent', 'backend', 'selector']]]);
});
