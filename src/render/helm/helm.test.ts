import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM } from '../../testing/renderers.ts';
import { TestRepository, writtenAt } from '../../testing/repository.ts';

const CHART = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/values.yaml': `image: nginx:1.27
service:
  port: 80
  target: http
container:
  port: 80
extra: {}
`,
  'shop/templates/deployment.yaml': `{{- /* The process. */}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels:
      {{- include "shop.labels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "shop.labels" . | nindent 8 }}
    spec:
      containers:
        - name: web
          image: {{ .Values.image | quote }}
          {{- with .Values.extra.env }}
          env:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - containerPort: {{ .Values.container.port }}
              name: http
`,
  'shop/templates/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    {{- include "shop.labels" . | nindent 4 }}
  ports:
    {{- range $name, $port := dict "web" .Values.service.port }}
    - name: {{ $name }}
      port: {{ $port }}
      targetPort: {{ $.Values.service.target }}
    {{- end }}
`,
  'shop/templates/_helpers.tpl': `{{- define "shop.labels" -}}
app: {{ .Release.Name }}
{{- end }}
`,
};

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository(CHART);
});
afterEach(() => repository.remove());

describe.skipIf(HELM === undefined)(`a chart${because('helm')}`, () => {
  test('is checked as Helm renders it, in place of its templates', async () => {
    repository.write({ 'shop/values-dev.yaml': 'image: nginx:dev\n' });
    const { sources, plan, summary, findings } = await repository.check();
    expect(sources).toEqual([{ path: 'shop', kind: 'helm', set: '', resources: 2 }]);
    expect(plan).toEqual([
      {
        path: 'shop',
        kind: 'helm',
        set: '',
        state: 'built',
        with: 'helm',
        beside: ['shop/values-dev.yaml'],
      },
    ]);
    expect(findings).toEqual([]);
    expect(summary.chains).toEqual({ whole: 1, broken: 0, unproved: 0 });
  });

  test.each([
    [
      'the key of the values that decides it',
      { 'shop/values.yaml': CHART['shop/values.yaml'].replace('target: http', 'target: htpt') },
      'shop/values.yaml:4',
    ],
    [
      "the template's own text",
      {
        'shop/templates/service.yaml': CHART['shop/templates/service.yaml'].replace(
          /targetPort: .*/,
          'targetPort: htpt',
        ),
      },
      'shop/templates/service.yaml:12',
    ],
    [
      'the action that made it',
      {
        'shop/values.yaml': CHART['shop/values.yaml'].replace('target: http', 'target: HTPT'),
        'shop/templates/service.yaml': CHART['shop/templates/service.yaml'].replace(
          'service.target',
          'service.target | lower',
        ),
      },
      'shop/templates/service.yaml:12',
    ],
  ])('leads back to %s', async (_, files, place) => {
    repository.write(files);
    const { findings } = await repository.check();
    expect(findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`)).toEqual([
      `unresolved-target-port ${place}`,
    ]);
  });

  test('of two keys with the value finds the one that decides it', async () => {
    const { findings } = await repository.check(['.'], { helm: { set: ['container.port=8080'] } });
    expect(findings[0]?.rule).toBe('unbound-target-port');
    const { links } = await repository.check();
    const bind = links.find(({ kind }) => kind === 'bind');
    expect(bind?.from.origin).toMatchObject({ path: 'shop/values.yaml', line: 6 });
    const target = links.find(({ kind }) => kind === 'target-port');
    expect(target?.from.origin).toMatchObject({ path: 'shop/values.yaml', line: 4 });
  });

  test('takes the values of the command line', async () => {
    repository.write({ 'dev.yaml': 'service: { target: htpt }\n' });
    const { findings } = await repository.check(['shop'], { helm: { values: ['dev.yaml'] } });
    expect(findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`)).toEqual([
      'unresolved-target-port dev.yaml:1',
    ]);
    const other = await repository.check(['shop'], { helm: { release: 'till', namespace: 'harbour' } });
    expect(other.links[0]?.from.resource).toMatchObject({ name: 'till', namespace: 'harbour' });
  });

  test('is rendered once: the second run starts nothing, places and all', async () => {
    const runs = (): number => readFileSync(repository.started, 'utf8').split('\n').length - 1;
    await repository.check();
    const first = runs();
    await repository.check();
    expect(runs()).toBe(first);
  });

  test('leaves nothing behind', async () => {
    const before = readdirSync(repository.folder, { recursive: true });
    await repository.check();
    expect(readdirSync(repository.folder, { recursive: true })).toEqual(before);
    expect(readdirSync(join(repository.cache, 'portolan/helm'))).toEqual([]);
  });

  test('is refused in the words of Helm, at the template and its line', async () => {
    repository.write({
      'shop/templates/service.yaml': `apiVersion: v1\nkind: {{ required "a kind is needed" .Values.none }}\n`,
    });
    const { errors, plan } = await repository.check();
    expect(plan).toMatchObject([{ state: 'failed' }]);
    expect(errors).toMatchObject([
      { path: 'shop/templates/service.yaml', line: 2, fault: { part: 'renderer', name: 'helm' } },
    ]);
    expect(errors[0]!.message).toContain('a kind is needed');
  });

  test('is refused without the secrets among its values', async () => {
    repository.write({
      'shop/secret-values.yaml': 'db: { password: harbour-light-7 }\n',
      'shop/templates/fail.yaml': '{{ fail (printf "no harbour for %s" .Values.db.password) }}\n',
    });
    const { errors } = await repository.check(['shop'], { helm: { values: ['shop/secret-values.yaml'] } });
    expect(errors.map(({ message }) => message).join()).toMatch(/no harbour for •+$/);
  });

  test('named for secrets, in its files, is told by their names and lines', async () => {
    repository.write({
      'keys.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: k }\nstringData: { a: token1 }\n',
      'shop/values-token1.yaml': 'a: b\n',
      'shop/templates/secrets.yaml': '\n{{ required "no" .Values.none }}\n',
    });
    const { plan, errors } = await repository.check();
    expect(plan).toMatchObject([{ state: 'failed', beside: ['shop/values-token1.yaml'] }]);
    expect(errors[0]?.message).toContain('(shop/templates/secrets.yaml:2:');
  });

  test('that wants values is rendered with those of its own tests, unless it was named', async () => {
    repository.write({
      'shop/templates/wants.yaml': '{{ $_ := required "a word is needed" .Values.word }}',
      'shop/ci/other-values.yaml': 'other: 1\n',
      'shop/ci/word-values.yaml': 'word: a\n',
    });
    const { plan, errors, findings } = await repository.check();
    expect(plan).toMatchObject([{ state: 'built', with: 'helm --values shop/ci/word-values.yaml' }]);
    expect([errors, findings]).toEqual([[], []]);
    const named = await repository.check(['shop']);
    expect(named.errors).toMatchObject([{ path: 'shop/templates/wants.yaml', line: 1 }]);
    expect(repository.textOf('shop/templates/wants.yaml')).toContain('required');
  });

  test('of `helm create` is whole, and places are found in all of it', async () => {
    execFileSync(HELM!, ['create', 'made'], {
      cwd: repository.folder,
      env: { PATH: '', HOME: repository.root },
    });
    const { findings, links } = await repository.check(['made'], { helm: { set: ['ingress.enabled=true'] } });
    expect(findings).toEqual([]);
    expect(links.map(({ kind, state }) => `${kind} ${state}`)).toContain('backend whole');
    const ends = links
      .flatMap(({ from, to }) => [from, ...(to ? [to] : [])])
      .filter(({ location }) => location);
    expect(ends.filter(({ origin }) => !origin)).toEqual([]);
  });
});

