import { dirname, resolve } from 'node:path';
import { KUSTOMIZATION_NAMES } from '../../sources/find-roots.ts';
import type { Planned } from '../../sources/planned.ts';
import type { RenderOptions } from '../options.ts';
import { treeOf } from '../repository.ts';
import type { WrittenFiles } from '../written.ts';
import { type Closure, closureOf, readKustomization } from './closure.ts';
import type { KustomizeRoot } from './render.ts';

/**
 * The kustomizations that no other one of the input takes in. Those that take in each other in a circle have none
 * before them: the first is built, so that kustomize can say so. A component is no root: it only changes others.
 */
export function planKustomizations(
  { found, paths, cwd }: Pick<RenderOptions, 'found' | 'paths' | 'cwd'>,
  written: WrittenFiles,
): { readonly roots: readonly KustomizeRoot[]; readonly others: readonly Planned[] } {
  const closures = new Map<string, Closure>();
  const components: string[] = [];
  const empty: Planned[] = [];
  for (const folder of found.kustomizations) {
    if (!readKustomization(folder, written)) {
      const reason = 'it holds no kustomization.yaml that can be read';
      empty.push({ path: written.shown(folder), kind: 'kustomize', state: 'failed', reason });
    } else if (readKustomization(folder, written)?.isComponent) components.push(folder);
    else closures.set(folder, closureOf(folder, treeOf(folder, cwd), written));
  }
  const named = new Set((paths.length > 0 ? paths : ['.']).map((path) => folderOf(resolve(cwd, path))));
  const taken = new Set<string>();
  for (const [folder, { kustomizations }] of closures) {
    for (const one of kustomizations.keys()) if (one !== folder) taken.add(one);
  }
  const roots = new Set([...closures.keys()].filter((folder) => !taken.has(folder) || named.has(folder)));
  const reached = new Set([...roots].flatMap((folder) => [...closures.get(folder)!.kustomizations.keys()]));
  for (const [folder, { kustomizations }] of closures) {
    if (reached.has(folder)) continue;
    roots.add(folder);
    for (const one of kustomizations.keys()) reached.add(one);
  }
  return {
    roots: [...roots].map((folder) => ({
      folder,
      closure: closures.get(folder)!,
      overlay: {},
      planned: { path: written.shown(folder), kind: 'kustomize' },
      isNamed: named.has(folder),
    })),
    others: [
      ...empty,
      ...components.filter((folder) => !reached.has(folder)).map((folder) => leftOut(written.shown(folder))),
    ],
  };
}

const leftOut = (path: string): Planned => ({
  path,
  kind: 'kustomize',
  state: 'left-out',
  reason: 'a component, which changes the kustomizations that take it in, and none does',
});

const folderOf = (path: string): string =>
  KUSTOMIZATION_NAMES.some((name) => path.endsWith(`/${name}`)) ? dirname(path) : path;
