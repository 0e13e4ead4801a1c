import { expect, test } from 'vitest';
import { findingsOf, sourcesOf, testRule } from '../testing/test-rule.ts';
import rule from './container-port-conflict.ts';

const pod = (containers: string, spec = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ferry, namespace: harbour }
spec:
  ${spec}
  containers:
    ${containers.replaceAll('\n', '\n    ')}
`;
const NGINX = '- { name: deck, image: nginx:1.27 }';
const ERROR = '# error: container-port-conflict';
const WARNING = '# warning: container-port-conflict';
const uvicorn = (host: string, mark = ''): string =>
  `- { name: bridge, image: corp/bridge, ports: [{ containerPort: 80 }], command: [uvicorn, "a:b", --port=80, "--host=${host}"] } ${mark}`;

testRule(rule, {
  accepts: {
    'A13 other ports': pod(`${NGINX}\n- { name: cabin, image: "memcached:1.6" }`),
    'A13 one of them moved': pod(
      `- { name: a, image: "ghcr.io/advplyr/audiobookshelf:2.29.0" }\n- { name: b, image: "ghcr.io/advplyr/audiobookshelf:2.29.0", env: [{ name: PORT, value: "81" }] }`,
    ),
    'A13 a declaration that overlaps what is known opens nothing': pod(
      `${NGINX}\n- { name: b, image: "memcached:1.6", ports: [{ containerPort: 80 }] }`,
    ),
    'A13 one number, two protocols': pod(
      '- { name: a, image: corp/a, ports: [{ containerPort: 53 }] }\n- { name: b, image: corp/b, ports: [{ containerPort: 53, protocol: UDP }] }',
    ),
    'A13 an init container is gone by then': pod(
      NGINX,
      'initContainers: [{ name: early, image: nginx:1.27 }]',
    ),
    'A13 a mounted configuration may move it': pod(
      `${NGINX}\n- { name: cabin, image: "nginx:1.27", volumeMounts: [{ name: conf, mountPath: /etc/nginx }] }`,
    ),
    'A13 one of them is of IPv6 alone': pod(
      `${uvicorn('0.0.0.0')}\n${uvicorn('::').replace('bridge', 'keel')}`,
    ),
    'the port of what it dials': pod(
      `- { name: a, image: corp/a, ports: [{ containerPort: 80 }] }\n- { name: b, image: corp/b, env: [{ name: APP_PORT, value: "80" }, { name: APP_HOST, value: localhost }] }`,
    ),
  },
  rejects: {
    'A13 both declare it': pod(
      `- { name: a, image: corp/a, ports: [{ containerPort: 80 }] }\n- { name: b, image: corp/b, ports: [{ containerPort: 80 }] } ${WARNING}`,
    ),
    'A13 both are given it': pod(
      `- { name: a, image: corp/a, env: [{ name: PORT, value: "80" }] }\n- { name: b, image: corp/b, env: [{ name: SERVER_PORT, value: "80" }] } ${WARNING}`,
    ),
    'A13 one declares it and the other is given it': pod(
      `- { name: a, image: corp/a, ports: [{ containerPort: 80 }] }\n- { name: b, image: corp/b, env: [{ name: PORT, value: "80" }] } ${WARNING}`,
    ),
    'A13 the same image twice': pod(`${NGINX}\n- { name: cabin, image: "nginx:1.27" } ${ERROR}`),
    'A13 containerPort moves none of them': pod(
      `${NGINX}\n- { name: cabin, image: "nginx:1.27", ports: [{ containerPort: 8080 }] } ${ERROR}`,
    ),
    'S-029 A13 a sidecar stays': pod(
      NGINX,
      `initContainers: [{ name: early, image: "httpd:2.4", restartPolicy: Always }] ${ERROR}`,
    ),
    'A13 loopback is one of all addresses': pod(`${NGINX}\n${uvicorn('127.0.0.1', ERROR)}`),
    'A13 something of one of them is not known': pod(
      `${NGINX}\n${uvicorn('0.0.0.0', WARNING).replace('command:', 'args:')}`,
    ),
  },
});

test('says how both are known, and that a declaration moves nothing', () => {
  const manifest = pod(`${NGINX}\n- { name: cabin, image: "httpd:2.4", ports: [{ containerPort: 8080 }] }`);
  const [finding] = findingsOf(rule, sourcesOf(manifest));
  expect(finding!.message).toBe('containers `deck` and `cabin` of Pod `harbour/ferry` both listen on 80/TCP');
  expect(finding!.notes.filter((note) => note.startsWith('source: '))).toHaveLength(2);
  expect(finding!.notes.at(-1)).toMatch(/^containerPort moves no process/);
});
