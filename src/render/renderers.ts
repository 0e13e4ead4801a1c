import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, sep } from 'node:path';

/** A program of the user that renders. */
export interface Renderer {
  /** As people call it: `kubectl kustomize`. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Another build of the program has another one. */
  readonly stamp: string;
}

export interface Renderers {
  readonly kustomize: Renderer | undefined;
  readonly helm: Renderer | undefined;
}

/** A program along PATH, in absolute folders, whose file lies in none of the roots. */
export function findProgram(
  env: NodeJS.ProcessEnv,
  roots: readonly string[],
  program: string,
): { readonly path: string; readonly stamp: string } | undefined {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(isAbsolute)) {
    const file = executableIn(folder, program);
    if (file && !roots.some((root) => isWithin(file.real, root))) return file;
  }
  return undefined;
}

/**
 * Looks once along PATH, in absolute folders outside the repository: what a stranger's repository holds is never
 * started.
 *
 * @param roots absolute folders that nothing is taken from
 */
export function findRenderers(env: NodeJS.ProcessEnv, roots: readonly string[]): Renderers {
  const find = (program: string, name: string, args: readonly string[]): Renderer | undefined => {
    const file = findProgram(env, roots, program);
    return file && { name, file: file.path, args, stamp: file.stamp };
  };
  return {
    kustomize:
      find('kustomize', 'kustomize', ['build']) ?? find('kubectl', 'kubectl kustomize', ['kustomize']),
    helm: find('helm', 'helm', []),
  };
}

export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const EXTENSIONS = process.platform === 'win32' ? ['.exe'] : [''];

function executableIn(folder: string, program: string) {
  for (const extension of EXTENSIONS) {
    const path = join(folder, program + extension);
    try {
      accessSync(path, constants.X_OK);
      const real = realpathSync.native(path);
      const { size, mtimeMs, isFile } = statsOf(real);
      if (isFile) return { path, real, stamp: `${real}\0${size}\0${mtimeMs}` };
    } catch {
      // Not here.
    }
  }
  return undefined;
}

function statsOf(path: string) {
  const stats = statSync(path);
  return { size: stats.size, mtimeMs: stats.mtimeMs, isFile: stats.isFile() };
}
