import { describe, expect, test } from 'vitest';
import { check } from '../engine/check.ts';
import { allRules } from '../rules/index.ts';
import { sourcesOf } from '../testing/test-rule.ts';

/** Rules that say something, and the states of the links that a Service starts. */
function told(files: Record<string, string>): { findings: string[]; states: string[] } {
  const { sets } = check(sourcesOf(files), { rules: allRules });
  return {
    findings: sets.flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
    ),
    states: sets.flatMap(({ graph }) => graph.targetPorts.map(({ state }) => state)),
  };
}

const service = (name = 'web', namespace = 'shop'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }
`;
const deployment = (name = 'web', namespace = 'shop'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: example.com/web }] }
`;
const app = `${service()}---${deployment()}`;
const base = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': app };
const overlay = (more: string): Record<string, string> => ({
  ...base,
  'prod/kustomization.yaml': `resources: [../base]\n${more}`,
});
const WRONG = { findings: ['unresolved-target-port'], states: ['broken'] };
const OPEN = { findings: [], states: ['unproved'] };

test('without a kustomization, and with one that changes nothing, the fault is told', () => {
  expect(told({ 'web.yaml': app })).toEqual(WRONG);
  expect(told(overlay(''))).toEqual(WRONG);
});

describe('what is changed proves nothing until it is built', () => {
  test.each([
    [
      'an inline patch',
      'patches: [{ patch: "kind: Deployment\\nmetadata: { name: web }\\nspec: { x: 1 }\\n" }]\n',
    ],
    [
      'a patch for a target',
      'patches: [{ target: { kind: Deployment, name: web }, patch: "- { op: add, path: /spec/template/spec/containers/0/ports, value: [] }" }]\n',
    ],
    [
      'a patch for whatever a pattern names',
      'patches: [{ target: { name: "w.*" }, patch: "- { op: add, path: /spec/ports/0/port, value: 1 }" }]\n',
    ],
    [
      'a strategic merge',
      'patchesStrategicMerge: ["kind: Service\\nmetadata: { name: web }\\nspec: { ports: [] }\\n"]\n',
    ],
    ['a patch that the input does not hold', 'patches: [{ path: elsewhere.yaml }]\n'],
    [
      'a replacement',
      'replacements: [{ source: { kind: X }, targets: [{ select: { kind: Deployment }, fieldPaths: [spec] }] }]\n',
    ],
    ['replacements in a file', 'replacements: [{ path: more.yaml }]\n'],
    ['another image', 'images: [{ name: example.com/web, newName: example.com/other }]\n'],
    ['a transformer', 'transformers: [more.yaml]\n'],
  ])('%s', (_, more) => expect(told(overlay(more))).toEqual(OPEN));

  test('a patch in a file', () => {
    const patch =
      'kind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, ports: [] }] } } }\n';
    expect(told({ ...overlay('patches: [{ path: ports.yaml }]\n'), 'prod/ports.yaml': patch })).toEqual(OPEN);
  });

  test('a component', () => {
    const component =
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{ target: { kind: Service }, patch: "- { op: add, path: /spec/ports/0/name, value: a }" }]\n';
    expect(told({ ...overlay('components: [../ports]\n'), 'ports/kustomization.yaml': component })).toEqual(
      OPEN,
    );
  });

  test('by way of another kustomization', () => {
    const files = {
      ...overlay(''),
      'all/kustomization.yaml': 'resources: [../prod]\npatches: [{ target: { kind: Deployment } }]\n',
    };
    expect(told(files)).toEqual(OPEN);
  });

  test.each(['apps', './apps/', './'])('a patch of Flux for %s', (path) => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps }\nspec: { path: ${path}, patches: [{ target: { kind: Deployment }, patch: "- { op: remove, path: /spec/x }" }] }\n`;
    expect(told({ 'apps/web.yaml': app, 'flux/apps.yaml': flux })).toEqual(OPEN);
  });
});

const argo = (source: string, kind = 'Application'): string => {
  const spec = `{ destination: { namespace: shop }, ${source} }`;
  return `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata: { name: apps }\nspec: ${kind === 'Application' ? spec : `{ generators: [], template: { spec: ${spec} } }`}\n`;
};
const patchOf = (kind: string): string =>
  `kustomize: { patches: [{ target: { kind: ${kind} }, patch: "- { op: add, path: /spec/x, value: 1 }" }] }`;

describe('a patch of Argo CD', () => {
  test.each([
    ['one source', `source: { path: apps, ${patchOf('Deployment')} }`, 'Application'],
    ['several sources', `sources: [{ chart: x }, { path: ./apps/, ${patchOf('Service')} }]`, 'Application'],
    ['the root', `source: { path: ., ${patchOf('Service')} }`, 'Application'],
    ['a set', `source: { path: apps, ${patchOf('Service')} }`, 'ApplicationSet'],
  ])('%s', (_, source, kind) =>
    expect(told({ 'apps/web.yaml': app, 'argo/apps.yaml': argo(source, kind) })).toEqual(OPEN),
  );

  test.each([
    ['of another folder', `source: { path: other, ${patchOf('Service')} }`],
    ['of another kind', `source: { path: apps, ${patchOf('Ingress')} }`],
    ['that is none', 'source: { path: apps, kustomize: { version: v5 } }'],
  ])('%s', (_, source) =>
    expect(told({ 'apps/web.yaml': app, 'argo/apps.yaml': argo(source) })).toEqual(WRONG),
  );
});

test.each(['labels: [{ pairs: { app: web }, includeSelectors: true }]', 'commonLabels: { app: web }'])(
  '%s gives a selector to what has none',
  (labels) => {
    const files = {
      'web.yaml': app
        .replace('  selector: { matchLabels: { app: web } }\n', '')
        .replace('metadata: { labels: { app: web } }', '')
        .replace('selector: { app: web }, ', ''),
    };
    expect(told(files).findings).toEqual(expect.arrayContaining(['refused-field', 'orphaned-service']));
    expect(told({ ...files, 'kustomization.yaml': `resources: [web.yaml]\n${labels}\n` }).findings).toEqual(
      [],
    );
  },
);

describe('what is not changed stays proved', () => {
  test.each([
    [
      'a patch of another object',
      'patches: [{ patch: "kind: Deployment\\nmetadata: { name: db }\\nspec: { x: 1 }\\n" }]\n',
    ],
    ['a patch of another kind', 'patches: [{ target: { kind: Ingress } }]\n'],
    [
      'a patch of nothing that a port hangs on',
      'patches: [{ target: { kind: Deployment }, patch: "- { op: replace, path: /spec/replicas, value: 3 }" }]\n',
    ],
    [
      'resources for a container',
      'patches: [{ patch: "kind: Deployment\\nmetadata: { name: web }\\nspec: { template: { spec: { containers: [{ name: web, resources: { limits: { memory: 1Gi } } }] } } }\\n" }]\n',
    ],
    ['another tag', 'images: [{ name: example.com/web, newTag: "2" }]\n'],
  ])('%s', (_, more) => expect(told(overlay(more))).toEqual(WRONG));

  test('what lies beside the base', () => {
    const files = {
      ...overlay('patches: [{ target: { kind: Deployment } }]\n'),
      'other/web.yaml': app.replaceAll('web', 'api'),
    };
    expect(told(files).findings).toEqual(['unresolved-target-port']);
  });

  test('a kustomization that takes in itself ends', () => {
    expect(told({ 'web.yaml': app, 'kustomization.yaml': 'resources: [web.yaml, ., ../x]\n' })).toEqual(
      WRONG,
    );
  });
});

test.each(['namespace: shop', 'namePrefix: dev-'])('%s moves what is taken in', (more) => {
  const { findings } = told({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': `${service('web', 'left-over')}---${deployment()}`,
    'prod/kustomization.yaml': `resources: [../base]\n${more}\n`,
  });
  expect(findings).toEqual([]);
});

test('labels that are added may be those that are selected', () => {
  const selecting = app.replace('{ app: web }', '{ app: web, tier: front }');
  expect(told({ 'web.yaml': selecting }).findings).toEqual(['unmatched-selector']);
  const labels = 'labels: [{ pairs: { tier: front }, includeTemplates: true }]\n';
  expect(
    told({ 'kustomization.yaml': `resources: [web.yaml]\n${labels}`, 'web.yaml': selecting }).findings,
  ).toEqual([]);
});

test.each([
  'kustomize.toolkit.fluxcd.io/ssa: Override',
  'argocd.argoproj.io/sync-options: "ServerSideApply=true,Validate=false"',
])('a piece of an object proves nothing: %s', (annotation) => {
  const piece = service().replace('namespace: shop }', `namespace: shop, annotations: { ${annotation} } }`);
  expect(told({ 'web.yaml': `${piece}---${deployment()}` })).toEqual(OPEN);
});

test('what a test expects of an object that something else makes proves nothing', () => {
  for (const path of ['e2e/00-assert.yaml', 'assert.yaml', 'e2e/assert-web.yaml', 'e2e/01-errors.yaml'])
    expect(told({ [path]: app })).toEqual(OPEN);
  expect(told({ 'assertive.yaml': app })).toEqual(WRONG);
  expect(told({ 'errors.yaml': app })).toEqual(WRONG);
});

describe('a name that a kustomization writes is not refused', () => {
  const refused = { 'apps/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: _ }\n' };
  test('but one that stays is', () => {
    expect(told(refused).findings).toEqual(['refused-value']);
    const taken = { 'apps/kustomization.yaml': 'resources: [namespace.yaml]\n' };
    expect(told({ ...refused, ...taken }).findings).toEqual(['refused-value']);
  });

  test.each([
    'kind: Kustomization\nnamespace: shop',
    'kind: Kustomization\nnamePrefix: shop',
    'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1',
  ])('%s', (head) => {
    const taken = { 'apps/kustomization.yaml': `${head}\nresources: [namespace.yaml]\n` };
    expect(told({ ...refused, ...taken }).findings).toEqual([]);
  });
});

describe('what is called a patch and lacks what an object must have is none', () => {
  const patch = deployment().replace('  selector: { matchLabels: { app: web } }\n', '');
  test.each(['config/manager_image_patch.yaml', 'kind/patches/web.yaml', 'patch-web.yaml', 'web.patch.yaml'])(
    '%s',
    (path) => expect(told({ [path]: patch })).toEqual({ findings: [], states: [] }),
  );

  test('by another name it is an object, as is a whole one by that name', () => {
    expect(told({ 'dispatch.yaml': patch }).findings).toEqual(['refused-field']);
    expect(told({ 'web-patch.yaml': app })).toEqual(WRONG);
  });
});
