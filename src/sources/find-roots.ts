import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

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
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/**
 * Looks through folders by names alone. Links are not followed: what lies behind one lies elsewhere as well. A file is
 * a root only if it is a kustomization's or a chart's own.
 */
export function findRoots(paths: readonly string[], cwd: string): FoundRoots {
  const kustomizations = new Set<string>();
  const charts = new Set<string>();
  const files = new Set<string>();
  const compose = new Set<string>();
  const composeBeside = new Set<string>();
  const walk = (folder: string): void => {
    for (const entry of entriesOf(folder)) {
      const { name } = entry;
      const path = join(folder, name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(name)) walk(path);
      } else if (entry.isFile()) {
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
    if (isFolder(path)) walk(path);
    else if (KUSTOMIZATION_NAMES.includes(basename(path))) kustomizations.add(dirname(path));
    else if (basename(path) === 'Chart.yaml') charts.add(dirname(path));
    else if (isComposeName(basename(path))) compose.add(path);
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
export const isComposeName = (name: string): boolean =>
  /^(?:docker-)?compose\b/.test(name) && /\.ya?ml$/.test(name);

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // Whoever reads the folder says so.
    return [];
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
