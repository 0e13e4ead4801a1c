import { availableParallelism } from 'node:os';
import { renderChart } from './helm/render.ts';
import type { HelmContext } from './helm/root.ts';
import { inParallel } from './in-parallel.ts';
import { buildTogether } from './kustomize/build.ts';
import { independentGroups } from './kustomize/independent.ts';
import { partedByRoot } from './kustomize/parted.ts';
import {
  isToBuild,
  type KustomizeContext,
  type KustomizeRoot,
  renderKustomization,
} from './kustomize/render.ts';
import type { RenderSettings } from './options.ts';
import type { RootResult } from './root.ts';
import type { Root } from './roots.ts';

interface Contexts {
  readonly kustomize: KustomizeContext;
  readonly helm: HelmContext;
}

/** Roots of kustomize in one run, at most. */
const MOST_TOGETHER = 24;

/** Builds roots side by side, and those of kustomize several in a run where they cannot touch one another. */
export async function buildRoots(
  roots: readonly Root[],
  { kustomize, helm }: Contexts,
  onRoot: RenderSettings['onRoot'],
): Promise<RootResult[]> {
  const results = new Map<Root, RootResult>();
  const toBuild = roots.flatMap((root) =>
    root.with === 'kustomize' && isToBuild(root, kustomize) ? [root] : [],
  );
  const most = Math.min(MOST_TOGETHER, Math.ceil(toBuild.length / availableParallelism()));
  const groups = independentGroups(toBuild, most, kustomize.written).filter(({ length }) => length > 1);
  const grouped = new Set<Root>(groups.flat());
  const renderOne = (root: Root, parts?: Parts): Promise<RootResult> =>
    root.with === 'helm' ? renderChart(root, helm) : renderKustomization(root, kustomize, parts?.get(root));
  const begin = ({ planned }: Root): void => onRoot?.(planned.path, results.size, roots.length);
  const alone = roots
    .filter((root) => !grouped.has(root))
    .map((root) => async () => {
      begin(root);
      results.set(root, await renderOne(root));
    });
  const together = groups.map((group) => async () => {
    begin(group[0]!);
    const parts = await partsOf(group, kustomize);
    for (const root of group) {
      if (!parts) begin(root);
      results.set(root, await renderOne(root, parts));
    }
  });
  await inParallel([...together, ...alone]);
  if (roots.length > 0) onRoot?.('', roots.length, roots.length);
  return roots.map((root) => results.get(root)!);
}

type Parts = ReturnType<typeof partedByRoot>;

/** Undefined where one of them is refused, or it is not plain whose an object is: each is built by itself then. */
async function partsOf(group: readonly KustomizeRoot[], context: KustomizeContext): Promise<Parts> {
  const { renderer, overlays } = context;
  if (!renderer) return undefined;
  const built = await buildTogether(group, { ...context, renderer, cache: overlays });
  return 'text' in built ? partedByRoot(group, built) : undefined;
}
