import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../graph/links/settings.ts';
import { findImageFact } from '../knowledge/lookup.ts';
import type { ImageConfig } from '../model/image-config.ts';
import type { ReportGround, ReportLink } from '../report/report.ts';
import { allRules } from '../rules/index.ts';
import { sourcesOf } from '../testing/test-rule.ts';
import { check } from './check.ts';
import { toReport } from './to-report.ts';

const web = (container: string): string => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 3005 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: api, ${container} }] }
`;

const linkOf = (kind: string, yaml: string, ...paths: string[]): ReportLink =>
  toReport(check(sourcesOf({ 'k8s/app.yaml': yaml }), { rules: allRules }), {
    version: '1.2.3',
    paths,
  }).links.find((link) => link.kind === kind)!;

const commandsOf = ({ missing }: ReportLink): string[] =>
  missing.map(({ kind, command }) => `${kind}: ${command}`);

const SHELF = 'image: "ghcr.io/advplyr/audiobookshelf:2.17.0"';

test('a variable, the fact that reads it and where both stand', () => {
  const { grounds, missing, reason } = linkOf('bind', web(`${SHELF}, env: [{ name: PORT, value: "3005" }]`));
  expect(grounds).toMatchObject([
    { kind: 'variable', says: 'PORT=3005 from env', location: { path: 'k8s/app.yaml', line: 10 } },
    { kind: 'image-fact', says: expect.stringContaining('reads; default 80'), location: null },
  ]);
  expect(grounds[1]!.source).toMatch(/audiobookshelf/);
  expect(reason).toBe(grounds.map(({ says }) => says).join(', '));
  expect(missing).toEqual([]);
});

test('where a cluster is the input, what runs is asked', () => {
  const of = (...paths: string[]): string[] => [
    ...new Set(
      commandsOf(linkOf('bind', web('image: corp/app'), ...paths)).map((one) => one.replace(/^\w+: /, '')),
    ),
  ];
  expect(of('--cluster', '--context', 'prod eu', '-n', 'shop')).toEqual([
    "portolan verify pod/web -n shop --context 'prod eu'",
  ]);
  expect(of('--cluster', '-A')).toEqual(['portolan verify pod/web -n shop']);
  expect(of('k8s/')).not.toContain('portolan verify pod/web -n shop');
});

test.each([
  ['a default', SHELF, ['image-fact']],
  ['a flag', 'image: traefik/whoami, args: [--port=3005]', ['flag']],
  ['a framework', 'image: example.com/a, command: [next, start, -p, "3005"]', ['flag']],
  ['an address', `${SHELF}, env: [{ name: HOST, value: 127.0.0.1 }]`, ['image-fact', 'variable']],
])('%s is a ground of its own kind', (_, container, kinds) => {
  expect(linkOf('bind', web(container)).grounds.map(({ kind }) => kind)).toEqual(kinds);
});

const IMAGE: ImageConfig = {
  from: 'Dockerfile',
  env: new Map([['PORT', '3005']]),
  entrypoint: undefined,
  cmd: undefined,
  user: undefined,
  exposed: [],
  complete: true,
  base: undefined,
};
const CONF = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: shop }
data: { default.conf: "server { listen 3005; }" }
`;

test.each<[string, string, Partial<Settings>, ReportGround['kind'][]]>([
  [
    'a file that is mounted',
    `${web('image: nginx, volumeMounts: [{ name: conf, mountPath: /etc/nginx/conf.d }]').replace(
      'containers:',
      'volumes: [{ name: conf, configMap: { name: conf } }], containers:',
    )}${CONF}`,
    {},
    ['mounted-file'],
  ],
  [
    'the default of a framework',
    web('image: example.com/a, command: [next, start]').replace('3005', '3000'),
    { imageConfig: () => ({ ...IMAGE, env: new Map() }) },
    ['framework-fact'],
  ],
  [
    'a configuration of ours',
    web('image: example.com/a').replace('3005', '80'),
    { facts: () => ({ ...findImageFact('traefik/whoami')!, isConfigured: true }) },
    ['configuration'],
  ],
  [
    'a Dockerfile',
    web('image: example.com/a'),
    { imageConfig: () => ({ ...IMAGE, cmd: ['next', 'start'], isDockerfile: true }) },
    ['dockerfile', 'framework-fact'],
  ],
  ['the configuration of an image', web(SHELF), { imageConfig: () => IMAGE }, ['image-config', 'image-fact']],
])('%s is a ground of its own kind, with what was given', (_, yaml, given, kinds) => {
  const { links } = toReport(
    check(sourcesOf({ 'a.yaml': yaml }), {
      rules: allRules,
      settings: { ...DEFAULT_SETTINGS, ...given },
    }),
    { version: '1.2.3' },
  );
  expect(links.find(({ kind }) => kind === 'bind')!.grounds.map(({ kind }) => kind)).toEqual(kinds);
});

