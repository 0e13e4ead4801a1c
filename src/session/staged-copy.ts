import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { homeOf, isInside } from '../sources/inside.ts';
import { readTextFile } from '../sources/read-file.ts';

/** A copy of the tree that the user's files lie in, for programs that read files and nothing else. */
export interface StagedCopy {
  /** The working directory's place in it. */
  readonly cwd: string;
  /** The place of a path, which may be absolute; undefined where it lies outside of the tree. */
  placeOf(path: string): string | undefined;
  textOf(path: string): string | undefined;
  put(path: string, text: string): void;
  remove(): void;
}

/** More than any tree of manifests; a copy of more would take longer than anybody waits. */
const MOST_FILES = 50_000;

/** Not read by renderers. The history alone says where a repository begins, so its folder is there and empty. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules']);

/**
 * Copies the repository of the working directory, or that alone where there is none. Its files are links of the same
 * content where the system lets them be, and what is put in their place leaves the originals alone.
 *
 * @returns undefined where it is too large
 */
export function stagedCopy(cwd: string): StagedCopy | undefined {
  const home = homeOf(cwd);
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), 'portolan-fix-')));
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  try {
    if (!copyTree(home, root)) {
      remove();
      return undefined;
    }
  } catch (error) {
    remove();
    throw error;
  }
  const real = realpathSync.native(cwd);
  const staged = join(root, relative(home, real));
  const placeOf = (path: string): string | undefined => {
    const original = isAbsolute(path) ? path : resolve(real, path);
    return isInside(original, home) ? join(root, relative(home, original)) : undefined;
  };
  return {
    cwd: staged,
    placeOf,
    textOf(path) {
      const place = placeOf(path);
      try {
        const read = place === undefined ? undefined : readTextFile(place);
        return read && 'text' in read ? read.text : undefined;
      } catch {
        return undefined;
      }
    },
    put(path, text) {
      const place = placeOf(path);
      if (place === undefined) return;
      const file = realpathSync.native(place);
      if (!isInside(file, root)) return;
      rmSync(file);
      writeFileSync(file, text);
    },
    remove,
  };
}

function copyTree(from: string, to: string): boolean {
  let left = MOST_FILES;
  const copy = (folder: string, into: string): boolean => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const [source, target] = [join(folder, entry.name), join(into, entry.name)];
      if (--left < 0) return false;
      if (entry.isDirectory()) {
        if (LEFT_OUT.has(entry.name)) continue;
        mkdirSync(target);
        if (entry.name !== '.git' && !copy(source, target)) return false;
      } else if (entry.isSymbolicLink()) {
        const link = readlinkSync(source);
        if (!isAbsolute(link)) symlinkSync(link, target);
      } else if (entry.isFile()) {
        linkOrCopy(source, target);
      }
    }
    return true;
  };
  return copy(from, to);
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}
