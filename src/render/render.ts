import { dirname, join, resolve } from 'node:path';
import type { ComposeMapping } from '../model/compose-mapping.ts';
import type { ImageBuild } from '../model/image-build.ts';
import { cacheDirectory } from '../sources/cache-directory.ts';
import { type InputError, inputError } from '../sources/input-error.ts';
import type { Planned } from '../sources/planned.ts';
import type { SourceFile } from '../text/source.ts';
import { BuildCache } from './build-cache.ts';
import { buildRoots } from './build-roots.ts';
import type { KnownPorts } from './compose/reached-ports.ts';
import { type ComposeResult, readComposeBeside, renderCompose } from './compose/render.ts';
import { follow } from './follow.ts';
import { planCharts } from './helm/plan.ts';
import { toldInParallel } from './in-parallel.ts';
import { planKustomizations } from './kustomize/plan.ts';
import type { RenderOptions } from './options.ts';
import { removeIdleOverlays, removeOverlays, sweepOverlays } from './overlay-folder.ts';
import { findRenderers } from './renderers.ts';
import type { RootResult, Variation } from './root.ts';
import { filesIn, type Root } from './roots.ts';
import { endRenderers } from './run-renderer.ts';
import { WrittenFiles } from './written.ts';

export { podOf } from './compose/pod-of.ts';
export { kubernetesName } from './compose/to-manifests.ts';

/** What was built, what it stands for, and the plan of all of it. */
export interface Rendered {
  readonly sources: readonly SourceFile[];
  readonly errors: readonly InputError[];
  readonly plan: readonly Planned[];
  /** Paths, as shown, of the files that are not checked beside what was built of them. */
  readonly covers: ReadonlySet<string>;
  /** Absolute paths of all files that went in. */
  readonly builtFrom: ReadonlySet<string>;
  /** Charts in other ways, where that was asked for. */
  readonly variations: readonly Variation[];
  /** What compose files say of the ports of images. */
  readonly composeMappings: readonly ComposeMapping[];
  /** How compose files that were read as manifests build their images. */
  readonly imageBuilds: readonly ImageBuild[];
  /** Files that places of built text lead back to. */
  readonly written: () => readonly SourceFile[];
}

/** Plans what the input applies, and builds it side by side. Never throws on any input. */
export async function render(options: RenderOptions): Promise<Rendered> {
  const { cwd, env, found, allowRemote = false, vary = false, onRoot } = options;
  const written = new WrittenFiles(cwd);
  const folder = join(cacheDirectory(env), 'builds');
  const cache = new BuildCache(folder);
  const paths = options.paths.map((path) => resolve(cwd, path));
  const trees = new Set(
    [...found.kustomizations, ...found.charts, ...paths].map((root) => written.treeOf(root)),
  );
  const renderers = findRenderers(env, [...trees]);
  const { roots, others, unapplied } = planKustomizations(options, written);
  const charts = planCharts(options, written);
  const context = {
    renderer: renderers.kustomize,
    env,
    cache,
    overlays: join(cacheDirectory(env), 'overlays'),
    written,
    allowRemote,
  };
  sweepOverlays(context.overlays);
  const helm = { ...context, renderer: renderers.helm, cwd, vary, home: join(cacheDirectory(env), 'helm') };
  const alone = [
    ...roots.map((root) => ({ with: 'kustomize' as const, ...root })),
    ...charts.map((root) => ({ with: 'helm' as const, ...root })),
  ];
  const composeOf = (file: string) => [file, written.treeOf(dirname(file)), written] as const;
  const knownPorts: KnownPorts = ({ image, build }) =>
    build ? options.exposedPorts(build) : options.knownPorts(image);
  const composed: ComposeResult[] = [
    ...found.compose.flatMap((file) => renderCompose(...composeOf(file), knownPorts) ?? []),
    ...found.composeBeside.flatMap((file) => readComposeBeside(...composeOf(file)) ?? []),
  ];
  const build = (some: readonly Root[]): Promise<RootResult[]> =>
    buildRoots(some, { kustomize: context, helm }, onRoot);
  const {
    followed,
    others: told,
    unapplied: off,
  } = await untilEnded(() => follow(alone, unapplied, options, written, build));
  const results = [...followed.map(({ result }) => result), ...composed];
  const variations = await untilEnded(() =>
    toldInParallel(
      results.flatMap(({ planned, variations = [] }) =>
        variations.map((run) => ({ path: `${planned.path} in other ways`, run })),
      ),
      onRoot,
    ),
  );
  cache.trim();
  return {
    sources: results.flatMap(({ sources }) => sources),
    errors: onlyOnce([
      ...results.flatMap(({ errors }) => errors),
      ...others.flatMap(({ path, state, reason = '' }) =>
        state === 'failed' ? inputError(path, reason) : [],
      ),
    ]),
    plan: [...results.map(({ planned }) => planned), ...others, ...told].sort((a, b) =>
      a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
    ),
    covers: new Set(
      [
        ...results.flatMap(({ covers }) => [...covers]),
        ...filesOnlyIn(
          off,
          followed.map(({ root }) => root),
        ),
        ...unapplied,
      ].map((file) => written.shown(file)),
    ),
    builtFrom: new Set([
      ...followed.flatMap(({ root }) =>
        root.with === 'kustomize'
          ? [...root.closure.files]
          : [...root.chart.files, ...(root.settings.values ?? []).map((path) => resolve(cwd, path))],
      ),
      ...written.paths(),
    ]),
    variations: variations.flatMap((one) => one ?? []),
    composeMappings: composed.flatMap(({ mappings }) => mappings),
    imageBuilds: composed.flatMap(({ builds }) => builds),
    written: () => written.sources(),
  };
}

function filesOnlyIn(some: readonly Root[], others: readonly Root[]): string[] {
  const held = new Set(others.flatMap(filesIn));
  return some.flatMap(filesIn).filter((file) => !held.has(file));
}

/** Several roots may take in one base that is wrong. */
const onlyOnce = (errors: readonly InputError[]): InputError[] => [
  ...new Map(errors.map((one) => [[one.path, one.line, one.column, one.message].join('\0'), one])).values(),
];

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Told to go, portolan ends what it started and removes what it made, and goes. */
async function untilEnded<T>(work: () => Promise<T>): Promise<T> {
  const leave = (signal: NodeJS.Signals): void => {
    endRenderers();
    removeOverlays();
    for (const one of SIGNALS) process.removeListener(one, leave);
    process.kill(process.pid, signal);
  };
  for (const one of SIGNALS) process.on(one, leave);
  try {
    return await work();
  } finally {
    removeIdleOverlays();
    for (const one of SIGNALS) process.removeListener(one, leave);
  }
}
