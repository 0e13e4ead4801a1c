import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { because, HELM, KUBECTL } from '../src/testing/renderers.ts';
import { TestRepository } from '../src/testing/repository.ts';

const SAID = 'portolan-ignore unresolved-target-port -- next week';

const APP = (targetPort: string): string => `apiVersion: apps/v1
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
            - name: http
              containerPort: 80
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: ${targetPort}
`;
const BASE = (app: string, overlay = 'resources: [../base]\nnamePrefix: prod-\n') => ({
  'base/kustomization.yaml': 'resources: [app.yaml]\n',
  'base/app.yaml': app,
  'prod/kustomization.yaml': overlay,
});
const CHART = (values: string, app: string) => ({
  'till/Chart.yaml': 'apiVersion: v2\nname: till\nversion: 1.0.0\n',
  'till/values.yaml': values,
  'till/templates/app.yaml': app,
});
const PATCH =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 80\n      targetPort: htpt';

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository();
});
afterEach(() => repository.remove());

const missing = KUBECTL === undefined ? because('kubectl') : because('helm');

describe.skipIf(KUBECTL === undefined || HELM === undefined)(`an ignore of what is built${missing}`, () => {
  test.each<[string, Record<string, string>]>([
    ['in the base', BASE(APP(`htpt # ${SAID}`))],
    ['at the other end, in the base', BASE(APP('htpt').replace('name: http', `name: http # ${SAID}`))],
    [
      'in the file of a patch',
      {
        ...BASE(APP('http'), 'resources: [../base]\npatches: [{ path: patch.yaml }]\n'),
        'prod/patch.yaml': `${PATCH} # ${SAID}\n`,
      },
    ],
    [
      'in a patch in place',
      BASE(
        APP('http'),
        `resources: [../base]\npatches:\n  - target: { kind: Service }\n    patch: |-\n      - op: replace\n        path: /spec/ports/0/targetPort\n        value: htpt # ${SAID}\n`,
      ),
    ],
    ['in a template, of its own text', CHART('a: b\n', APP(`htpt # ${SAID}`))],
    ['in a template, of a value', CHART('target: htpt\n', APP(`{{ .Values.target }} # ${SAID}`))],
    ['in the values of a chart', CHART(`# ${SAID}\ntarget: htpt\n`, APP('{{ .Values.target }}'))],
    [
      'in the values of a HelmRelease',
      {
        ...CHART('target: http\n', APP('{{ .Values.target }}')),
        'flux/till.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: till, namespace: harbour }\nspec:\n  chart: { spec: { chart: ./till, sourceRef: { kind: GitRepository, name: flux-system } } }\n  values:\n    target: htpt # ${SAID}\n`,
      },
    ],
    [
      'as an annotation that a patch adds',
      BASE(
        APP('htpt'),
        'resources: [../base]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: Service\n      metadata: { name: web, annotations: { ignore.portolan.dev/unresolved-target-port: next week } }\n',
      ),
    ],
  ])('%s', async (_, files) => {
    repository.write(files);
    const { findings, ignores } = await repository.check();
    expect(findings.map(({ rule, ignored }) => `${rule} ${ignored?.reason}`)).toEqual([
      'unresolved-target-port next week',
    ]);
    expect(ignores.filter(({ wrong }) => wrong !== undefined)).toEqual([]);
  });
});
