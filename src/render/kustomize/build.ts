import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { borrowOverlay, handBackOverlay } from '../overlay-folder.ts';
import { isWithin, type Renderer } from '../renderers.ts';
import { realOf } from '../repository.ts';
import { type Printed, rendererEnv, runRenderer } from '../run-renderer.ts';
import { type Stripped, stripOrigins } from './annotations.ts';

/** What is laid over a root before it is built, in kustomize's own fields. */
export type Overlay = Readonly<Record<string, unknown>>;

export interface BuildOptions {
  readonly renderer: Renderer;
  readonly env: NodeJS.ProcessEnv;
  /** Where the overlay lies while kustomize runs. */
  readonly cache: string;
  readonly allowRemote: boolean;
}

/** A folder, and what is laid over it. */
export interface Laid {
  /** Absolute. */
  readonly folder: string;
  readonly overlay: Overlay;
  /** Folders of components that are laid over it as well, relative to it. */
  readonly components?: readonly string[] | undefined;
}

export type Refusal = Exclude<Printed, { readonly text: string }>;
export type Built = Stripped | Refusal;

export const UNRESTRICTED: readonly string[] = ['--load-restrictor', 'LoadRestrictionsNone'];

/**
 * Builds a root below an overlay of our own, which asks kustomize to say where everything comes from. It lies in the
 * user's cache folder, never beside the user's files: roots are the one thing that kustomize takes from anywhere.
 *
 * @param leavesFolder files outside the folders of their kustomizations are named, and all of them are known to lie in
 * the repository
 */
export const buildKustomization = (
  laid: Laid,
  leavesFolder: boolean,
  options: BuildOptions,
): Promise<Built> =>
  built(options, leavesFolder ? UNRESTRICTED : [], (top) => {
    writeOverlay(top, overlayOf(laid, top));
    const real = realOf(laid.folder);
    return (path) => slashed(relative(real, path));
  });

/** Builds roots that cannot touch one another, in one run, and says absolute places. */
export const buildTogether = (all: readonly Laid[], options: BuildOptions): Promise<Built> =>
  built(options, [], (top) => {
    const resources = all.map((laid, at) => {
      if (Object.keys(laid.overlay).length === 0 && !laid.components?.length)
        return slashed(relative(top, realOf(laid.folder)));
      mkdirSync(join(top, `${at}`));
      writeOverlay(join(top, `${at}`), overlayOf(laid, join(top, `${at}`)));
      return `${at}`;
    });
    writeOverlay(top, { resources });
    return (path) => path;
  });

/** @param layIn writes overlays into a folder, and says how places are to be said, given absolute ones */
async function built(
  { renderer, env, cache, allowRemote }: BuildOptions,
  flags: readonly string[],
  layIn: (top: string) => (path: string) => string,
): Promise<Built> {
  let top: string;
  try {
    top = borrowOverlay(cache);
  } catch (error) {
    return { failed: `no folder for the build's overlay: ${(error as Error).message}` };
  }
  try {
    const said = layIn(top);
    // Kustomize says places relative to the overlay, whose own are nobody's.
    const relate = (path: string): string | undefined => {
      const place = resolve(top, path);
      return isWithin(place, top) ? undefined : said(place);
    };
    const printed = await runRenderer(renderer, ['.', ...flags], {
      env: rendererEnv(env, top, allowRemote),
      cwd: top,
    });
    return 'text' in printed ? stripOrigins(printed.text, relate) : printed;
  } finally {
    handBackOverlay(top);
  }
}

function overlayOf({ folder, overlay, components = [] }: Laid, from: string): object {
  const to = (path: string): string => slashed(relative(from, realOf(path)));
  return {
    ...overlay,
    resources: [to(folder)],
    ...(components.length > 0 ? { components: components.map((one) => to(resolve(folder, one))) } : {}),
  };
}

/** JSON is YAML, and a folder's name may hold anything. */
const writeOverlay = (folder: string, overlay: object): void =>
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    JSON.stringify({ ...overlay, buildMetadata: ['originAnnotations', 'transformerAnnotations'] }),
  );

const slashed = (path: string): string => path.split(sep).join('/');
