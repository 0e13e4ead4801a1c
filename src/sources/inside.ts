import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Whether a path lies in a folder or is it; both real and absolute. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/**
 * What a stranger may have written of a tree: the repository that a folder lies in, or the folder itself where it lies
 * in none. A symbolic link of the tree that leads out of it shows what is somebody else's.
 */
export function homeOf(folder: string): string {
  const real = realpathSync.native(folder);
  for (let above = real; dirname(above) !== above; above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return above;
  }
  return real;
}
