import { expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { DEFAULT_SETTINGS } from '../graph/links/settings.ts';
import { imageConfig } from '../process/testing-containers.ts';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './unprivileged-low-port.ts';

const pod = (container: string, spec = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: dinghy, namespace: harbour }
spec:
  ${spec.replaceAll('\n', '\n  ')}
  containers:
    - name: sail
      ${container.replaceAll('\n', '\n      ')}
`;
const NGINX = 'image: nginx:1.27';
const INGRESS_NGINX =
  'image: registry.k8s.io/ingress-nginx/controller:v1.13.0\nargs: [/nginx-ingress-controller]';
const user = (mark = ''): string => `securityContext:\n  runAsUser: 101${mark}`;
const WARNING = ' # warning: unprivileged-low-port';
const ERROR = ' # error: unprivileged-low-port';

testRule(rule, {
  accepts: {
    'A10 nothing says who it is': pod(NGINX),
    'A10 an image that is not root, on its own high port': pod('image: grafana/grafana:12.0.0'),
    'A10 an image that is not root, and is told to be': pod(
      'image: grafana/grafana:12.0.0\nsecurityContext: { runAsUser: 0 }\nenv: [{ name: GF_SERVER_HTTP_PORT, value: "80" }]',
    ),
    'A10 root': pod(`${NGINX}\nsecurityContext: { runAsUser: 0 }`),
    "A10 root, against the Pod's user": pod(
      `${NGINX}\nsecurityContext: { runAsUser: 0 }`,
      'securityContext: { runAsUser: 101 }',
    ),
    'A10 it may be root, against the Pod': pod(
      `${NGINX}\nsecurityContext: { runAsNonRoot: false }`,
      'securityContext: { runAsNonRoot: true }',
    ),
    'A10 a high port': pod(`image: nginxinc/nginx-unprivileged:1.27\n${user()}`),
    'A10 the Pod lets every port be bound': pod(
      `${NGINX}\n${user()}`,
      'securityContext: { sysctls: [{ name: net.ipv4.ip_unprivileged_port_start, value: "0" }] }',
    ),
    'A10 nobody knows where it listens': pod(
      `image: ghcr.io/example/sail\n${user()}\nports: [{ containerPort: 80 }]`,
    ),
    'A10 Windows knows no low ports': pod(
      `${NGINX}\n${user()}`,
      'nodeSelector: { kubernetes.io/os: windows }',
    ),
    'A10 its program has the right of its own': pod(`${INGRESS_NGINX}\n${user()}`),
    'A10 and keeps it where the right is added to none': pod(
      `${INGRESS_NGINX}\nsecurityContext: { runAsUser: 101, capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] } }`,
    ),
    'A11 pgAdmin is told its port': pod(
      `image: dpage/pgadmin4:9.10\n${user()}\nenv: [{ name: PGADMIN_LISTEN_PORT, value: "8080" }]`,
    ),
  },
  rejects: {
    'A10 an image that is known not to be root': pod(
      `image: grafana/grafana:12.0.0${WARNING}\nenv: [{ name: GF_SERVER_HTTP_PORT, value: "80" }]`,
    ),
    'A10 a user of its own': pod(`${NGINX}\n${user(WARNING)}`),
    'A10 the user of the Pod': pod(NGINX, `securityContext: { runAsUser: 101 }${WARNING}`),
    'A10 its program has the right of its own, and it was dropped': pod(
      `${INGRESS_NGINX}\nsecurityContext: { capabilities: { drop: [ALL] }, runAsUser: 101 }${WARNING}`,
    ),
    'A10 not root, whoever it is': pod(`${NGINX}\nsecurityContext: { runAsNonRoot: true }${WARNING}`),
    'A10 a sysctl that still ends above the port': pod(
      `${NGINX}\n${user(WARNING)}`,
      'securityContext: { sysctls: [{ name: net.ipv4.ip_unprivileged_port_start, value: "443" }] }',
    ),
    'A10 the network of the node, where a program may bring its own right': pod(
      `${NGINX}\n${user(WARNING)}`,
      'hostNetwork: true',
    ),
    'A10 the network of the node, and privileges cannot grow': pod(
      `${NGINX}\n${user(ERROR)}\n  allowPrivilegeEscalation: false`,
      'hostNetwork: true',
    ),
    'A10 the network of the node, and the right is dropped': pod(
      `${NGINX}\n${user(ERROR)}\n  capabilities: { drop: [ALL] }`,
      'hostNetwork: true',
    ),
    'A10 the network of the node, and the right is given back': pod(
      `${NGINX}\n${user(WARNING)}\n  capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }`,
      'hostNetwork: true',
    ),
    'A11 pgAdmin on its default of before': pod(`image: dpage/pgadmin4:9.10\n${user(WARNING)}`),
  },
});

test('A10 the capability that does not help is explained', () => {
  const [finding] = findingsOf(
    rule,
    sourcesOf(pod(`${NGINX}\n${user()}\n  capabilities: { add: [NET_BIND_SERVICE] }`)),
  );
  expect(finding!.notes).toContainEqual(expect.stringMatching(/^NET_BIND_SERVICE .* does not reach/));
  expect(finding!.notes).toContainEqual(expect.stringMatching(/^source: /));
});

test.each([
  ['node', 1],
  ['1000:1000', 1],
  ['root', 0],
  ['0:0', 0],
  [undefined, 0],
])('A10 USER %s of the image', (named, count) => {
  const config = imageConfig({ user: named });
  const settings = { ...DEFAULT_SETTINGS, imageConfig: () => config };
  const { sets } = check(sourcesOf(pod(NGINX)), { rules: [rule], settings });
  expect(sets.flatMap(({ findings }) => findings)).toHaveLength(count);
});
