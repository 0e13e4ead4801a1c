import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type InputError, inputError } from '../../sources/input-error.ts';
import type { Planned } from '../../sources/planned.ts';
import { type Bundle, LineStarts } from '../../text/source.ts';
import { type BuildCache, digestOf } from '../build-cache.ts';
import { type RenderedSource, treeOf } from '../rendered-source.ts';
import type { Renderer } from '../renderers.ts';
import type { RootResult } from '../root.ts';
import type { WrittenFiles } from '../written.ts';
import type { Stripped } from './annotations.ts';
import { type Built, buildKustomization, type Laid, UNRESTRICTED } from './build.ts';
import type { Closure, Obstacle } from './closure.ts';
import { substituted, type Variables } from './substituted.ts';
import { writtenPlaces } from './written-place.ts';

export interface KustomizeContext {
  readonly renderer: Renderer | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cache: BuildCache;
  readonly overlays: string;
  readonly written: WrittenFiles;
  readonly allowRemote: boolean;
}

/** A folder to build, and how it is meant; its components are what Flux or Argo CD adds. */
export interface KustomizeRoot extends Laid {
  readonly closure: Closure;
  readonly planned: Pick<Planned, 'path' | 'kind' | 'set' | 'object'>;
  /** What is applied together with it; its own folder when left out. */
  readonly together?: Bundle;
  /** Name of the object of a controller that applies it. */
  readonly by?: string;
  /** Absolute folders that were built to get here, its own the last; its own alone when left out. */
  readonly folders?: readonly string[];
  /** The user named it, rather than a folder that it lies in: not to build it is an error. */
  readonly isNamed: boolean;
  /** Why nobody applies it by itself; a controller may still do so. */
  readonly off?: string | undefined;
  /** Namespace of what names none. */
  readonly namespace?: string | undefined;
  /** What Flux fills in after the build. */
  readonly substitute?: Variables | undefined;
}

const NO_RENDERER = 'neither `kustomize` nor `kubectl` is on PATH';
const INSTALL = 'install `kustomize` or `kubectl`';

/** Whether it takes a run of the renderer to know what becomes of it. */
export const isToBuild = (root: KustomizeRoot, { renderer, cache, allowRemote }: KustomizeContext): boolean =>
  renderer !== undefined && !obstacleOf(root, allowRemote) && !cache.has(keyOf(root, renderer, allowRemote));

const obstacleOf = ({ closure }: KustomizeRoot, allowRemote: boolean): Obstacle | undefined =>
  closure.obstacles.find(({ kind }) => !allowRemote || kind !== 'remote');

/**
 * Builds a root, or says why it is read raw.
 *
 * @param together what it came to in a run that built others as well
 */
export async function renderKustomization(
  root: KustomizeRoot,
  context: KustomizeContext,
  together?: Stripped,
): Promise<RootResult> {
  const { renderer, cache, allowRemote } = context;
  const raw = (
    state: 'raw' | 'failed',
    reason: string,
    help?: string,
    errors: readonly InputError[] = [],
  ) => ({
    planned: { ...root.planned, state, reason, ...(help === undefined ? {} : { help }) },
    sources: [],
    errors,
    covers: [],
  });
  const shown = fileOf(root);
  const obstacle = obstacleOf(root, allowRemote);
  if (obstacle) return refuse(obstacle, root, raw);
  if (!renderer) {
    const errors = root.isNamed ? [failure(shown, `${NO_RENDERER}, so this is not built; ${INSTALL}`)] : [];
    return raw('raw', NO_RENDERER, INSTALL, errors);
  }
  const leavesFolder = root.closure.leavesFolder && root.closure.isComplete;
  const key = keyOf(root, renderer, allowRemote);
  const kept = together ? undefined : cache.get(key);
  const built: Built =
    together ??
    (kept
      ? (JSON.parse(kept) as Stripped)
      : await buildKustomization(root, leavesFolder, { ...context, renderer, cache: context.overlays }));
  if ('failed' in built) return raw('failed', built.failed, undefined, [failure(shown, built.failed)]);
  if ('refused' in built) {
    const { path, message } = placedWords(built.refused, root, context.written);
    const said = `\`${renderer.name}\` refused it: ${message}`;
    return raw('failed', said, undefined, [failure(path, said)]);
  }
  if (!kept) cache.put(key, JSON.stringify(built));
  return {
    planned: {
      ...root.planned,
      state: 'built',
      with: [renderer.name, ...(leavesFolder ? UNRESTRICTED : [])].join(' '),
    },
    sources: [toSource(root, root.substitute ? substituted(built, root.substitute) : built, context)],
    errors: [],
    covers: filesOf(root.closure),
  };
}

