import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWithin } from './renderers.ts';

/** How many folders above a root may belong to it where no repository says so: `overlays/prod` takes in `../../base`. */
const STEPS_UP = 2;

/**
 * The folder that nothing is read outside of: the repository of a root, else the working directory that it lies in, else
 * a few folders up. A real path.
 */
export function treeOf(folder: string, cwd: string): string {
  const real = realOf(folder);
  for (let up = real; ; up = dirname(up)) {
    if (existsSync(join(up, '.git'))) return up;
    if (dirname(up) === up) break;
  }
  const here = realOf(cwd);
  if (isWithin(real, here) && dirname(here) !== here) return here;
  let tree = real;
  for (let step = 0; step < STEPS_UP && dirname(dirname(tree)) !== dirname(tree); step++)
    tree = dirname(tree);
  return tree;
}

/** The path itself where it leads nowhere. */
export function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
