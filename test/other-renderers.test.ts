import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { Report } from '../src/report/report.ts';
import { HELM, HELM3, KUBECTL, KUSTOMIZE } from '../src/testing/renderers.ts';
import { type Programs, TestRepository } from '../src/testing/repository.ts';
import { webApp } from '../src/testing/web-app.ts';

/** All that is found out, places and all, without the name of the program. */
const foundIn = ({ plan, findings, links, chains, errors }: Report) => ({
  plan: plan.map(({ path, state }) => `${path} ${state}`),
  findings,
  links,
  chains,
  errors: errors.map(({ path }) => path),
});

/** @returns what is found out with the first programs, once with the others it is the same */
async function same(
  files: Readonly<Record<string, string>>,
  [usual, other]: readonly [Programs, Programs],
  make: (repository: TestRepository) => void = () => {},
): Promise<ReturnType<typeof foundIn>> {
  const reports: ReturnType<typeof foundIn>[] = [];
  for (const programs of [usual, other]) {
    const repository = new TestRepository(files, programs);
    try {
      make(repository);
      reports.push(foundIn(await repository.check(['.'], { vary: true })));
    } finally {
      repository.remove();
    }
  }
  expect(reports[1]).toEqual(reports[0]);
  return reports[0]!;
}

const noHelm3 = HELM3 === undefined || HELM === undefined;

describe.skipIf(noHelm3)(
  `Helm 3 as Helm 4${noHelm3 ? ' (skipped: no Helm 3; `node scripts/renderers.mjs --from-go` builds one)' : ''}`,
  () => {
    const programs = [{ helm: HELM }, { helm: HELM3 }] as const;
    const CHART = {
      'till/Chart.yaml': 'apiVersion: v2\nname: till\nversion: 1.0.0\n',
      'till/values.yaml': 'target: http\nport: 80\n',
      'till/templates/app.yaml': webApp('{{ .Values.target }}').replace(
        'port: 80',
        'port: {{ .Values.port }}',
      ),
    };

    test('a chart that is broken', async () => {
      const { findings } = await same({ ...CHART, 'till/values.yaml': 'target: htpt\nport: 80\n' }, programs);
      expect(findings.map(({ rule, labels }) => `${rule} ${labels[0]?.origin?.path}`)).toEqual([
        'unresolved-target-port till/values.yaml',
      ]);
    });

    test('a chart that is refused', async () => {
      const { errors } = await same({ ...CHART, 'till/templates/no.yaml': 'a: {{ fail "no" }}\n' }, programs);
      expect(errors).toEqual(['till/templates/no.yaml']);
    });

    test('the values of a HelmRelease, and what `helm create` makes', async () => {
      const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: till, namespace: harbour }
spec:
  chart: { spec: { chart: ./till, sourceRef: { kind: GitRepository, name: flux-system } } }
  values:
    target: htpt
`;
      const create = ({ folder, root }: TestRepository): void =>
        void execFileSync(HELM!, ['create', 'made'], { cwd: folder, env: { PATH: '', HOME: root } });
      const { findings } = await same({ ...CHART, 'flux/till.yaml': release }, programs, create);
      expect(findings.map(({ rule, labels }) => `${rule} ${labels[0]?.origin?.path}`)).toContain(
        'unresolved-target-port flux/till.yaml',
      );
      expect(findings.map(({ rule }) => rule)).toContain('coupled-chart-port');
    });
  },
);

const noKustomize = KUSTOMIZE === undefined || KUBECTL === undefined;

describe.skipIf(noKustomize)(
  `kustomize as kubectl kustomize${noKustomize ? ' (skipped: no kustomize; `node scripts/renderers.mjs --from-go` builds one)' : ''}`,
  () => {
    const programs = [{ kubectl: KUBECTL }, { kustomize: KUSTOMIZE, kubectl: '/nonexistent' }] as const;
    const BASE = { 'base/kustomization.yaml': 'resources: [app.yaml]\n', 'base/app.yaml': webApp('http') };

    test.each([
      ['a patch', 'namePrefix: a-\npatches: [{ target: { kind: Service }, path: patch.yaml }]\n'],
      ['a component', 'components: [../part]\nlabels: [{ pairs: { a: b }, includeSelectors: true }]\n'],
      [
        'what is refused',
        'patches: [{ target: { kind: Service }, path: patch.yaml }, { path: none.yaml }]\n',
      ],
      [
        'files outside',
        'images: [{ name: nginx, newTag: "1.28" }]\nconfigMapGenerator: [{ name: c, files: [../base/app.yaml] }]\n',
      ],
    ])('%s', async (_, overlay) => {
      const { plan } = await same(
        {
          ...BASE,
          'prod/kustomization.yaml': `resources: [../base]\n${overlay}`,
          'prod/patch.yaml': '- { op: replace, path: /spec/ports/0/targetPort, value: htpt }\n',
          'prod/none.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: none }\n',
          'part/kustomization.yaml':
            'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ target: { kind: Service }, patch: "- { op: replace, path: /spec/ports/0/targetPort, value: htpt }" }]\n',
        },
        programs,
      );
      expect(plan).toHaveLength(overlay.includes('components') ? 1 : 2);
    });
  },
);
