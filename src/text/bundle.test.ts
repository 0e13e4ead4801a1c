import { describe, expect, test } from 'vitest';
import { areNear, areNeighbours } from './bundle.ts';
import type { Bundle, SourceFile } from './source.ts';

const at = (path: string, bundle?: Bundle): { readonly source: SourceFile } => ({
  source: { path, kind: 'file', text: '', editable: true, ...(bundle ? { bundle } : {}) },
});
const chart = (path: string): Bundle => ({ kind: 'chart', path });
const cluster: Bundle = { kind: 'cluster', path: 'kind-dev' };

describe('near', () => {
  test.each([
    ['one folder', at('shop/a.yaml'), at('shop/b.yaml'), true],
    ['a folder around', at('shop/base/a.yaml'), at('shop/b.yaml'), true],
    ['the working directory', at('a.yaml'), at('shop/base/b.yaml'), true],
    ['folders that part', at('shop/dev/a.yaml'), at('shop/prod/b.yaml'), false],
    ['folders that are named for kinds', at('k8s/services/a.yaml'), at('k8s/deployments/b.yaml'), true],
    ['a folder of what others share', at('k8s/base/a.yaml'), at('k8s/prod/b.yaml'), true],
    ['a folder whose name begins alike', at('shop/a.yaml'), at('shop-web/b.yaml'), false],
    [
      'two files of one chart',
      at('c/templates/a.yaml', chart('c')),
      at('c/templates/x/b.yaml', chart('c')),
      true,
    ],
    ['a chart and the folder around it', at('c/templates/a.yaml', chart('c')), at('a.yaml'), true],
    ['a chart and a folder beside it', at('c/templates/a.yaml', chart('c')), at('d/a.yaml'), false],
    ['two charts', at('c/a.yaml', chart('c')), at('d/a.yaml', chart('d')), false],
    ['a cluster and a file of its name', at('pods', cluster), at('kind-dev/a.yaml'), false],
    ['two objects of a cluster', at('pods', cluster), at('services', { ...cluster }), true],
  ])('%s', (_, one, other, near) => {
    expect(areNear(one, other)).toBe(near);
    expect(areNear(other, one)).toBe(near);
  });
});

test('neighbours lie in one bundle, wherever its files are', () => {
  expect(areNeighbours(at('shop/a.yaml'), at('shop/b.yaml'))).toBe(true);
  expect(areNeighbours(at('shop/a.yaml'), at('shop/base/b.yaml'))).toBe(false);
  expect(areNeighbours(at('c/templates/a.yaml', chart('c')), at('c/templates/x/b.yaml', chart('c')))).toBe(
    true,
  );
  expect(areNeighbours(at('c/a.yaml', chart('c')), at('c/b.yaml'))).toBe(false);
});
