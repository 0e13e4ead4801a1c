import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../../report/report.ts';
import { because, HELM, KUBECTL } from '../../testing/renderers.ts';
import { TestRepository, writtenAt } from '../../testing/repository.ts';
import { webAppInBrackets } from '../../testing/web-app.ts';

const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: till }
spec:
  chart: { spec: { chart: ./charts/till, sourceRef: { kind: GitRepository, name: flux-system } } }
  values:
    target: http
`;

const application = (name: string, path: string, more = ''): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name} }\nspec:\n  destination: { namespace: ${name}-space }\n  source:\n    repoURL: a\n    path: ${path}\n${more}`;

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository({
    'charts/till/Chart.yaml': 'apiVersion: v2\nname: till\nversion: 1.0.0\n',
    'charts/till/values.yaml': 'target: http\n',
    'charts/till/templates/app.yaml': webAppInBrackets('{{ .Values.target }}'),
  });
});
afterEach(() => repository.remove());

const planOf = ({ plan }: Report): string[] =>
  plan.map(({ path, kind, object = '', state, reason }) =>
    [path, kind, object, state, ...(reason === undefined ? [] : [reason])].join(' '),
  );
const foundIn = ({ findings }: Report): string[] =>
  findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`);

const missing = KUBECTL === undefined ? because('kubectl') : because('helm');

describe.skipIf(KUBECTL === undefined || HELM === undefined)(`what a build tells of${missing}`, () => {
  const OVERLAYS = {
    'apps/base/kustomization.yaml': 'resources: [release.yaml]\n',
    'apps/base/release.yaml': RELEASE,
    'apps/prod/kustomization.yaml':
      'resources: [../base]\nnamespace: prod\npatches:\n  - target: { kind: HelmRelease }\n    patch: |-\n      - op: replace\n        path: /spec/values/target\n        value: htpt\n',
    'apps/dev/kustomization.yaml': 'resources: [../base]\nnamespace: dev\n',
  };

  test('a HelmRelease is rendered with what each overlay makes of its values', async () => {
    repository.write(OVERLAYS);
    const report = await repository.check();
    expect(planOf(report)).toEqual([
      'apps/dev kustomize  built',
      'apps/dev flux till built',
      'apps/prod kustomize  built',
      'apps/prod flux till built',
    ]);
    expect(foundIn(report)).toEqual(['unresolved-target-port apps/prod/kustomization.yaml:8']);
    expect(report.findings[0]?.message).toContain('`prod/web`');
    expect(report.sets.map(({ name }) => name)).toEqual(['apps/dev', 'apps/prod']);
  });

  test('a HelmRelease that a Flux Kustomization changes, from the folder of the cluster on', async () => {
    const kustomization =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec:\n  path: ./apps/base\n  targetNamespace: harbour\n  sourceRef: { kind: GitRepository, name: flux-system }\n  patches:\n    - target: { kind: HelmRelease }\n      patch: "- { op: replace, path: /spec/values/target, value: htpt }"\n';
    repository.write({
      'apps/base/kustomization.yaml': OVERLAYS['apps/base/kustomization.yaml'],
      'apps/base/release.yaml': RELEASE,
      'clusters/prod/kustomization.yaml': 'resources: [apps.yaml]\n',
      'clusters/prod/apps.yaml': kustomization,
    });
    const report = await repository.check();
    expect(planOf(report)).toEqual([
      'apps/base flux till built',
      'clusters/prod kustomize  built',
      'clusters/prod flux apps built',
    ]);
    expect(foundIn(report)).toHaveLength(1);
    expect(report.sets.map(({ name }) => name)).toEqual(['']);
  });

  test('a chart of Applications, and what they apply', async () => {
    repository.write({
      'argo/Chart.yaml': 'apiVersion: v2\nname: argo\nversion: 1.0.0\n',
      'argo/values.yaml': 'apps: { till: htpt }\n',
      'argo/templates/apps.yaml':
        '{{- range $name, $target := .Values.apps }}\n' +
        application(
          '{{ $name }}',
          'charts/{{ $name }}',
          '    helm:\n      valuesObject:\n        target: {{ $target }}\n',
        ) +
        '{{- end }}\n',
    });
    const report = await repository.check();
    expect(planOf(report)).toEqual(['argo helm  built', 'argo argo-cd till built']);
    expect(foundIn(report)).toEqual(['unresolved-target-port argo/values.yaml:1']);
    expect(report.findings[0]?.message).toContain('`till-space/web`');
  });

  test('a circle ends where it closes, and is told', async () => {
    const apps = (name: string, ...more: string[]) => ({
      [`${name}/kustomization.yaml`]: `resources: [${more.map((one) => `${one}.yaml`).join(', ')}]\n`,
      ...Object.fromEntries(more.map((one) => [`${name}/${one}.yaml`, application(one, one)])),
    });
    repository.write({ ...apps('a', 'a', 'b'), ...apps('b', 'a') });
    expect(planOf(await repository.check())).toEqual([
      'a kustomize  built',
      'a argo-cd b built',
      'a argo-cd a left-out `a` is built already where this is told: it goes round in a circle',
      'b argo-cd a left-out `a` is built already where this is told: it goes round in a circle',
      'charts/till helm  built',
    ]);
  });

  test('where nothing can be built, objects are taken as they are written', async () => {
    repository.write(OVERLAYS);
    const empty = new TestRepository({}, { helm: HELM });
    const { plan } = await repository.check(['.'], {}, empty.bin);
    empty.remove();
    expect(plan.map(({ path, state }) => `${path} ${state}`)).toEqual([
      'apps/base/release.yaml built',
      'apps/dev raw',
      'apps/prod raw',
    ]);
  });

  test('values of a generated ConfigMap have the places of their file', async () => {
    repository.write({
      'flux/kustomization.yaml':
        'resources: [till.yaml]\nconfigMapGenerator: [{ name: till, files: [values.yaml=values.yaml] }]\nconfigurations: [names.yaml]\n',
      'flux/names.yaml':
        'nameReference:\n  - kind: ConfigMap\n    version: v1\n    fieldSpecs: [{ path: spec/valuesFrom/name, kind: HelmRelease }]\n',
      'flux/till.yaml': RELEASE.replace(
        '  values:\n    target: http\n',
        '  valuesFrom: [{ kind: ConfigMap, name: till }]\n',
      ),
      'flux/values.yaml': '# of the till\ntarget: htpt\n',
    });
    expect(foundIn(await repository.check())).toEqual(['unresolved-target-port flux/values.yaml:2']);
  });
});

describe.skipIf(HELM === undefined)(`values of controllers${because('helm')}`, () => {
  const chart = (more: string): string =>
    RELEASE.replace('flux-system } } }', `flux-system }, ${more} } }`).replace(/ {2}values:[\s\S]*$/, '');

  test('`valuesFiles` of Flux take the place of what the chart itself says', async () => {
    repository.write({
      'charts/till/values.yaml': 'target: htpt\nother: 1\n',
      'charts/till/templates/app.yaml': webAppInBrackets('{{ .Values.target | default "http" }}'),
      'charts/till/prod.yaml': 'other: 2\n',
      'flux/till.yaml': chart('valuesFiles: [./charts/till/prod.yaml]'),
    });
    expect(foundIn(await repository.check(['flux', 'charts']))).toEqual([]);
    repository.write({ 'charts/till/prod.yaml': 'target: "80a"\n' });
    expect(foundIn(await repository.check(['flux', 'charts']))).toEqual([
      'unresolved-target-port charts/till/prod.yaml:1',
    ]);
  });

  test('files of values that are not there, or lie elsewhere, are told', async () => {
    repository.write({
      'argo/out.yaml': application(
        'out',
        'charts/till',
        '    helm: { valueFiles: [../../../../../../etc/passwd] }\n',
      ),
      'argo/file.yaml': application(
        'file',
        'charts/till',
        '    helm: { fileParameters: [{ name: a, path: b }] }\n',
      ),
      'flux/out.yaml': chart('valuesFiles: [../../../../../etc/passwd]'),
      'flux/none.yaml': chart('valuesFiles: [none.yaml]'),
      'flux/lenient.yaml': chart('valuesFiles: [none.yaml], ignoreMissingValuesFiles: true'),
    });
    const { plan } = await repository.check(['argo', 'flux']);
    expect(
      plan.map(({ path, state, reason = '' }) => `${path} ${state} ${reason}`.replace(/`\S*etc/, '`…etc')),
    ).toEqual([
      'argo/file.yaml left-out it has `fileParameters`, which are not followed',
      'argo/out.yaml left-out its values `…etc/passwd` are no file of this repository',
      'flux/lenient.yaml built ',
      'flux/none.yaml left-out its values `none.yaml` are no file of this repository',
      'flux/out.yaml left-out its values `…etc/passwd` are no file of this repository',
    ]);
  });

  test.each([
    [
      'a parameter',
      application(
        'a',
        'charts/till',
        '    helm:\n      parameters:\n        - { name: target, value: htpt }\n',
      ),
      11,
    ],
    [
      'a text of values',
      application('a', 'charts/till', '    helm:\n      values: |\n        # one\n        target: htpt\n'),
      12,
    ],
    [
      'the element of an ApplicationSet',
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all }\nspec:\n  generators:\n    - list:\n        elements:\n          - { name: a, target: htpt }\n  template:\n    metadata: { name: "{{name}}" }\n    spec:\n      source: { repoURL: a, path: charts/till, helm: { valuesObject: { target: "{{target}}" } } }\n`,
      8,
    ],
    [
      'the template of an ApplicationSet',
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all }\nspec:\n  generators:\n    - list: { elements: [{ name: a }] }\n  template:\n    metadata: { name: "{{name}}" }\n    spec:\n      source:\n        repoURL: a\n        path: charts/till\n        helm:\n          parameters:\n            - name: target\n              value: htpt\n`,
      16,
    ],
  ])('Argo CD: the way back to %s', async (_, text, line) => {
    repository.write({ 'argo/a.yaml': text });
    expect(foundIn(await repository.check())).toEqual([`unresolved-target-port argo/a.yaml:${line}`]);
  });

  test('a text that an ApplicationSet puts together stands in no file', async () => {
    repository.write({
      'argo/a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all }\nspec:\n  generators:\n    - list: { elements: [{ name: ht }] }\n  template:\n    metadata: { name: "{{name}}" }\n    spec:\n      source: { repoURL: a, path: charts/till, helm: { valuesObject: { target: "{{name}}pt" } } }\n`,
    });
    expect(foundIn(await repository.check())).toEqual([
      'unresolved-target-port charts/till/templates/app.yaml:13',
    ]);
  });

  test('a port in a Secret has its place, without its text', async () => {
    repository.write({
      'charts/till/values.yaml': 'port: 80\n',
      'charts/till/templates/app.yaml': webAppInBrackets('{{ .Values.port }}').replace(
        'containerPort: 80',
        'containerPort: 8080',
      ),
      'flux/till.yaml': RELEASE.replace(
        '  values:\n    target: http\n',
        '  valuesFrom: [{ kind: Secret, name: till }]\n',
      ),
      'flux/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: till }\nstringData:\n  values.yaml: |\n    password: xyzzy\n    port: 8081\n',
    });
    const report = await repository.check();
    expect(foundIn(report).join()).toContain('flux/secret.yaml:7');
    expect(JSON.stringify(report)).not.toContain('xyzzy');
  });
});
