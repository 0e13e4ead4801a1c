import { describe, expect, test } from 'vitest';
import { graphOf } from '../../testing/graph-of.ts';
import { admissionOf, type Verdict } from './admission.ts';

const PIER = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: pier, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: pier } }
    spec:
      containers: [{ name: pier, image: ghcr.io/example/pier, ports: [{ name: http, containerPort: 8080 }] }]
`;
const policy = (spec: string, kind = 'networking.k8s.io/v1\nkind: NetworkPolicy'): string =>
  `---\napiVersion: ${kind}\nmetadata: { name: pier, namespace: harbour }\nspec: ${spec}\n`;
const of = (spec: string): string => policy(`{ podSelector: { matchLabels: { app: pier } }, ${spec} }`);
const cilium = (spec: string): string =>
  policy(
    `{ endpointSelector: { matchLabels: { app: pier } }, ${spec} }`,
    'cilium.io/v2\nkind: CiliumNetworkPolicy',
  );

function verdictOf(...policies: readonly string[]): Verdict {
  const { model } = graphOf([PIER, ...policies].join(''));
  return admissionOf(model).toPort(model.workloads[0]!, 8080, 'TCP');
}

describe('whether traffic may come in', () => {
  test.each<[string, Verdict, ...string[]]>([
    ['without policies', 'open'],
    ['S-181 a policy is for ingress by itself', 'blocked', of('egress: []')],
    ['S-181 ingress stays open where the types leave it out', 'open', of('policyTypes: [Egress]')],
    ['S-181 without types, rules for egress do not take ingress out', 'blocked', of('egress: [{}]')],
    ['an empty rule admits everything', 'admitted', of('ingress: [{}]')],
    ['S-178 an empty list of ports is every port', 'admitted', of('ingress: [{ ports: [] }]')],
    [
      'S-178 a protocol without port is every port of it',
      'admitted',
      of('ingress: [{ ports: [{ protocol: TCP }] }]'),
    ],
    ['S-178 but of no other', 'blocked', of('ingress: [{ ports: [{ protocol: UDP }] }]')],
    [
      'the port from somewhere',
      'admitted',
      of('ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }]'),
    ],
    ['S-179 its name', 'admitted', of('ingress: [{ ports: [{ port: http }] }]')],
    ['another port', 'blocked', of('ingress: [{ ports: [{ port: 9090 }] }]')],
    ['S-180 a range with it', 'admitted', of('ingress: [{ ports: [{ port: 8000, endPort: 8080 }] }]')],
    ['S-180 a range before it', 'blocked', of('ingress: [{ ports: [{ port: 8000, endPort: 8079 }] }]')],
    ['S-178 one policy of two', 'admitted', of('ingress: []'), policy('{ podSelector: {}, ingress: [{}] }')],
    ['other Pods', 'open', policy('{ podSelector: { matchLabels: { app: boat } } }')],
    ['a port to be filled in', 'unknown', of('ingress: [{ ports: [{ port: "${PORT}" }] }]')],
    [
      'a policy that may be for it',
      'unknown',
      of('ingress: []'),
      policy('{ podSelector: { matchLabels: { role: berth } }, ingress: [{}] }'),
    ],
    [
      'a policy of another kind',
      'unknown',
      of('ingress: []'),
      policy('{}', 'projectcalico.org/v3\nkind: GlobalNetworkPolicy'),
    ],
    ['Cilium: an empty rule admits nobody', 'blocked', cilium('ingress: [{}]')],
    ['Cilium: peers alone admit every port', 'admitted', cilium('ingress: [{ fromEntities: [cluster] }]')],
    [
      'Cilium: port 0 is every port',
      'admitted',
      cilium('ingress: [{ toPorts: [{ ports: [{ port: "0" }] }] }]'),
    ],
    [
      'Cilium: without a protocol any is meant',
      'admitted',
      cilium('ingress: [{ toPorts: [{ ports: [{ port: "8080" }] }] }]'),
    ],
    [
      'Cilium: another protocol',
      'blocked',
      cilium('ingress: [{ toPorts: [{ ports: [{ port: "8080", protocol: UDP }] }] }]'),
    ],
    ['Cilium: no section for ingress', 'open', cilium('egress: [{}]')],
    ['Cilium: nothing is held back', 'open', cilium('enableDefaultDeny: { ingress: false }, ingress: [{}]')],
  ])('%s: %s', (_, expected, ...policies) => expect(verdictOf(...policies)).toBe(expected));
});

describe('whether traffic may go out', () => {
  const to = (spec: string): Verdict => {
    const { model } = graphOf(`${PIER}${of(spec)}`);
    const [pier] = model.workloads;
    return admissionOf(model).outTo(pier!, pier!, 8080, 'TCP');
  };
  test.each<[string, Verdict, string]>([
    ['S-181 rules make it one for egress', 'blocked', 'egress: [{ ports: [{ port: 80 }] }]'],
    ['S-181 none do not', 'open', 'ingress: []'],
    [
      'S-178 a rule needs the port',
      'blocked',
      'egress: [{ to: [{ podSelector: {} }], ports: [{ port: 80 }] }]',
    ],
    [
      'S-178 and the peer',
      'blocked',
      'egress: [{ to: [{ podSelector: { matchLabels: { app: boat } } }], ports: [{ port: 8080 }] }]',
    ],
    ['S-178 and has both', 'admitted', 'egress: [{ to: [{ podSelector: {} }], ports: [{ port: 8080 }] }]'],
    [
      'labels of a Namespace that the input does not show',
      'unknown',
      'egress: [{ to: [{ namespaceSelector: { matchLabels: { shore: west } } }] }]',
    ],
    ['addresses may be those of Pods', 'unknown', 'egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }]'],
  ])('%s: %s', (_, expected, spec) => expect(to(spec)).toBe(expected));
});

test('S-179 a name admits its number for its own protocol only', () => {
  const both = PIER.replace(
    '[{ name: http, containerPort: 8080 }]',
    '[{ name: quic, containerPort: 8080, protocol: UDP }, { containerPort: 8080 }]',
  );
  const { model } = graphOf(
    `${both}${of('ingress: [{ ports: [{ port: quic, protocol: UDP }, { port: quic }] }]')}`,
  );
  const { toPort } = admissionOf(model);
  expect([toPort(model.workloads[0]!, 8080, 'UDP'), toPort(model.workloads[0]!, 8080, 'TCP')]).toEqual([
    'admitted',
    'blocked',
  ]);
});
