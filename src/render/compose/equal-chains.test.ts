import { expect, test } from 'vitest';
import { check } from '../../engine/check.ts';
import { toReport } from '../../engine/to-report.ts';
import { allRules } from '../../rules/index.ts';
import { TestRepository } from '../../testing/repository.ts';

/** Whatever a compose file may say of ports, the manifests that are equal to it are whole to a fresh look. */
test.each([
  ['a range', '    ports: ["8080-8082:80-82"]\n    image: acme/range'],
  ['a range of the machine for one port', '    ports: ["9000-9010:80"]\n    image: nginx'],
  ['a wide range', '    ports: ["10000-20000:10000-20000/udp", "80:80"]\n    image: nginx'],
  ['an address', '    ports: ["127.0.0.1:8080:80", "[::1]:8081:80"]\n    image: nginx'],
  ['both protocols of one number', '    ports: ["53:53", "53:53/udp"]\n    image: acme/dns'],
  [
    'the long syntax',
    '    ports: [{ target: 80, published: "8080", protocol: tcp, mode: host }]\n    image: nginx',
  ],
  ['expose', '    expose: ["80", 80, "3000-3001"]\n    image: acme/exposed'],
  ['a default', '    ports: ["${WEB_PORT:-8080}:${INSIDE-80}"]\n    image: "nginx:${TAG:-1.27}"'],
  ['a variable that nobody gives', '    ports: ["${NOBODY}:80"]\n    image: nginx'],
  [
    'a file of variables',
    '    env_file: [{ path: web.env, required: false }]\n    environment: { A: b }\n    ports: [80]\n    image: nginx',
  ],
  ['a profile', '    profiles: [debug]\n    ports: ["8080:80"]\n    image: nginx'],
  ['extends', '    extends: { file: base.yaml, service: common }\n    ports: ["8080:80"]'],
  ['extends of the same file', '    extends: other\n    ports: ["8080:80"]'],
  ['numbers that meet crosswise', '    ports: ["80:8080", "8080:80"]\n    image: acme/cross'],
  ['a name that is none in Kubernetes', '    ports: ["8080:80"]\n    image: nginx\n    container_name: A_B'],
])('%s', async (_, service) => {
  const repository = new TestRepository({
    'compose.yaml': `services:\n  My_Web.1:\n${service}\n  other:\n    image: nginx\n`,
    'base.yaml': 'services: { common: { image: nginx } }\n',
    'web.env': 'NGINX_PORT=80\n',
  });
  try {
    const { errors, sources } = await repository.check(['compose.yaml'], {}, '/nonexistent');
    expect(errors).toEqual([]);
    const text = repository.textOf(sources[0]!.path);
    const {
      findings,
      chains,
      errors: unread,
    } = toReport(check([{ path: 'made.yaml', text, kind: 'file', editable: true }], { rules: allRules }), {
      version: '',
    });
    expect([findings.filter(({ severity }) => severity === 'error'), unread]).toEqual([[], []]);
    expect(chains.length).toBeGreaterThan(0);
    // What an image nobody knows listens on is for others to prove.
    const isKnown = service.includes('nginx') || service.includes('extends');
    expect(new Set(chains.map(({ state }) => state))).toEqual(new Set([isKnown ? 'whole' : 'unproved']));
  } finally {
    repository.remove();
  }
});