test('what a manifest declares is the ground of every other link, with the text that says it', () => {
  expect(linkOf('target-port', web('image: nginx, ports: [{ containerPort: 3005 }]')).grounds).toMatchObject([
    { kind: 'declared', says: 'the Pod declares this port', location: { path: 'k8s/app.yaml', line: 10 } },
  ]);
});

test.each([
  ['an image that is not known', 'image: corp/app', 'image: portolan check --images k8s/'],
  ['a script', 'image: corp/app, command: [npm, start]', 'file: '],
  ['a flag', 'image: traefik/whoami, args: [--port=x]', 'argument: '],
  [
    'a variable from outside',
    `${SHELF}, env: [{ name: PORT, valueFrom: { secretKeyRef: { name: x, key: y } } }]`,
    'variable: ',
  ],
])('%s is missing, and a command in full would prove it', (_, container, first) => {
  const commands = commandsOf(linkOf('bind', web(container), 'k8s/'));
  expect(commands[0]).toMatch(new RegExp(`^${first}`));
  expect(commands.at(-1)).toBe(
    'observation: kubectl -n shop logs pod/web -c api | portolan trace pod/web -n shop k8s/ --logs api=-',
  );
});

test('an object that is missing is asked for by name', () => {
  const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gate, namespace: shop }
spec: { defaultBackend: { service: { name: other, port: { number: 80 } } } }
`;
  const link = linkOf('backend', ingress, 'k8s/');
  expect([link.state, ...commandsOf(link)]).toEqual([
    'unproved',
    'object: kubectl -n shop get service other -o yaml | portolan check k8s/ -',
  ]);
});

test('a value that is filled in later is proved by what is built', () => {
  const filled = web('image: nginx').replace('targetPort: 3005', 'targetPort: "${PORT}"');
  expect(commandsOf(linkOf('target-port', filled))).toEqual([
    'built: envsubst < k8s/app.yaml | portolan check -',
  ]);
});

test('names of the input are words to a shell, whatever they hold', () => {
  const odd = web('image: corp/app').replaceAll('namespace: shop', `namespace: "a;rm -rf 'b'"`);
  const [, command] = commandsOf(linkOf('bind', odd, 'my files/$(x)'));
  expect(command).toContain(`kubectl -n 'a;rm -rf '\\''b'\\''' logs pod/web -c api`);
  expect(command).toContain(`'my files/$(x)' --logs api=-`);
});

test('standard input is read once', () => {
  expect(commandsOf(linkOf('bind', web('image: corp/app'), '-')).at(-1)).toContain('--logs api=FILE');
});

test('only a link that is unproved misses anything, and each of these says what', () => {
  const report = toReport(check(sourcesOf({ 'a.yaml': web('image: corp/app') }), { rules: allRules }), {
    version: '1.2.3',
  });
  for (const { state, missing, grounds } of report.links) {
    expect(missing.length > 0).toBe(state === 'unproved');
    expect(grounds.length > 0).toBe(state !== 'unproved');
  }
});

test('what a kustomization changes is proved by building it', () => {
  const files = {
    'k8s/app.yaml': web('image: mycorp/api'),
    'k8s/kustomization.yaml':
      'resources: [app.yaml]\npatches: [{ path: patch.yaml, target: { kind: Service } }]\n',
    'k8s/patch.yaml': '- { op: replace, path: /spec/ports/0/targetPort, value: 80 }\n',
  };
  const { links } = toReport(check(sourcesOf(files), { rules: allRules }), { version: '1.2.3' });
  const commands = links.filter(({ kind }) => kind === 'target-port').flatMap(commandsOf);
  expect(commands).toEqual(['built: kubectl kustomize k8s | portolan check -']);
});

test('what is defined twice is proved by the object of the cluster', () => {
  const service = (port: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: ${port} }] }\n---\n`;
  const files = {
    'a.yaml': `${service('http')}${service('3005')}${web('image: mycorp/api').split('---')[1]}`,
  };
  const { links } = toReport(check(sourcesOf(files), { rules: allRules }), { version: '1.2.3' });
  const commands = links.filter(({ kind }) => kind === 'target-port').flatMap(commandsOf);
  expect(commands).toEqual(['object: kubectl -n shop get service web -o yaml | portolan check . -']);
});

