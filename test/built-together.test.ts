import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { because, KUBECTL } from '../src/testing/renderers.ts';
import { TestRepository } from '../src/testing/repository.ts';

/** Each starts the real kustomize for every root, and once more for all of them. */
const RUNS = Number(process.env.PORTOLAN_OVERLAYS ?? 12);

/** `PORTOLAN_TEST_SEED=7` makes the roots of a run that failed again. */
const SEED = Number(process.env.PORTOLAN_TEST_SEED ?? Date.now() % 1_000_000);

/** Uses a ConfigMap, which another root may have, and rename. */
const app = (name: string, settings = 'settings', namespace = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}${namespace}
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${settings}
      containers:
        - name: web
          image: nginx:1.27
          envFrom: [{ configMapRef: { name: ${settings} } }]
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
`;
const settings = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { PORT: "80" }\n`;
/** What kustomize knows nothing of, and `NAMES` tells it of. */
const release = (name: string, used: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name} }
spec:
  chart: { spec: { chart: web } }
  valuesFrom: [{ kind: ConfigMap, name: ${used} }]
`;
const names = (target: string, kind: string, path: string): string =>
  `nameReference: [{ kind: ${target}, version: v1, fieldSpecs: [{ kind: ${kind}, path: ${path} }] }]\n`;
const NAMES = names('ConfigMap', 'HelmRelease', 'spec/valuesFrom/name');
const OTHER_NAMES = names('Secret', 'HelmRelease', 'spec/certificates/secretName');
const webhook = (service: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: ${service} }
webhooks:
  - name: a.example.com
    clientConfig: { service: { name: ${service}, namespace: system } }
    sideEffects: None
    admissionReviewVersions: [v1]
`;

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository();
});
afterEach(() => repository.remove());

