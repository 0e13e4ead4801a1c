import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a configuration is looked for in a folder; one of them may be there. */
export const CONFIG_NAMES: ReadonlySet<string> = new Set([
  'portolan.config.yaml',
  'portolan.config.yml',
  'portolan.config.json',
]);

/** A package may hold it under a key of its own. */
export const PACKAGE_NAME = 'package.json';
export const PACKAGE_KEY = 'portolan';

/**
 * The configuration files that count in a folder: those of the nearest one upwards that has any, no higher than the root
 * of the repository. Outside of a repository only the folder's own count, as what lies above belongs to somebody else.
 *
 * @param from an absolute path
 * @returns more than one where a folder has several, which is for its owner to settle
 */
export function findConfig(from: string): readonly string[] {
  const own = configsIn(from);
  if (own.length > 0) return own;
  const above: string[] = [];
  for (let folder = from; !existsSync(join(folder, '.git')); folder = dirname(folder)) {
    if (dirname(folder) === folder) return [];
    above.push(dirname(folder));
  }
  return above.map(configsIn).find((files) => files.length > 0) ?? [];
}

function configsIn(folder: string): string[] {
  const files = [...CONFIG_NAMES].map((name) => join(folder, name)).filter((file) => existsSync(file));
  const manifest = join(folder, PACKAGE_NAME);
  return hasKey(manifest) ? [...files, manifest] : files;
}

/** Whoever reads the configuration says what is wrong with the file. */
function hasKey(manifest: string): boolean {
  try {
    const text = readFileSync(manifest, 'utf8');
    return text.includes(`"${PACKAGE_KEY}"`) && Object.hasOwn(JSON.parse(text), PACKAGE_KEY);
  } catch {
    return false;
  }
}
