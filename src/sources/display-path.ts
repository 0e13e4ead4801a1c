import { isAbsolute, relative, sep } from 'node:path';
import { pathBelow } from './inside.ts';

/** More steps up than this are harder to read than the absolute path. */
const MOST_STEPS_UP = 3;

/** Control characters as `\xNN`: a file's name must not move the cursor of a terminal. */
export const visible = (name: string): string =>
  name.replace(/[\x00-\x1f\x7f-\x9f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** A path as people see it: relative to the working directory where that helps, with `/`. */
export function displayPath(absolute: string, cwd: string): string {
  const below = pathBelow(absolute, cwd);
  if (below !== undefined) return visible(below);
  const path = relative(cwd, absolute) || '.';
  const far = isAbsolute(path) || (path + sep).startsWith(`..${sep}`.repeat(MOST_STEPS_UP + 1));
  return visible((far ? absolute : path).split(sep).join('/'));
}
