import { dirname, resolve } from 'node:path';
import { kindOfPath } from '../kustomize/closure.ts';
import { isWithin } from '../renderers.ts';
import { realOf } from '../repository.ts';

/** A folder of the repository, with the root that its path starts at. */
export interface LocalFolder {
  readonly root: string;
  readonly folder: string;
}

/**
 * A folder of the repository, as controllers write it: from its root, which may be any folder around the one that
 * says so where the repository is a copy without its history, or part of another.
 */
export function localFolder(tree: string, from: string, path: string | undefined): LocalFolder | undefined {
  for (const root of rootsAround(tree, from)) {
    const folder = resolve(root, `./${(path ?? '.').replace(/^\/+/, '')}`);
    if (kindOfPath(folder) === 'folder' && isWithin(realOf(folder), tree)) return { root, folder };
  }
  return undefined;
}

/** What may be the root of the repository for a folder in it, the outer folder first. */
export function rootsAround(tree: string, from: string): string[] {
  const folders = [realOf(from)];
  while (isWithin(folders[0]!, tree) && folders[0] !== tree) folders.unshift(dirname(folders[0]!));
  return folders;
}