/** Absolute paths of all that goes into a build. */
export const filesOf = ({ files, kustomizations }: Closure): string[] => [
  ...files,
  ...[...kustomizations.values()].map(({ file }) => file),
];

type Raw = (
  state: 'raw' | 'failed',
  reason: string,
  help?: string,
  errors?: readonly InputError[],
) => RootResult;

/** What lies elsewhere is no mistake; what does not exist, or leads out of the repository, is. */
function refuse({ kind, source, start, message }: Obstacle, root: KustomizeRoot, raw: Raw): RootResult {
  const help = kind === 'remote' ? 'let it be fetched with `--allow-remote`' : undefined;
  const words = help === undefined ? message : `${message}, and is not fetched; ${help}`;
  const isError = root.isNamed || kind === 'missing' || kind === 'outside' || kind === 'large';
  const place = new LineStarts(source.text).positionOf(start);
  const error = { path: source.path, ...place, message: words };
  const errors =
    kind === 'remote' || kind === 'program' ? [{ ...error, fault: { ...FAULT, cause: words } }] : [error];
  return raw(kind === 'missing' ? 'failed' : 'raw', message, help, isError ? errors : []);
}

const FAULT = { part: 'renderer', name: 'kustomize' } as const;

const failure = (path: string, message: string): InputError => ({
  ...inputError(path, message),
  fault: { ...FAULT, cause: message },
});

const fileOf = ({ closure, folder, planned }: KustomizeRoot): string =>
  closure.kustomizations.get(folder)?.source.path ?? planned.path;

function toSource(root: KustomizeRoot, built: Stripped, { written }: KustomizeContext): RenderedSource {
  const tree = treeOf(built.text);
  const path = written.shown(root.folder);
  return {
    path: root.by === undefined ? path : `${path} (${root.planned.path}: ${root.by})`,
    kind: 'kustomize',
    text: built.text,
    tree,
    editable: false,
    ...(root.namespace === undefined ? {} : { namespace: root.namespace }),
    bundle: root.together ?? { kind: 'kustomization', path: path === '.' ? '' : path },
    origin: writtenPlaces(built.objects, tree, root.folder, written),
  };
}

/** It is asked for twice in a run, and reads all files. */
const keys = new WeakMap<KustomizeRoot, string | undefined>();

function keyOf(root: KustomizeRoot, renderer: Renderer, allowRemote: boolean): string | undefined {
  if (!keys.has(root)) keys.set(root, digestOfAll(root, renderer, allowRemote));
  return keys.get(root);
}

/** By content: the program, the overlay, and every file that goes in. Undefined where not all of them are known. */
function digestOfAll(
  { closure, overlay, folder, components = [] }: KustomizeRoot,
  renderer: Renderer,
  allowRemote: boolean,
): string | undefined {
  if (!closure.isComplete || allowRemote) return undefined;
  const files = filesOf(closure).sort();
  try {
    return digestOf([
      'kustomize 1',
      renderer.stamp,
      JSON.stringify([overlay, components]),
      ...files.flatMap((file) => [relative(folder, file), readFileSync(file)]),
    ]);
  } catch {
    return undefined;
  }
}

/** The last file of the build that the words name: `in File: app.yaml`, `from 'app.yaml'`. */
function fileNamedIn(words: string, folder: string, { files }: Closure): string | undefined {
  return words
    .split(/[\s'"`,;:]+/)
    .map((word) => resolve(folder, word))
    .findLast((path) => files.has(path));
}

/** It tells of each folder that it went through; the last is where it stopped. */
const WENT = ["recursed accumulation of path '", "couldn't make target for path '"];
const MOST_WORDS = 600;

/** Kustomize's words in one line, at the file of the user that they name, without the ways it went to get there. */
function placedWords(
  words: string,
  root: KustomizeRoot,
  written: WrittenFiles,
): { readonly path: string; readonly message: string } {
  const line = words
    .split('\n')
    .filter((one) => !one.startsWith('# Warning'))
    .join(' ')
    .replace(/^E\d{4} [\d:.]+ +\d+ run\.go:\d+\] "command failed" err=/, '')
    .replace(/^error: /i, '')
    .replace(/\s+/g, ' ')
    .trim();
  const named = [...root.closure.kustomizations.values()].findLast(({ folder }) =>
    line.includes(`'${folder}'`),
  );
  const last = WENT.reduce((at, words) => Math.max(at, line.lastIndexOf(words)), -1);
  const why = last < 0 ? line : line.slice(line.indexOf("': ", last) + 3);
  const message = why.length > MOST_WORDS ? `${why.slice(0, MOST_WORDS)}…` : why;
  const file = fileNamedIn(line, named?.folder ?? root.folder, root.closure);
  // Its first line is shown.
  if (file) written.read(file);
  return { path: file ? written.shown(file) : (named?.source.path ?? fileOf(root)), message };
}
