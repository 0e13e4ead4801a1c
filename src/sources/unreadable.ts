import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { nearest } from '../text/suggest.ts';
import { table } from '../text/table.ts';
import { displayPath, visible } from './display-path.ts';

export const DANGLING = 'the symbolic link leads nowhere; mend it or remove it';

const WORDS = table<string>({
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'the symbolic links lead in a circle; remove one of them',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a part of this path is a file and no folder',
});

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** What a file or folder that its folder lists cannot be read for. */
export function unreadable(error: unknown, path: string): string {
  const code = codeOf(error) ?? (error as Error).message;
  if (code !== 'ENOENT') return WORDS[code] ?? `this cannot be read (${code})`;
  // Node decodes names as UTF-8, and a name with a replacement in it opens nothing.
  return basename(path).includes('\ufffd')
    ? 'the name of this file is not UTF-8; rename it'
    : 'this is gone since its folder was listed';
}

/** Why a path that somebody named cannot be read. */
export const whyUnread = (error: unknown, path: string, cwd: string): string =>
  codeOf(error) === 'ENOENT' ? missing(path, cwd) : unreadable(error, path);

/** What is missing of a path that leads nowhere, and what is there instead. */
function missing(path: string, cwd: string): string {
  let first = path;
  while (dirname(first) !== first && !existsSync(dirname(first))) first = dirname(first);
  const names = namesIn(dirname(first));
  const shown = displayPath(first, cwd);
  if (names.includes(basename(first))) {
    return first === path ? DANGLING : `the symbolic link ${shown} leads nowhere; mend it or remove it`;
  }
  const near = nearest(basename(first), names).map(visible);
  const hint = near.length > 0 ? `; beside it there is ${near.join(', ')}` : '';
  return first === path ? `there is no such file or folder${hint}` : `there is no folder ${shown}${hint}`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
