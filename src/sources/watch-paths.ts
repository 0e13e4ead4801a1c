import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** Editors write a file in several steps. */
const QUIET_MS = 120;

/** Folders that no manifest is read from. */
const IGNORED = /(?:^|[\\/])(?:\.git|node_modules)(?:[\\/]|$)/;

/**
 * Tells when something at the paths changed, once for what changes together. What cannot be watched is not: a run
 * looks at everything anyway.
 *
 * @param paths files and folders, relative to the working directory
 * @returns ends it
 */
export function watchPaths(paths: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const told = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  };
  const watchers = paths.flatMap((path) => watcherOf(resolve(path), told) ?? []);
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** Of a file its folder is watched: editors put another file in its place. */
function watcherOf(path: string, told: () => void): FSWatcher | undefined {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  try {
    const watcher = watch(isFolder ? path : dirname(path), { recursive: isFolder }, (_, name) => {
      if (name !== null && IGNORED.test(name)) return;
      if (isFolder || name === null || name === basename(path)) told();
    });
    watcher.on('error', () => undefined);
    return watcher;
  } catch {
    return undefined;
  }
}
