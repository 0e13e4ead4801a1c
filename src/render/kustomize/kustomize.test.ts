import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, KUBECTL } from '../../testing/renderers.ts';
import { TestRepository, writtenAt } from '../../testing/repository.ts';

const APP = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: nginx:1.27
          ports:
            - containerPort: 80
              name: http
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: http
`;
const BASE = { 'base/kustomization.yaml': 'resources: [app.yaml]\n', 'base/app.yaml': APP };

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository(BASE);
});
afterEach(() => repository.remove());

const overlay = (text: string, more: Readonly<Record<string, string>> = {}): void =>
  repository.write({ 'prod/kustomization.yaml': `resources: [../base]\n${text}`, ...more });

const target = (port: string | number): string => `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports:
    - port: 80
      targetPort: ${port}
`;

describe.skipIf(KUBECTL === undefined)(`what is built${because('kubectl')}`, () => {
  test('is checked once, in place of the files that went in', async () => {
    overlay('namePrefix: prod-\n');
    repository.write({ 'extra.yaml': APP.replaceAll('web', 'extra') });
    const { sources, plan, summary, findings } = await repository.check();
    expect(sources.map(({ path, kind, resources }) => `${kind} ${path} ${resources}`)).toEqual([
      'file extra.yaml 2',
      'kustomize prod 2',
    ]);
    expect(plan).toEqual([
      { path: 'prod', kind: 'kustomize', set: 'prod', state: 'built', with: 'kubectl kustomize' },
    ]);
    expect(summary.chains).toEqual({ whole: 2, broken: 0, unproved: 0 });
    expect(findings).toEqual([]);
  });

  test('holds no annotation that was only asked for', async () => {
    overlay('commonAnnotations: { own: "yes" }\n');
    const { sources } = await repository.check();
    const kept = readdirSync(join(repository.cache, 'portolan/builds'));
    expect(sources.map(({ kind }) => kind)).toEqual(['kustomize']);
    const { text } = JSON.parse(
      readFileSync(join(repository.cache, 'portolan/builds', kept[0]!), 'utf8').replace(/^.*\n/, ''),
    );
    expect(text).toContain('own: "yes"');
    expect(text).not.toMatch(/origin|transformations/);
  });

  test.each([
    [
      'a patch in a file',
      'patches: [{ path: port.yaml }]\n',
      { 'prod/port.yaml': target('htpt') },
      'prod/port.yaml:7',
    ],
    [
      'a patch that is written in place',
      `patches:\n  - patch: |-\n${target('htpt').replace(/^/gm, '      ').trimEnd()}\n`,
      {},
      'prod/kustomization.yaml:10',
    ],
    [
      'a JSON patch',
      'patches:\n  - target: { kind: Service }\n    patch: |-\n      - op: replace\n        path: /spec/ports/0/targetPort\n        value: htpt\n',
      {},
      'prod/kustomization.yaml:7',
    ],
    [
      'a JSON patch in a file',
      'patches: [{ path: port.json, target: { kind: Service, name: web } }]\n',
      {
        'prod/port.json':
          '[{"op": "replace", "path": "/spec/ports/0", "value": {"port": 80, "targetPort": "htpt"}}]',
      },
      'prod/port.json:1',
    ],
    [
      'the base',
      'nameSuffix: -v1\n',
      { 'base/app.yaml': APP.replace('targetPort: http', 'targetPort: htpt') },
      'base/app.yaml:23',
    ],
    [
      'a component',
      'components: [../component]\n',
      {
        'component/kustomization.yaml':
          'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: port.yaml }]\n',
        'component/port.yaml': target('htpt'),
      },
      'component/port.yaml:7',
    ],
  ])('leads back to %s', async (_, text, files, place) => {
    overlay(text, files);
    const { findings } = await repository.check();
    expect(findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`)).toEqual([
      `unresolved-target-port ${place}`,
    ]);
  });

  test('says nothing of a place where the value does not stand', async () => {
    overlay(
      'replacements:\n  - source: { kind: Deployment, fieldPath: spec.template.spec.containers.0.image }\n    targets: [{ select: { kind: Service }, fieldPaths: [spec.ports.0.targetPort] }]\n',
      { 'base/app.yaml': APP.replace('nginx:1.27', 'nginx') },
    );
    const { findings } = await repository.check();
    expect(findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`)).toEqual([
      'unresolved-target-port rendered',
    ]);
  });

  test('is edited where the user wrote it', async () => {
    overlay('patches: [{ path: port.yaml }]\n', { 'prod/port.yaml': target('htpt') });
    const { findings } = await repository.check();
    expect(
      findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ path }) => path))),
    ).toEqual(['prod/port.yaml', 'base/app.yaml']);
  });

  test('is built once: the second run starts nothing until something changes', async () => {
    overlay('namePrefix: prod-\n');
    const runs = (): number => readFileSync(repository.started, 'utf8').split('\n').length - 1;
    await repository.check();
    await repository.check();
    expect(runs()).toBe(1);
    repository.write({ 'base/app.yaml': APP.replace('http', 'htpt') });
    const { findings } = await repository.check();
    expect(findings.map(({ rule }) => rule)).toEqual(['unresolved-target-port']);
    expect(runs()).toBe(2);
  });

  test("leaves nothing behind, neither beside the user's files nor elsewhere", async () => {
    overlay('namePrefix: prod-\n');
    const before = readdirSync(repository.folder, { recursive: true });
    await repository.check();
    expect(readdirSync(repository.folder, { recursive: true })).toEqual(before);
    expect(readdirSync(join(repository.cache, 'portolan/overlays'))).toEqual([]);
  });

  test('of files outside a root needs kustomize to allow that, and says so', async () => {
    repository.write({ 'prod/kustomization.yaml': 'resources: [../base/app.yaml]\n' });
    const { plan } = await repository.check(['prod']);
    expect(plan).toMatchObject([
      { state: 'built', with: 'kubectl kustomize --load-restrictor LoadRestrictionsNone' },
    ]);
  });

  test('is refused in the words of the renderer, at the file, and the rest is checked', async () => {
    overlay('patches: [{ path: port.yaml }]\n', {
      'prod/port.yaml': target(80).replace('name: web', 'name: other'),
    });
    repository.write({ 'other/kustomization.yaml': 'resources: [app.yaml]\n', 'other/app.yaml': APP });
    const { plan, errors, summary } = await repository.check();
    expect(plan.map(({ path, state }) => `${path} ${state}`)).toEqual(['other built', 'prod failed']);
    expect(errors).toMatchObject([{ path: 'prod/kustomization.yaml', fault: { part: 'renderer' } }]);
    expect(errors[0]!.message).toMatch(
      /^`kubectl kustomize` refused it: no resource matches|^.*no matches for Id/,
    );
    expect(summary.resources).toBeGreaterThanOrEqual(4);
  });

  test('is refused at the file that the renderer names', async () => {
    overlay('', { 'base/app.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: [ }\n' });
    const { errors } = await repository.check();
    const [refused, ...others] = errors.filter(({ fault }) => fault?.part === 'renderer');
    expect(others).toEqual([]);
    expect(refused?.path).toBe('base/app.yaml');
  });

  test('that takes in itself is refused', async () => {
    repository.write({
      'a/kustomization.yaml': 'resources: [../b]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
    });
    const { errors } = await repository.check();
    expect(errors).toHaveLength(1);
    expect(errors[0]!.message).toMatch(/cycle/);
  });
});

describe('what is not built', () => {
  const NOTHING = '/nonexistent';

  test('without a renderer is read as it is written, and the program is named', async () => {
    overlay('namePrefix: prod-\n');
    const { plan, errors, summary } = await repository.check(['.'], {}, NOTHING);
    expect(plan).toEqual([
      {
        path: 'prod',
        kind: 'kustomize',
        set: '',
        state: 'raw',
        reason: 'neither `kustomize` nor `kubectl` is on PATH',
        help: 'install `kustomize` or `kubectl`',
      },
    ]);
    expect(errors).toEqual([]);
    expect(summary.resources).toBeGreaterThanOrEqual(2);
  });

  test('without a renderer is an error where it was named', async () => {
    overlay('namePrefix: prod-\n');
    const { errors } = await repository.check(['prod'], {}, NOTHING);
    expect(errors).toMatchObject([
      { path: 'prod/kustomization.yaml', fault: { part: 'renderer', name: 'kustomize' } },
    ]);
  });

  test('a program of the repository is not started', async () => {
    overlay('namePrefix: prod-\n');
    const { plan } = await repository.check(['.'], {}, `${repository.folder}:.:`);
    expect(plan).toMatchObject([{ state: 'raw' }]);
  });

  test.each([
    ['https://example.com/app.yaml', 'raw', 0, 'lies elsewhere'],
    ['github.com/acme/shop//deploy?ref=v1', 'raw', 0, 'lies elsewhere'],
    ['git@example.com:acme/shop', 'raw', 0, 'lies elsewhere'],
    ['../gone.yaml', 'failed', 1, 'does not exist'],
    ['../../../../../../etc/hosts', 'raw', 1, 'leads out of the repository'],
  ])('%s: %s', async (resource, state, errors, reason) => {
    mkdirSync(join(repository.folder, '.git'));
    repository.write({ 'prod/kustomization.yaml': `resources: [../base, ${resource}]\n` });
    const report = await repository.check();
    expect(report.plan).toMatchObject([{ state, reason: expect.stringContaining(reason) }]);
    expect(report.errors).toHaveLength(errors);
    expect(existsSync(repository.started)).toBe(false);
  });

  test('a file with a line break in its name is a file: checked once, and no way out of the repository', async () => {
    mkdirSync(join(repository.folder, '.git'));
    repository.write({
      'prod/kustomization.yaml': 'resources: ["we\\nb.yaml"]\n',
      'prod/we\nb.yaml': APP,
    });
    const { sources } = await repository.check(['prod']);
    expect(sources).toMatchObject([{ kind: 'kustomize' }]);
    symlinkSync('/etc/hosts', join(repository.folder, 'prod/ho\nsts.yaml'));
    repository.write({ 'prod/kustomization.yaml': 'resources: [../base, "ho\\nsts.yaml"]\n' });
    const { plan } = await repository.check(['prod']);
    expect(plan).toMatchObject([
      { state: 'raw', reason: expect.stringContaining('leads out of the repository') },
    ]);
  });

  test('a link out of the repository is not followed', async () => {
    mkdirSync(join(repository.folder, '.git'));
    symlinkSync('/etc/hosts', join(repository.folder, 'base/hosts.yaml'));
    repository.write({ 'prod/kustomization.yaml': 'resources: [../base/hosts.yaml]\n' });
    const { errors } = await repository.check(['prod']);
    expect(errors.map(({ message }) => message)).toEqual([
      '`../base/hosts.yaml` leads out of the repository, and nothing is read there',
    ]);
    expect(existsSync(repository.started)).toBe(false);
  });

  test('what makes kustomize start a program is told', async () => {
    overlay('helmCharts: [{ name: shop, repo: https://example.com }]\n');
    const { plan } = await repository.check();
    expect(plan).toMatchObject([{ state: 'raw', reason: expect.stringContaining('start Helm') }]);
    expect(existsSync(repository.started)).toBe(false);
  });

  test('a secret that is kept out of the repository is no mistake', async () => {
    overlay('secretGenerator: [{ name: keys, envs: [keys.env] }]\n');
    const { plan, errors } = await repository.check();
    expect(plan).toMatchObject([{ state: 'raw', reason: '`keys.env` does not exist' }]);
    expect(errors).toEqual([]);
  });

  test('a component that nothing takes in is left out', async () => {
    repository.write({
      'part/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    });
    const { plan } = await repository.check(['part']);
    expect(plan).toMatchObject([{ path: 'part', state: 'left-out' }]);
  });

  test('by --raw nothing is planned', async () => {
    overlay('namePrefix: prod-\n');
    const { toReport } = await import('../../engine/to-report.ts');
    const { open } = await import('../../session/session.ts');
    const { found } = await open(['.'], { cwd: repository.folder, rules: [] }).check();
    expect(toReport(found!, { version: '' }).plan).toEqual([]);
  });
});
