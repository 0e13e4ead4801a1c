import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM, KUBECTL } from '../../testing/renderers.ts';
import { TestRepository } from '../../testing/repository.ts';

const APP = (targetPort: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.27", ports: [{ name: http, containerPort: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: "${targetPort}" }] }
`;

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository({
    'apps/shop/kustomization.yaml': 'resources: [app.yaml]\n',
    'apps/shop/app.yaml': APP('${TARGET:=http}'),
    'charts/till/Chart.yaml': 'apiVersion: v2\nname: till\nversion: 1.0.0\n',
    'charts/till/values.yaml': 'target: http\n',
    'charts/till/templates/app.yaml': APP('{{ .Values.target }}'),
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
      'home/apps/till/app.yaml': APP('raw'),
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
      'left-out its chart `redis` lies elsewhere',
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
});
