import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM, KUBECTL } from '../../testing/renderers.ts';
import { TestRepository, writtenAt } from '../../testing/repository.ts';
import { webAppInBrackets } from '../../testing/web-app.ts';

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository({
    'apps/shop/kustomization.yaml': 'resources: [app.yaml]\n',
    'apps/shop/app.yaml': webAppInBrackets('${TARGET:=http}'),
    'charts/till/Chart.yaml': 'apiVersion: v2\nname: till\nversion: 1.0.0\n',
    'charts/till/values.yaml': 'target: http\n',
    'charts/till/templates/app.yaml': webAppInBrackets('{{ .Values.target }}'),
  });
});
afterEach(() => repository.remove());

const missing = KUBECTL === undefined ? because('kubectl') : because('helm');

describe.skipIf(KUBECTL === undefined || HELM === undefined)(`what a controller applies${missing}`, () => {
  test('Flux: a Kustomization with its namespace, patches and variables', async () => {
    repository.write({
      'clusters/prod/shop.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec:
  path: ./apps/shop
  targetNamespace: harbour
  postBuild: { substitute: { TARGET: htpt } }
  sourceRef: { kind: GitRepository, name: flux-system }
`,
    });
    const { plan, findings, links } = await repository.check(['apps', 'clusters']);
    expect(plan).toMatchObject([{ path: 'clusters/prod/shop.yaml', kind: 'flux', state: 'built' }]);
    expect(findings.map(({ rule }) => rule)).toEqual(['unresolved-target-port']);
    expect(links[0]?.from.resource.namespace).toBe('harbour');
  });

  test('Flux: from the root of a repository that lies in another', async () => {
    repository.write({
      'home/apps/till/kustomization.yaml': 'resources: [app.yaml]\n',
      'home/apps/till/app.yaml': webAppInBrackets('raw'),
      'home/clusters/prod/till.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: till, namespace: flux-system }
spec:
  path: ./apps/till
  patches: [{ target: { kind: Service }, patch: "- { op: replace, path: /spec/ports/0/targetPort, value: http }" }]
  sourceRef: { kind: GitRepository, name: flux-system }
`,
    });
    const { plan, findings } = await repository.check(['home']);
    expect(plan).toMatchObject([{ path: 'home/clusters/prod/till.yaml', kind: 'flux', state: 'built' }]);
    expect(findings).toEqual([]);
  });

  test('Flux: a HelmRelease with a chart of the repository and its own values', async () => {
    repository.write({
      'clusters/prod/till.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: till, namespace: harbour }
spec:
  chart: { spec: { chart: ./charts/till, sourceRef: { kind: GitRepository, name: flux-system } } }
  values: { target: htpt }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: redis, namespace: harbour }
spec:
  chart: { spec: { chart: redis, sourceRef: { kind: HelmRepository, name: bitnami } } }
`,
    });
    const { plan, findings } = await repository.check(['charts', 'clusters']);
    expect(plan.map(({ state, reason = '' }) => `${state} ${reason}`)).toEqual([
      'built ',
      'left-out its chart `redis` is that of HelmRepository `bitnami`, which is not fetched',
    ]);
    expect(findings.map(({ rule, message }) => `${rule} ${message.slice(0, 21)}`)).toEqual([
      'unresolved-target-port Service `harbour/web`',
    ]);
  });

  test('Argo CD: an Application of a folder, whatever it holds', async () => {
    const application = (name: string, source: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  destination: { namespace: ${name}-space }
  source: ${source}
---
`;
    repository.write({
      'argo/apps.yaml': [
        application('till', '{ path: charts/till, repoURL: a, helm: { valuesObject: { target: htpt } } }'),
        application('shop', '{ path: apps/shop, repoURL: a, kustomize: { namePrefix: my- } }'),
        application('far', '{ path: nowhere, repoURL: https://example.com/far.git }'),
      ].join(''),
    });
    const { plan, links } = await repository.check();
    expect(plan.map(({ kind, state, reason = '' }) => `${kind} ${state} ${reason}`).sort()).toEqual([
      'argo-cd built ',
      'argo-cd built ',
      'argo-cd left-out `nowhere` lies elsewhere',
    ]);
    const services = new Set(links.map(({ from: { resource } }) => `${resource.namespace}/${resource.name}`));
    expect([...services]).toEqual(expect.arrayContaining(['till-space/web', 'shop-space/my-web']));
  });

  /** Where the first finding's first label was written, after its rule. */
  const places = async (files: Record<string, string>): Promise<string[]> => {
    repository.write(files);
    const { findings } = await repository.check();
    return findings.map((finding) => `${finding.rule} ${writtenAt(finding)}`);
  };
  const release = (spec: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: till, namespace: harbour }\nspec:\n  chart: { spec: { chart: ./charts/till, sourceRef: { kind: GitRepository, name: flux-system } } }\n${spec}`;
  const configMap = (name: string, data: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n${data}`;

  describe('the way back to values that no file of their own holds', () => {
    test.each([
      ['a HelmRelease', { 'flux/till.yaml': release('  values:\n    target: htpt\n') }, 'flux/till.yaml:7'],
      [
        'a ConfigMap that a HelmRelease names',
        {
          'flux/till.yaml': release('  valuesFrom: [{ kind: ConfigMap, name: till }]\n'),
          'flux/values.yaml': configMap('till', '  values.yaml: |\n    # of the till\n    target: htpt\n'),
        },
        'flux/values.yaml:7',
      ],
      [
        'a file that a generator puts into a ConfigMap',
        {
          'flux/till.yaml': release('  valuesFrom: [{ kind: ConfigMap, name: till }]\n'),
          'flux/kustomization.yaml':
            'resources: [till.yaml]\nconfigMapGenerator: [{ name: till, files: [values.yaml=till-values.yaml] }]\n',
          'flux/till-values.yaml': 'target: htpt\n',
        },
        'flux/till-values.yaml:1',
      ],
      [
        'the later of two',
        {
          'flux/till.yaml': release(
            '  valuesFrom: [{ kind: ConfigMap, name: till }]\n  values: { other: http, target: htpt }\n',
          ),
          'flux/values.yaml': configMap('till', '  values.yaml: "target: http"\n'),
        },
        'flux/till.yaml:7',
      ],
      [
        'an Application',
        {
          'argo/till.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: till }\nspec:\n  source:\n    path: charts/till\n    repoURL: a\n    helm:\n      valuesObject:\n        target: htpt\n',
        },
        'argo/till.yaml:10',
      ],
      [
        'values of a file of another source of the same repository',
        {
          'argo/till.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: till }\nspec:\n  sources:\n    - { path: charts/till, repoURL: a, helm: { valueFiles: [$prod/envs/prod.yaml] } }\n    - { ref: prod, repoURL: a }\n',
          'envs/prod.yaml': 'target: htpt\n',
        },
        'envs/prod.yaml:1',
      ],
    ])('%s', async (_, files, place) => {
      expect(await places(files)).toEqual([`unresolved-target-port ${place}`]);
    });
  });

  test('Flux: what the repository does not hold is told, not guessed', async () => {
    repository.write({
      'flux/till.yaml': release('  valuesFrom: [{ kind: Secret, name: elsewhere }]\n'),
      'flux/oci.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: a }\nspec: { chartRef: { kind: OCIRepository, name: podinfo } }\n',
      'flux/artifact.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: b }\nspec: { path: ./apps/shop, sourceRef: { kind: OCIRepository, name: apps } }\n',
      'flux/other.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system }\nspec: { url: ssh://git@example.com/acme/home.git }\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: far }\nspec: { url: https://example.com/acme/far }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: c }\nspec: { path: ./apps/shop, sourceRef: { kind: GitRepository, name: far } }\n',
      'flux/patch.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: till }\nspec: { values: { target: htpt } }\n',
    });
    const { plan } = await repository.check(['flux']);
    expect(plan.find(({ path }) => path === 'flux/oci.yaml')?.help).toContain('`helm template`');
    expect(plan.map(({ path, state, reason }) => `${path} ${state}: ${reason}`)).toEqual([
      'flux/artifact.yaml left-out: its files are those of OCIRepository `apps`, which is not fetched',
      'flux/oci.yaml left-out: its chart is that of OCIRepository `podinfo`, which is not fetched',
      'flux/other.yaml left-out: `./apps/shop` is a folder of GitRepository `far`, another repository',
      'flux/till.yaml left-out: its values come from Secret `elsewhere`, of which the repository does not hold them',
    ]);
  });

  test('Flux: of a Secret nothing but numbers and switches is handed on', async () => {
    repository.write({
      'charts/till/templates/secret.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: {{ .Values.word | quote }}, b: {{ .Values.host | quote }}, c: {{ .Values.port | quote }} }\n',
      'flux/till.yaml': release(
        '  valuesFrom: [{ kind: Secret, name: till }, { kind: Secret, name: till, valuesKey: w, targetPath: word }]\n',
      ),
      'flux/secret.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: { name: till }\nstringData:\n  values.yaml: "port: 8080\\nhost: xyzzy-host\\n"\n  w: xyzzy-word\n',
    });
    const { sources } = await repository.check();
    const texts = sources.filter(({ kind }) => kind === 'helm').map(({ path }) => repository.textOf(path));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('8080');
    expect(texts[0]).not.toContain('xyzzy');
  });

  test('Flux: components, and variables of ConfigMaps and Secrets', async () => {
    const kustomization = (more: string): string =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./apps/shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n${more}`;
    repository.write({
      'apps/shop/app.yaml': webAppInBrackets('${TARGET:=http}${PORT}'),
      'apps/parts/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ target: { kind: Service }, patch: "- { op: replace, path: /spec/ports/0/port, value: 8080 }" }]\n',
      'flux/shop.yaml': kustomization(
        '  components: [../parts]\n  postBuild:\n    substituteFrom: [{ kind: ConfigMap, name: vars }, { kind: Secret, name: keys }]\n',
      ),
      'flux/vars.yaml': configMap('vars', '  TARGET: htpt\n'),
      'flux/keys.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\ndata: { PORT: ODA= }\n',
    });
    const { findings, chains } = await repository.check();
    expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining('`htpt80`')]);
    expect(chains.map(({ entry }) => entry.port)).toContain(8080);

    // What is not known may be another value than the default.
    repository.write({
      'flux/shop.yaml': kustomization(
        '  postBuild:\n    substitute: { PORT: "80" }\n    substituteFrom: [{ kind: Secret, name: elsewhere }]\n',
      ),
    });
    const { links } = await repository.check(['apps', 'flux']);
    expect(links.filter(({ kind }) => kind === 'target-port').map(({ state }) => state)).toEqual([
      'unproved',
    ]);
  });

  describe('Argo CD: an ApplicationSet', () => {
    const set = (generators: string, path: string, more = ''): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: all }\nspec:\n${more}  generators: ${generators}\n  template:\n    metadata: { name: "x" }\n    spec:\n      destination: { namespace: '${path.includes('.path') ? '{{.path.basename}}' : path.includes('{{path') ? '{{path.basename}}' : '{{space}}'}' }\n      source: { repoURL: a, path: '${path}', helm: { valuesObject: { target: http } } }\n`;

    test.each([
      [
        'of a list',
        set(
          '[{ list: { elements: [{ space: one, dir: till }, { space: two, dir: till }] } }]',
          'charts/{{dir}}',
        ),
        ['one/web', 'two/web'],
      ],
      [
        'of folders',
        set(
          '[{ git: { repoURL: a, directories: [{ path: charts/* }, { path: charts/old, exclude: true }] } }]',
          '{{path}}',
        ),
        ['till/web'],
      ],
      [
        'of folders, as a Go template',
        set(
          '[{ git: { repoURL: a, directories: [{ path: charts/t* }] } }]',
          '{{ .path.path }}',
          '  goTemplate: true\n',
        ),
        ['till/web'],
      ],
      [
        'of files',
        set('[{ git: { repoURL: a, files: [{ path: "envs/**/app.yaml" }] } }]', 'charts/{{app.dir}}'),
        ['three/web'],
      ],
      [
        'of a matrix',
        set(
          '[{ matrix: { generators: [{ git: { repoURL: a, directories: [{ path: charts/t* }] } }, { list: { elements: [{ space: a }, { space: "{{path.basename}}-b" }] } }] } }]',
          '{{ path }}',
        ).replace("'{{path.basename}}'", "'{{space}}'"),
        ['a/web', 'till-b/web'],
      ],
    ])('%s', async (_, text, services) => {
      repository.write({
        'charts/old/readme.md': 'gone\n',
        'envs/eu/three/app.yaml': 'space: three\napp: { dir: till }\n',
        'argo/set.yaml': text.replace('{{ path }}', '{{path}}'),
      });
      const { plan, links, findings } = await repository.check(['argo', 'charts']);
      expect(plan.filter(({ state }) => state !== 'built')).toEqual([]);
      const found = new Set(links.map(({ from: { resource } }) => `${resource.namespace}/${resource.name}`));
      expect([...found].sort()).toEqual(services);
      expect(findings).toEqual([]);
    });

    test.each([
      ['[{ clusters: {} }]', '{{path}}', 'generator `clusters` asks what is not in the repository'],
      [
        '[{ list: { elements: [{ dir: till }] } }]',
        '{{nothing}}',
        'nothing in the repository says what `{{nothing}}` is',
      ],
      [
        '[{ git: { repoURL: a, directories: [{ path: none/* }] } }]',
        '{{path}}',
        "no folder or file of the repository is one of its Git generator's",
      ],
    ])('that others decide is told: %s', async (generators, path, reason) => {
      repository.write({ 'argo/set.yaml': set(generators, path).replace(/destination: .*/, 'project: a') });
      const { plan } = await repository.check(['argo']);
      expect(plan).toMatchObject([{ state: 'left-out', reason: `it is not followed: ${reason}` }]);
    });

    test('for several clusters has a set for each', async () => {
      repository.write({
        'argo/set.yaml': set(
          '[{ list: { elements: [{ space: prod, c: eu }, { space: prod, c: us }] } }]',
          'charts/till',
        ).replace('destination: {', "destination: { name: '{{c}}',"),
      });
      const { sets, findings } = await repository.check(['argo', 'charts']);
      expect(sets.map(({ name }) => name)).toEqual(['.', 'argo (eu)', 'argo (us)']);
      expect(findings).toEqual([]);
    });
  });
});
