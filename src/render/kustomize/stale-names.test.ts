import { expect, test } from 'vitest';
import { because, KUBECTL } from '../../testing/renderers.ts';
import { TestRepository } from '../../testing/repository.ts';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';
const ROUTE =
  'apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: web }\nspec: { to: { kind: Service, name: web } }\n';

test.skipIf(KUBECTL === undefined)(
  `of overlays that are built together each route is told the name of its own${because('kubectl')}`,
  async () => {
    const repository = new TestRepository({
      'base/kustomization.yaml': 'resources: [service.yaml, route.yaml]\n',
      'base/service.yaml': SERVICE,
      'base/route.yaml': ROUTE,
      'prod/kustomization.yaml': 'nameSuffix: -prod\nresources: [../base]\n',
      'stage/kustomization.yaml': 'nameSuffix: -stage\nresources: [../base]\n',
      'all/kustomization.yaml': 'resources: [../prod, ../stage]\n',
    });
    try {
      const { findings } = await repository.check(['all']);
      expect(
        findings
          .filter(({ rule }) => rule === 'stale-kustomize-reference')
          .map(({ message }) => message)
          .sort(),
      ).toEqual([
        'Route `default/web-prod` sends traffic to Service `web`, which the kustomization calls `web-prod`',
        'Route `default/web-stage` sends traffic to Service `web`, which the kustomization calls `web-stage`',
      ]);
    } finally {
      repository.remove();
    }
  },
);
