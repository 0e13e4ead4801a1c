import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Whether a path lies in a folder or is it; both real and absolute. */
export const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** What would have to be taken out of a path first: `//`, `/./`, `/../`, a `/` at its end. */
const UNUSUAL = /\/(?:\.{0,2}\/|\.{0,2}$)/;

/**
 * The rest of a path that says letter by letter that it lies below a folder; `relative` takes ten times longer to see
 * it. Undefined for others, wherever they lie.
 */
export const pathBelow = (path: string, folder: string): string | undefined =>
  sep === '/' && path.startsWith(folder) && path[folder.length] === sep && !UNUSUAL.test(path)
    ? path.slice(folder.length + 1)
    : undefined;

/** An entry of a folder; both as `resolve` gives them. */
export const entryOf = (folder: string, name: string): string =>
  folder.endsWith(sep) ? folder + name : folder + sep + name;

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
