import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type FolderFilter, type IgnoreFiles, isPassedFolder } from './ignore-files.ts';
import { entryOf } from './inside.ts';
import { readNamedFile } from './read-file.ts';

/** Folders and files that another program turns into manifests, by the names that these programs look for. */
export interface FoundRoots {
  /** Absolute folders that hold a kustomization. */
  readonly kustomizations: readonly string[];
  /** Absolute folders that hold a chart. */
  readonly charts: readonly string[];
  /** Absolute paths of the compose files that were named themselves. */
  readonly compose: readonly string[];
  /** Absolute paths of the compose files that lie in the folders, by their names. */
  readonly composeBeside: readonly string[];
  /** Absolute paths of the YAML files that lie in the folders. */
  readonly files: readonly string[];
}

export const KUSTOMIZATION_NAMES: readonly string[] = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/**
 * Looks through folders by names alone. Links are not followed: what lies behind one lies elsewhere as well. A file is
 * a root only if it is a kustomization's or a chart's own.
 */
export function findRoots(paths: readonly string[], cwd: string, ignoreFiles?: IgnoreFiles): FoundRoots {
  const kustomizations = new Set<string>();
  const charts = new Set<string>();
  const files = new Set<string>();
  const compose = new Set<string>();
  const composeBeside = new Set<string>();
  const walk = (folder: string, real: string, outer: FolderFilter | undefined): void => {
    const entries = entriesOf(folder);
    const filter = outer?.enter(real, new Set(entries.map(({ name }) => name)));
    for (const entry of entries) {
      const { name } = entry;
      const path = entryOf(folder, name);
      const realPath = entryOf(real, name);
      if (entry.isDirectory()) {
        if (!isPassedFolder(name) && filter?.whoPasses(realPath, true) === undefined)
          walk(path, realPath, filter);
      } else if (entry.isFile() && filter?.whoPasses(realPath, false) === undefined) {
        if (KUSTOMIZATION_NAMES.includes(name)) kustomizations.add(folder);
        else if (name === 'Chart.yaml') charts.add(folder);
        else if (/\.ya?ml$/i.test(name)) files.add(path);
        if (isComposeName(name)) composeBeside.add(path);
      }
    }
  };
  for (const given of paths.length > 0 ? paths : ['.']) {
    if (given === '' || given === '-' || /^https?:\/\//i.test(given)) continue;
    const path = resolve(cwd, given);
    const folder = realFolder(path);
    if (folder !== undefined) walk(path, folder, ignoreFiles?.around(folder));
    else if (KUSTOMIZATION_NAMES.includes(basename(path))) kustomizations.add(dirname(path));
    else if (basename(path) === 'Chart.yaml') charts.add(dirname(path));
    else if (isComposeFile(path)) compose.add(path);
  }
  return {
    kustomizations: [...kustomizations],
    charts: [...charts],
    compose: [...compose],
    composeBeside: [...composeBeside].filter((path) => !compose.has(path)),
    files: [...files],
  };
}

/** Names that Docker Compose looks for, and those of files that are laid over them. */
const isComposeName = (name: string): boolean => /^(?:docker-)?compose\b/.test(name) && /\.ya?ml$/.test(name);

/** A file that was named: a stack or an override may be called anything, and says itself what it is. */
export function isComposeFile(path: string): boolean {
  const name = basename(path);
  if (isComposeName(name)) return true;
  if (!/\.ya?ml$/i.test(name) || name.startsWith('values')) return false;
  const decoded = readNamedFile(path, '');
  const says = (what: RegExp): boolean => 'text' in decoded && what.test(decoded.text);
  return (
    says(/^services:/m) && says(/[\s{,](?:image|build|extends):/) && !says(/^["']?(?:kind|apiVersion)["']?:/m)
  );
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Whoever reads the folder says so.
    return [];
  }
}

/** The real path of a folder; undefined for what is none. */
function realFolder(path: string): string | undefined {
  try {
    return statSync(path).isDirectory() ? realpathSync.native(path) : undefined;
  } catch {
    return undefined;
  }
}