describe('what a proof lacks', () => {
  const service = (spec: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ${spec} }\n---\n`;
  const monitor = (kind: string, spec: string): string =>
    `apiVersion: monitoring.coreos.com/v1\nkind: ${kind}\nmetadata: { name: eye, namespace: shop }\nspec: { ${spec} }\n---\n`;
  const ingress = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: gate, namespace: shop }\nspec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n---\n`;
  const client = (address: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: shopper, namespace: shop }\nspec: { containers: [{ name: app, image: corp/app, env: [{ name: API_URL, value: "${address}" }] }] }\n---\n`;
  /** Of the first unproved link of a kind: each proof, with its command. */
  const proofsOf = (kind: string, files: Readonly<Record<string, string>>): string[] =>
    toReport(check(sourcesOf(files), { rules: allRules }), { version: '1.2.3', paths: ['k8s'] })
      .links.filter((link) => link.kind === kind && link.state === 'unproved')
      .slice(0, 1)
      .flatMap(({ missing }) => missing.map((one) => `${one.kind}: ${one.command}`));

  test.each([
    [
      'a template that may define a Service is rendered with its chart',
      'backend',
      { 'k8s/app.yaml': ingress, 'k8s/templates/web.yaml': 'kind: {{ .Values.kind }}\n' },
      'built: helm template k8s | portolan check -',
    ],
    [
      'a document that may define it is read again once it parses',
      'backend',
      { 'k8s/app.yaml': `${ingress}kind: Service\nmetadata: { name: "web\n` },
      'file: portolan check k8s',
    ],
    [
      'Pods that a selector may mean are asked for in its namespace',
      'selector',
      { 'k8s/app.yaml': service('selector: { app: web }, ports: [{ port: 80 }]') },
      'object: kubectl -n shop get pods -o yaml | portolan check k8s -',
    ],
    [
      'Services that a monitor may mean are asked for in its namespace',
      'monitor',
      {
        'k8s/app.yaml': monitor(
          'ServiceMonitor',
          'selector: { matchLabels: { app: web } }, endpoints: [{ port: http }]',
        ),
      },
      'object: kubectl -n shop get services -o yaml | portolan check k8s -',
    ],
    [
      'those of every namespace where it says none',
      'monitor',
      {
        'k8s/app.yaml': `${monitor('PodMonitor', 'namespaceSelector: { any: true }, selector: { matchLabels: { app: web } }, podMetricsEndpoints: [{ port: metrics }]')}${web('image: nginx').split('---')[1]}`,
      },
      'object: kubectl get pods -A -o yaml | portolan check k8s -',
    ],
    [
      'Pods that a client dials by a headless Service are those of the Service',
      'client',
      {
        'k8s/app.yaml': `${service('clusterIP: None, selector: { app: web }, ports: [{ port: 80 }]')}${client('http://web:9999')}${web('image: nginx').split('---')[1]}`,
      },
      'observation: kubectl -n shop get endpointslices -l kubernetes.io/service-name=web -o yaml | portolan check k8s -',
    ],
    [
      'the place where a value is filled in is what is rendered',
      'backend',
      { 'k8s/app.yaml': ingress.replace('number: 80', 'number: "${PORT}"') },
      'built: envsubst < k8s/app.yaml | portolan check -',
    ],
  ])('%s', (_, kind, files, proof) => {
    expect(proofsOf(kind, files as unknown as Record<string, string>)).toEqual([proof]);
  });
});
