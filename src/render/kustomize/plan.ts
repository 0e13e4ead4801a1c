import { dirname, resolve } from 'node:path';
import { KUSTOMIZATION_NAMES } from '../../sources/find-roots.ts';
import type { Planned } from '../../sources/planned.ts';
import type { RenderOptions } from '../options.ts';
import type { WrittenFiles } from '../written.ts';
import { type Closure, closureOf, readKustomization } from './closure.ts';
import { type CommentedOut, commentedOutIn } from './commented-out.ts';
import { filesOf, type KustomizeRoot } from './render.ts';

export interface KustomizationPlan {
  readonly roots: readonly KustomizeRoot[];
  /** What is not built, and why. */
  readonly others: readonly Planned[];
  /** Absolute paths of files that nobody applies: a kustomization lists them in a comment, and none takes them in. */
  readonly unapplied: readonly string[];
}

/**
 * The kustomizations that no other one of the input takes in. Those that take in each other in a circle have none
 * before them: the first is built, so that kustomize can say so. A component is no root: it only changes others. What
 * a kustomization lists in a comment is switched off, unless something else takes it in or the user names it.
 */
export function planKustomizations(
  { found, paths, cwd }: Pick<RenderOptions, 'found' | 'paths' | 'cwd'>,
  written: WrittenFiles,
): KustomizationPlan {
  const closures = new Map<string, Closure>();
  const components = new Map<string, Closure>();
  const empty: Planned[] = [];
  for (const folder of found.kustomizations) {
    const one = readKustomization(folder, written);
    if (!one) {
      const reason = 'it holds no kustomization.yaml that can be read';
      empty.push({ path: written.shown(folder), kind: 'kustomize', state: 'failed', reason });
    } else
      (one.isComponent ? components : closures).set(
        folder,
        closureOf(folder, written.treeOf(folder), written),
      );
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
  const comments = [...closures, ...components].flatMap(([folder, { kustomizations }]) =>
    commentedOutIn(kustomizations.get(folder)!),
  );
  const off = new Map(comments.map((one) => [one.path, one]));
  const applied = new Set(
    [...[...roots].map((folder) => closures.get(folder)!), ...components.values()].flatMap(filesOf),
  );
  const unapplied = found.files.filter((file) => off.has(file) && !applied.has(file) && !named.has(file));
  const isObject = (file: string): boolean => written.mentions(file, /^["']?kind["']?:/m);
  return {
    roots: [...roots].map((folder) => {
      const isNamed = named.has(folder);
      const comment = isNamed ? undefined : off.get(folder);
      return {
        folder,
        closure: closures.get(folder)!,
        overlay: {},
        planned: { path: written.shown(folder), kind: 'kustomize' },
        isNamed,
        ...(comment ? { off: switchedOff(comment) } : {}),
      };
    }),
    others: [
      ...empty,
      ...[...components.keys()]
        .filter((folder) => !reached.has(folder))
        .map((folder) => leftOut(written.shown(folder), NO_ONE_TAKES)),
      ...unapplied.filter(isObject).map((file) => leftOut(written.shown(file), switchedOff(off.get(file)!))),
    ],
    unapplied,
  };
}

const NO_ONE_TAKES = 'a component, which changes the kustomizations that take it in, and none does';

const switchedOff = ({ by, line }: CommentedOut): string => `commented out in ${by.source.path}:${line}`;

const leftOut = (path: string, reason: string): Planned => ({
  path,
  kind: 'kustomize',
  state: 'left-out',
  reason,
});

const folderOf = (path: string): string =>
  KUSTOMIZATION_NAMES.some((name) => path.endsWith(`/${name}`)) ? dirname(path) : path;
