import { writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { borrowOverlay, handBackOverlay } from '../overlay-folder.ts';
import type { Renderer } from '../renderers.ts';
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
  readonly overlay: Overlay;
  /** Folders of components that are laid over it as well, relative to the root. */
  readonly components: readonly string[];
  /** Files outside the folders of their kustomizations are named, and all of them are known to lie in the repository. */
  readonly leavesFolder: boolean;
}

export type Built = Stripped | Exclude<Printed, { readonly text: string }>;

export const UNRESTRICTED: readonly string[] = ['--load-restrictor', 'LoadRestrictionsNone'];

/**
 * Builds a root below an overlay of our own, which asks kustomize to say where everything comes from. It lies in the
 * user's cache folder, never beside the user's files: roots are the one thing that kustomize takes from anywhere.
 *
 * @param root absolute
 */
export async function buildKustomization(root: string, options: BuildOptions): Promise<Built> {
  const { renderer, env, cache, allowRemote, overlay, components, leavesFolder } = options;
  let folder: string;
  try {
    folder = borrowOverlay(cache);
  } catch (error) {
    return { failed: `no folder for the build's overlay: ${(error as Error).message}` };
  }
  try {
    const real = realOf(root);
    const from = (path: string): string => relative(folder, path).split(sep).join('/');
    const kustomization = {
      ...overlay,
      resources: [from(real)],
      ...(components.length > 0
        ? { components: components.map((one) => from(realOf(resolve(root, one)))) }
        : {}),
      buildMetadata: ['originAnnotations', 'transformerAnnotations'],
    };
    // JSON is YAML, and a folder's name may hold anything.
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    const printed = await runRenderer(renderer, leavesFolder ? ['.', ...UNRESTRICTED] : ['.'], {
      env: rendererEnv(env, folder, allowRemote),
      cwd: folder,
    });
    if (!('text' in printed)) return printed;
    // Kustomize says places relative to the overlay, whose name is another one each time.
    return stripOrigins(printed.text, (path) => relative(real, resolve(folder, path)).split(sep).join('/'));
  } finally {
    handBackOverlay(folder);
  }
}
