import { describe, expect, test } from 'vitest';
import { graphOf, linesOf } from '../../testing/graph-of.ts';

const pier = (ports = '[{ name: http, containerPort: 8080 }]', namespace = 'harbour'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers: [{ name: pier, image: ghcr.io/example/pier, ports: ${ports} }]
---
apiVersion: v1
kind: Service
metadata: { name: pier, namespace: ${namespace} }
spec: { selector: { app: pier }, ports: [{ port: 80, targetPort: 8080 }] }
`;
const boat = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: boat, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: boat } }
    spec: { containers: [{ name: boat, image: ghcr.io/example/boat }] }
`;
const policy = (spec: string, name = 'pier', kind = 'networking.k8s.io/v1\nkind: NetworkPolicy'): string => `
apiVersion: ${kind}
metadata: { name: ${name}, namespace: harbour }
spec: ${spec}
`;
const into = (ports: string): string =>
  `{ podSelector: { matchLabels: { app: pier } }, ingress: [{ ports: ${ports} }] }`;
const out = (to: string, ports: string): string =>
  `{ podSelector: { matchLabels: { app: boat } }, policyTypes: [Egress], egress: [{ to: ${to}, ports: ${ports} }] }`;
const lines = (...documents: string[]): string[] => linesOf(documents.join('---'), 'policy');

describe('ingress', () => {
  test.each([
    ['S-177 the number of the Pod', '[{ port: 8080 }]', 'whole 8080 → Deployment/pier:8080'],
    ['S-177 the number of the Service', '[{ port: 80 }]', 'broken 80 → Deployment/pier:8080'],
    ['S-177 a number that nobody knows', '[{ port: 9090 }]', 'unproved 9090 → nothing'],
    ['S-178 another protocol', '[{ port: 8080, protocol: UDP }]', 'unproved 8080 → nothing'],
    ['S-179 a name', '[{ port: http }]', 'whole http → Deployment/pier:8080'],
    ['S-179 a name that the Pod lacks', '[{ port: web }]', 'broken web → nothing'],
    ['S-179 a name of another protocol', '[{ port: http, protocol: UDP }]', 'broken http → nothing'],
    ['S-180 a range', '[{ port: 8000, endPort: 9000 }]', 'whole 8000 → Deployment/pier:8080'],
    ['a value to be filled in', '[{ port: "${PORT}" }]', 'unproved ${PORT} → nothing'],
  ])('%s', (_, ports, expected) => expect(lines(pier(), policy(into(ports)))).toEqual([expected]));

  test('S-178 without a port there is nothing to follow', () =>
    expect(lines(pier(), policy(into('[{ protocol: UDP }]')))).toEqual([]));

  test('S-177 a Service port is no mistake where the Pod port is admitted too', () =>
    expect(lines(pier(), policy(into('[{ port: 80 }, { port: 8080 }]')))).toEqual([
      'unproved 80 → nothing',
      'whole 8080 → Deployment/pier:8080',
    ]));

  test('S-178 one policy admits what another does not', () =>
    expect(
      lines(pier(), policy(into('[{ port: 80 }]')), policy('{ podSelector: {}, ingress: [{}] }', 'quay')),
    ).toEqual(['unproved 80 → nothing']));

  test('a policy for every Pod is for those that have the port', () =>
    expect(
      lines(
        pier(),
        boat,
        policy('{ podSelector: {}, ingress: [{ ports: [{ port: http }, { port: metrics }] }] }'),
      ),
    ).toEqual(['whole http → Deployment/pier:8080']));

  test('a policy reaches Pods of its own namespace', () =>
    expect(lines(pier(undefined, 'shipyard'), policy(into('[{ port: 80 }]')))).toEqual([]));

  test('a number that only a Service knows is a port of the Pod', () =>
    expect(lines(pier('[]'), policy(into('[{ port: 8080 }]')))).toEqual([
      'whole 8080 → Deployment/pier:8080',
    ]));

  test('Pods on the network of the node are out of reach', () =>
    expect(
      lines(
        pier().replace('spec:\n      containers', 'spec:\n      hostNetwork: true\n      containers'),
        policy(into('[{ port: 80 }]')),
      ),
    ).toEqual([]));
});

describe('egress', () => {
  const shore = '[{ podSelector: { matchLabels: { app: pier } } }]';
  test.each([
    ['S-177 the number of the Pod', shore, '[{ port: 8080 }]', ['whole 8080 → Deployment/pier:8080']],
    ['S-177 the number of the Service', shore, '[{ port: 80 }]', ['broken 80 → Deployment/pier:8080']],
    [
      'S-179 a name is one of the Pods that are sent to',
      shore,
      '[{ port: http }]',
      ['whole http → Deployment/pier:8080'],
    ],
    ['addresses are no Pods', '[{ ipBlock: { cidr: 10.0.0.0/8 } }]', '[{ port: 80 }]', []],
    ['every Pod of a namespace', '[{ podSelector: {} }]', '[{ port: 80 }]', []],
    [
      'the name of a namespace is a label of it',
      '[{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: harbour } }, podSelector: { matchExpressions: [{ key: app, operator: In, values: [pier, quay] }] } }]',
      '[{ port: 8080 }]',
      ['whole 8080 → Deployment/pier:8080'],
    ],
    [
      'a namespace that the input does not show may have any label',
      '[{ namespaceSelector: { matchLabels: { shore: west } }, podSelector: { matchLabels: { app: pier } } }]',
      '[{ port: 80 }]',
      [],
    ],
  ])('%s', (_, to, ports, expected) =>
    expect(lines(pier(), boat, policy(out(to, ports), 'boat'))).toEqual(expected),
  );

  test('the labels of a Namespace are read', () => {
    const to =
      '[{ namespaceSelector: { matchLabels: { shore: west } }, podSelector: { matchLabels: { app: pier } } }]';
    const namespace =
      '\napiVersion: v1\nkind: Namespace\nmetadata: { name: harbour, labels: { shore: west } }\n';
    expect(lines(namespace, pier(), boat, policy(out(to, '[{ port: 80 }]'), 'boat'))).toEqual([
      'broken 80 → Deployment/pier:8080',
    ]);
  });

  test('a Service port proves nothing where the senders are not in the input', () =>
    expect(lines(pier(), policy(out(shore, '[{ port: 80 }]'), 'boat'))).toEqual(['unproved 80 → nothing']));
});

describe('Cilium', () => {
  const cilium = 'cilium.io/v2\nkind: CiliumNetworkPolicy';
  const of = (rule: string): string =>
    `{ endpointSelector: { matchLabels: { "k8s:app": pier } }, ingress: [${rule}] }`;
  test.each([
    [
      'numbers are text, and any protocol is meant',
      '{ toPorts: [{ ports: [{ port: "8080" }] }] }',
      ['whole 8080 → Deployment/pier:8080'],
    ],
    [
      'S-177 the number of the Service',
      '{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }',
      ['broken 80 → Deployment/pier:8080'],
    ],
    ['every port', '{ toPorts: [{ ports: [{ port: "0" }] }] }', []],
    [
      'a name for any protocol',
      '{ toPorts: [{ ports: [{ port: quic }] }] }',
      ['whole quic → Deployment/pier:8443'],
    ],
  ])('%s', (_, rule, expected) =>
    expect(
      lines(
        pier('[{ containerPort: 8080 }, { name: quic, containerPort: 8443, protocol: UDP }]'),
        policy(of(rule), 'pier', cilium),
      ),
    ).toEqual(expected),
  );

  test('the namespace of an endpoint is a label', () => {
    const spec = (namespace: string): string =>
      `{ endpointSelector: { matchLabels: { app: boat } }, egress: [{ toEndpoints: [{ matchLabels: { app: pier, "k8s:io.kubernetes.pod.namespace": ${namespace} } }], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }] }`;
    expect(lines(pier(), boat, policy(spec('harbour'), 'boat', cilium))).toEqual([
      'whole 8080 → Deployment/pier:8080',
    ]);
    expect(lines(pier(), boat, policy(spec('shipyard'), 'boat', cilium))).toEqual([]);
  });

  test('one for the whole cluster reaches every namespace', () => {
    const wide = 'cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy';
    const rule = '{ toPorts: [{ ports: [{ port: "80" }] }] }';
    expect(lines(pier(undefined, 'shipyard'), policy(of(rule), 'pier', wide))).toEqual([
      'broken 80 → Deployment/pier:8080',
    ]);
  });
});

test('a broken link says the Service whose port it is', () => {
  const [link] = graphOf(`${pier()}---${policy(into('[{ port: 80 }]'))}`).policies;
  expect([link?.fault, link?.servicePort?.service.name, link?.servicePort?.port.port?.value]).toEqual([
    'service-port',
    'pier',
    80,
  ]);
});
