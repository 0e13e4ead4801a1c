import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readConfig } from './read.ts';
import { configJsonSchema } from './schema.ts';

const source = (text: string) =>
  ({ path: 'portolan.config.yaml', text, kind: 'file', editable: true }) as const;

const mistakes = (text: string): string[] =>
  readConfig(source(text)).errors.map(({ line, column, message }) => `${line}:${column} ${message}`);

test('an empty file is a configuration with all defaults', () => {
  for (const text of ['', '# nothing yet\n', '{}']) {
    expect(readConfig(source(text)).config).toEqual({
      images: [],
      services: [],
      controllers: {},
      kinds: [],
      nodePorts: '30000-32767',
      rules: {},
      exclude: [],
    });
  }
});

test.each([
  ['imagse: []', ['1:1 the file has no key `imagse`; the nearest is `images`']],
  [
    'images:\n  - match: shop\n    ports: [{ prot: 80 }]',
    [
      '3:13 images[0].ports[0].port is missing',
      '3:15 images[0].ports[0] has no key `prot`; the nearest is `port`',
    ],
  ],
  [
    'images:\n  - match: shop\n    ports: ["80"]',
    ['3:13 images[0].ports[0] must be a number or a map, and is "80"'],
  ],
  [
    'images:\n  - match: shop\n    ports: [70000]',
    ['3:13 images[0].ports[0] must be at most 65535, and is 70000'],
  ],
  [
    'controllers:\n  public: nginx',
    [
      '2:11 controllers.public must be one of ingress-nginx, f5-nginx, traefik, haproxy, haproxy-ingress, aws-alb, gke, contour, istio, openshift, other, and is "nginx"',
    ],
  ],
  [
    'rules:\n  host-port: of',
    ['2:14 rules.host-port must be one of error, warning, info, off, false, and is "of"'],
  ],
  [
    'rules:\n  host-port:\n    - path: [a]\n      severity: off',
    [
      '3:7 rules.host-port[0].paths is missing',
      '3:7 rules.host-port[0] has no key `path`; the nearest is `paths`',
    ],
  ],
  ['failOn: fatal', ['1:9 failOn must be one of error, warning, info, never, and is "fatal"']],
  ['nodePorts: 30000', ['1:12 nodePorts must be text, and is 30000']],
  ['nodePorts: a-b', ['1:12 nodePorts must be two port numbers such as 30000-32767, and is "a-b"']],
  [
    'nodePorts: 32767-30000',
    ['1:12 nodePorts must be two port numbers from 1 to 65535, the lower one first, and is "32767-30000"'],
  ],
  [
    'nodePorts: 1-70000',
    ['1:12 nodePorts must be two port numbers from 1 to 65535, the lower one first, and is "1-70000"'],
  ],
  [
    'images:\n  - match: acme.dev:5000/shop:1.4\n    ports: [80]',
    ['2:12 images[0].match must be an image name without tag and digest, and is "acme.dev:5000/shop:1.4"'],
  ],
  [
    'images:\n  - match: [shop, till@sha256:0]\n    ports: [80]',
    ['2:19 images[0].match[1] must be an image name without tag and digest, and is "till@sha256:0"'],
  ],
  [
    'kinds: [{ kind: Tunnel, group: acme.dev/v1, service: spec.service }]',
    ['1:32 kinds[0].group must be an API group without the version, such as acme.dev, and is "acme.dev/v1"'],
  ],
  [
    'images:\n  - match: shop\n    ports: [{ port: 80, flags: [port, "--port="] }]',
    [
      '3:33 images[0].ports[0].flags[0] must be a flag such as --port, and is "port"',
      '3:39 images[0].ports[0].flags[1] must be a flag such as --port, and is "--port="',
    ],
  ],
  ['- images', ['1:1 the file must be a map, and is a list']],
  ['services:\n  - namespace: shop', ['2:5 services[0].name is missing']],
  ['a: 1\n---\nb: 2', ['3:1 a configuration file holds one document']],
  ['images: {{ .Values.images }}', ['1:9 a configuration file is no template']],
])('%j is refused with its place', (text, expected) => {
  expect(mistakes(text)).toEqual(expected);
});

test('broken YAML is told with its line', () => {
  expect(mistakes('images:\n\t- a')[0]).toMatch(/^2:/);
});

test('any text is answered', () => {
  const keys = fc.constantFrom(
    'images',
    'services',
    'controllers',
    'kinds',
    'nodePorts',
    'match',
    'ports',
    'at',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(fc.string(), fc.integer(), fc.constant(null), tie('list'), tie('map')),
    list: fc.array(tie('any'), { maxLength: 3 }),
    map: fc.dictionary(keys, tie('any'), { maxKeys: 4 }),
  })).map;
  fc.assert(fc.property(fc.string(), (text) => void readConfig(source(text))));
  fc.assert(fc.property(value, (tree) => void readConfig(source(JSON.stringify(tree)))));
});

test('the JSON Schema names every key', () => {
  expect(Object.keys(configJsonSchema().properties ?? {})).toEqual([
    '$schema',
    'images',
    'services',
    'controllers',
    'kinds',
    'nodePorts',
    'rules',
    'failOn',
    'exclude',
  ]);
});