describe('a chart that is not rendered', () => {
  test.each([
    [
      'dependencies:\n  - name: redis\n    repository: https://example.com\n    version: 1.0.0\n',
      'its dependency `redis` is not in `charts/`',
      'run `helm dependency build shop`',
    ],
    ['type: library\n', 'a library, which renders nothing by itself', undefined],
  ])('%j is left out, and the reason is told', async (more, reason, help) => {
    repository.write({ 'shop/Chart.yaml': `${CHART['shop/Chart.yaml']}${more}` });
    const { plan, errors, findings } = await repository.check();
    expect(plan).toEqual([
      { path: 'shop', kind: 'helm', set: '', state: 'left-out', reason, ...(help ? { help } : {}) },
    ]);
    const unbuilt = `its chart is not built: ${reason}${help ? `; ${help}` : ''}`;
    expect(errors.map(({ message }) => message)).toEqual([`no Kubernetes object is in it: ${unbuilt}`]);
    expect(findings).toEqual([]);
    expect(existsSync(repository.started)).toBe(false);
  });

  test('leaves a kustomization beside it to say which files are patches', async () => {
    repository.write({
      'shop/Chart.yaml': `${CHART['shop/Chart.yaml']}type: library\n`,
      'shop/kustomization.yaml': 'resources: [all.yaml]\npatches: [overlays/web.yaml]\n',
      'shop/overlays/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template: { spec: { containers: [{ name: web, image: harbour/web:2 }] } }\n',
    });
    const { findings, plan } = await repository.check();
    expect(findings).toEqual([]);
    expect(plan).toMatchObject([
      { kind: 'kustomize', state: 'raw', reason: '`all.yaml` does not exist' },
      { kind: 'helm', state: 'left-out' },
    ]);
  });

  test('without Helm is one notice, and an error where it was named', async () => {
    const { plan, findings, errors } = await repository.check(['.'], {}, '/nonexistent');
    expect(plan).toMatchObject([{ state: 'raw', help: 'install `helm`' }]);
    expect(findings.map(({ rule }) => rule)).toEqual(['unrendered-template']);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('its chart is not built: `helm` is not on PATH') },
    ]);
    const named = await repository.check(['shop'], {}, '/nonexistent');
    expect(named.errors).toMatchObject([
      { path: 'shop/Chart.yaml', fault: { part: 'renderer', name: 'helm' } },
    ]);
  });

  test('without Helm is one notice for many charts as well', async () => {
    for (const name of ['pier', 'quay', 'dock'])
      repository.write({
        [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
        [`${name}/templates/service.yaml`]:
          'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n',
      });
    const { findings } = await repository.check(['.'], {}, '/nonexistent');
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      expect.stringMatching(
        /^unrendered-template: 4 charts are not rendered, so the ports of their \d templates/,
      ),
    ]);
    expect(findings[0]!.notes[0]).toBe('they lie in `dock`, `pier`, `quay` and 1 more');
  });

  test('as a link leads out of the repository', async () => {
    mkdirSync(join(repository.folder, '.git'));
    symlinkSync('/etc/hosts', join(repository.folder, 'shop/templates/hosts.yaml'));
    const { errors } = await repository.check();
    expect(errors.map(({ message }) => message)).toContain(
      '`shop/templates/hosts.yaml` leads out of the repository, and nothing is read there',
    );
    expect(existsSync(repository.started)).toBe(false);
  });

  test('as its values are too large', async () => {
    writeFileSync(join(repository.folder, 'large.yaml'), Buffer.alloc(17 * 1024 * 1024, '#'));
    const { errors } = await repository.check(['shop'], { helm: { values: ['large.yaml'] } });
    expect(errors.map(({ message }) => message)).toContain(
      HELM === undefined
        ? '`helm` is not on PATH, so this is not rendered; install `helm`'
        : 'values of more than 16 MB are not read',
    );
  });
});
