import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const CONFIG_NAME = 'portolan.config.yaml';

/**
 * The configuration file that counts in a folder: the nearest one upwards, no higher than the root of the
 * repository. Outside of a repository only the folder's own counts, as what lies above belongs to somebody else.
 *
 * @param from an absolute path
 */
export function findConfig(from: string): string | undefined {
  const own = configIn(from);
  if (own) return own;
  const above: string[] = [];
  for (let folder = from; !existsSync(join(folder, '.git')); folder = dirname(folder)) {
    if (dirname(folder) === folder) return undefined;
    above.push(dirname(folder));
  }
  return above.map(configIn).find((file) => file !== undefined);
}

function configIn(folder: string): string | undefined {
  const file = join(folder, CONFIG_NAME);
  return existsSync(file) ? file : undefined;
}
