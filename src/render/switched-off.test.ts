import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../report/report.ts';
import { hints } from '../report/text/summary.ts';
import { because, KUBECTL } from '../testing/renderers.ts';
import { TestRepository } from '../testing/repository.ts';

/** Its Service asks for a port that no container has. */
const broken = (name: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: metrics }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: example.com/web, ports: [{ name: http, containerPort: 80 }] }] }
`;
const flux = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const WEB = { 'web/kustomization.yaml': 'resources: [app.yaml]\n', 'web/app.yaml': broken('web') };

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository();
});
afterEach(() => repository.remove());

const leftOut = ({ plan }: Report): string[] =>
  plan.filter(({ state }) => state === 'left-out').map(({ path, reason }) => `${path}: ${reason}`);
const told = ({ findings }: Report): string[] => findings.map(({ rule }) => rule);

describe.skipIf(KUBECTL === undefined)(`what a kustomization lists in a comment${because('kubectl')}`, () => {
  test.each([
    '# - metrics.yaml',
    '#- metrics.yaml',
    '  #  - ./metrics.yaml  # not yet',
    '#- "metrics.yaml"',
    '# - path: metrics.yaml',
    '## - ../k/metrics.yaml',
  ])('as %s, is a file that nobody applies', async (line) => {
    repository.write({
      'k/kustomization.yaml': `resources:\n- other.yaml\n${line}\n`,
      'k/other.yaml': broken('other').replace('metrics', 'http'),
      'k/metrics.yaml': broken('metrics'),
    });
    const report = await repository.check();
    expect(leftOut(report)).toEqual(['k/metrics.yaml: commented out in k/kustomization.yaml:3']);
    expect(told(report)).toEqual([]);
  });

  test.each(['# see metrics.yaml', '# metrics.yaml - for later', '# - metrics.yaml is for later'])(
    'is no file that is spoken of: %s',
    async (line) => {
      repository.write({
        'k/kustomization.yaml': `${line}\nresources: [other.yaml]\n`,
        'k/other.yaml': broken('other').replace('metrics', 'http'),
        'k/metrics.yaml': broken('metrics'),
      });
      const report = await repository.check();
      expect(leftOut(report)).toEqual([]);
      expect(told(report)).toEqual(['unresolved-target-port']);
    },
  );

  test('is told after the check where it is a root of its own', async () => {
    repository.write({
      ...WEB,
      'all/kustomization.yaml': '# - ../web\nresources: [own.yaml]\n',
      'all/own.yaml': broken('own').replace('metrics', 'http'),
    });
    expect(hints(await repository.check())[0]).toBe(
      'web is not built: commented out in all/kustomization.yaml:1; `portolan check web` checks it all the same (`--plan` tells of each)',
    );
  });

  test('is applied where another one takes it in, and checked where the user names it', async () => {
    repository.write({
      ...WEB,
      'all/kustomization.yaml': '# - ../web\n# - ../web/app.yaml\nresources: [own.yaml]\n',
      'all/own.yaml': broken('own').replace('metrics', 'http'),
    });
    expect(leftOut(await repository.check())).toEqual(['web: commented out in all/kustomization.yaml:1']);
    expect(told(await repository.check())).toEqual([]);
    expect(told(await repository.check(['all', 'web']))).toEqual(['unresolved-target-port']);
    repository.write({ 'prod/kustomization.yaml': 'resources: [../web]\n' });
    const taken = await repository.check();
    expect([leftOut(taken), told(taken)]).toEqual([[], ['unresolved-target-port']]);
  });

  test('is applied where a controller tells of it', async () => {
    repository.write({
      ...WEB,
      'all/kustomization.yaml': 'resources: []\n# - ../web\n',
      'flux.yaml': flux('./web'),
    });
    const report = await repository.check();
    expect([leftOut(report), told(report)]).toEqual([[], ['unresolved-target-port']]);
  });

  test('and tells a controller of a folder: nobody applies that either', async () => {
    repository.write({
      ...WEB,
      'all/kustomization.yaml': 'resources: []\n# - web.yaml\n',
      'all/web.yaml': flux('./web'),
    });
    const report = await repository.check();
    expect(leftOut(report)).toEqual([
      'all/web.yaml: commented out in all/kustomization.yaml:2',
      'web: `all/web.yaml` alone tells of it, and is not applied itself',
    ]);
    expect(told(report)).toEqual([]);
  });
});