const alone = (root: string): string =>
  execFileSync(KUBECTL!, ['kustomize', `${repository.folder}/${root}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const starts = (): number =>
  existsSync(repository.started) ? readFileSync(repository.started, 'utf8').trim().split('\n').length : 0;

/** What is checked of each root is what kustomize prints of it alone. */
async function asAlone(): Promise<Report> {
  const report = await repository.check();
  for (const { path, state } of report.plan)
    if (state === 'built') expect(repository.textOf(path), path).toBe(alone(path));
  return report;
}

const generated = (name: string): string =>
  `configMapGenerator: [{ name: ${name}-values, literals: [PORT=80] }]\n`;

describe.skipIf(KUBECTL === undefined)(`roots that are built in one run${because('kubectl')}`, () => {
  const root = (name: string, text = '', file = app(name, `${name}-settings`)): Record<string, string> => ({
    [`${name}/kustomization.yaml`]: `resources: [app.yaml]\n${text}`,
    [`${name}/app.yaml`]: file,
  });

  test('are as if each was built alone', async () => {
    repository.write({
      ...root('pier', 'namePrefix: a-\nnamespace: harbour\n'),
      ...root('dock', 'configMapGenerator: [{ name: dock-settings, literals: [PORT=80] }]\n'),
      ...root('quay', 'namespace: harbour\npatches: [{ path: port.yaml }]\n'),
      'quay/port.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: quay }\nspec: { ports: [{ port: 80, targetPort: htpt }] }\n',
      ...root('crane'),
      ...root('mole', 'commonLabels: { tier: web }\n'),
      ...root('buoy', 'images: [{ name: nginx, newTag: "1.28" }]\n'),
      ...root('silo', 'nameSuffix: -z\n'),
      ...root('shed', 'labels: [{ pairs: { a: b } }]\n'),
    });
    const { plan, findings } = await asAlone();
    expect(plan.map(({ path, state }) => `${path} ${state}`)).toHaveLength(8);
    expect(starts()).toBeLessThan(8);
    // The way back goes on to the file of each root.
    expect(findings.flatMap(({ labels: [label] }) => label?.origin?.path ?? [])).toContain('quay/port.yaml');
  });

  test.each([
    [
      'a name that another one renames',
      {
        ...root('pier', 'namePrefix: a-\n', `${app('pier')}---\n${settings('settings')}`),
        ...root('dock', '', app('dock')),
      },
    ],
    [
      'a name that one before it renames',
      {
        ...root('bollard', 'namePrefix: a-\n', `${app('bollard')}---\n${settings('settings')}`),
        ...root('dock', '', app('dock')),
      },
    ],
    [
      'a name that another one generates',
      {
        ...root('pier', 'configMapGenerator: [{ name: settings, literals: [PORT=80] }]\n'),
        ...root('dock', '', app('dock')),
      },
    ],
    [
      'a name on the way to the last one',
      {
        'base/kustomization.yaml': 'resources: [app.yaml]\nnamePrefix: a-\n',
        'base/app.yaml': settings('settings'),
        'pier/kustomization.yaml': 'resources: [../base]\nnameSuffix: -b\n',
        ...root('dock', '', app('dock', 'a-settings')),
      },
    ],
    [
      'a namespace that a reference is looked up in',
      {
        ...root('pier', 'namespace: system\nnamePrefix: a-\n', `${app('pier')}---\n${webhook('pier')}`),
        ...root('dock', '', app('dock', 'x', '\n  namespace: system')),
      },
    ],
    [
      'the same objects',
      {
        'base/kustomization.yaml': 'resources: [app.yaml]\n',
        'base/app.yaml': app('web'),
        'pier/kustomization.yaml': 'resources: [../base]\nnamespace: a\n',
        'dock/kustomization.yaml': 'resources: [../base]\nnamespace: b\n',
      },
    ],
    [
      'other objects of one name in the end',
      { ...root('pier', 'namePrefix: a-\n', app('x')), ...root('dock', '', app('a-x', 'y')) },
    ],
    [
      'what one says of fields that hold names',
      {
        ...root('pier', `${generated('pier')}configurations: [names.yaml]\n`, release('pier', 'pier-values')),
        'pier/names.yaml': NAMES,
        ...root('dock', generated('dock'), release('dock', 'dock-values')),
      },
    ],
    [
      'what one before it says of fields that hold names',
      {
        ...root('bollard', `${generated('bollard')}configurations: [names.yaml]\n`),
        'bollard/names.yaml': NAMES,
        ...root('dock', `namePrefix: a-\n`, `${release('dock', 'settings')}---\n${settings('settings')}`),
      },
    ],
    [
      'such a field that a patch writes',
      {
        ...root('bollard', `${generated('bollard')}configurations: [names.yaml]\n`),
        'bollard/names.yaml': names('ConfigMap', 'Service', 'metadata/annotations/example.com\\/values'),
        ...root(
          'dock',
          `${generated('dock')}patches: [{ target: { kind: Service }, patch: '[{"op": "add", "path": "/metadata/annotations", "value": {}}, {"op": "add", "path": "/metadata/annotations/example.com~1values", "value": "dock-values"}]' }]\n`,
        ),
      },
    ],
    [
      'such a field of what only a generator makes',
      {
        ...root('bollard', `${generated('bollard')}configurations: [names.yaml]\n`),
        'bollard/names.yaml': names('Secret', 'Certificate', 'spec/stored'),
        ...root(
          'dock',
          'secretGenerator: [{ name: dock-values, literals: [a=b] }]\n',
          'apiVersion: example.com/v1\nkind: Certificate\nmetadata: { name: dock }\nspec: { stored: dock-values }\n',
        ),
      },
    ],
  ])('share nothing: %s', async (_, files) => {
    // Others around them, so that there is a run for several.
    for (const name of ['a1', 'a2', 'a3', 'a4']) repository.write(root(name));
    repository.write(files);
    const { plan } = await asAlone();
    expect(plan.filter(({ state }) => state === 'built')).toHaveLength(6);
  });

  test('say the same of fields that hold names, or what is nothing to the others', async () => {
    for (const name of ['pier', 'dock', 'quay', 'mole']) {
      const told = name === 'mole' ? 'names.yaml, others.yaml' : 'names.yaml';
      const file = release(name, `${name}-values`);
      repository.write(root(name, `${generated(name)}configurations: [${told}]\n`, file));
      repository.write({ [`${name}/names.yaml`]: NAMES });
    }
    repository.write({ 'mole/others.yaml': OTHER_NAMES });
    await asAlone();
    expect(starts()).toBe(2);
    expect(repository.textOf('pier')).toMatch(/name: pier-values-\w{10}\n.*\n/);
  });

  test('one that is refused costs the others nothing', async () => {
    for (const name of ['pier', 'dock', 'quay', 'mole']) repository.write(root(name));
    repository.write(root('silo', 'patches: [{ path: none.yaml, target: { kind: Pod } }]\n'));
    repository.write({ 'silo/none.yaml': 'a: [\n' });
    const { plan, errors } = await asAlone();
    expect(plan.map(({ path, state }) => `${path} ${state}`)).toEqual([
      'dock built',
      'mole built',
      'pier built',
      'quay built',
      'silo failed',
    ]);
    expect(errors.map(({ path }) => path)).toEqual(['silo/none.yaml']);
  });

  test('are built once', async () => {
    for (const name of ['pier', 'dock', 'quay', 'mole']) repository.write(root(name));
    await repository.check();
    const first = starts();
    expect(first).toBe(2);
    await repository.check();
    expect(starts()).toBe(first);
    repository.write(root('quay', 'namespace: harbour\n'));
    await asAlone();
    expect(starts()).toBe(first + 1);
  });

  test(`random roots, seed ${SEED}`, async () => {
    const NAMES = ['pier', 'dock', 'quay', 'mole', 'silo', 'shed', 'buoy', 'web'];
    const name = fc.constantFrom(...NAMES, 'a-pier', 'quay-z');
    const piece = fc.oneof(
      fc.constantFrom(
        'namespace: a',
        'namespace: b',
        'namePrefix: a-',
        'nameSuffix: -z',
        'commonLabels: { app: x }',
      ),
      name.map((one) => `configMapGenerator: [{ name: ${one}, literals: [PORT=80] }]`),
      name.map(
        (one) =>
          `patches: [{ target: { kind: Service, name: ${one} }, patch: '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]' }]`,
      ),
    );
    const one = fc.record({
      objects: fc.uniqueArray(fc.tuple(name, name), { minLength: 1, maxLength: 2, selector: ([own]) => own }),
      pieces: fc.uniqueArray(piece, { maxLength: 3, selector: (text) => text.split(':', 1)[0]! }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 4, maxLength: 10 }), async (roots) => {
        repository.remove();
        repository = new TestRepository();
        roots.forEach(({ objects, pieces }, at) => {
          repository.write({
            [`r${at}/kustomization.yaml`]: ['resources: [app.yaml]', ...pieces, ''].join('\n'),
            [`r${at}/app.yaml`]: objects
              .map(([own, used]) => `${app(own, used)}---\n${settings(own)}`)
              .join('---\n'),
          });
        });
        const { plan } = await asAlone();
        expect(plan).toHaveLength(roots.length);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  }, 600_000);
});
