import type { Check } from '../site.ts';
import { checkRange } from './fields.ts';

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const MOST = 0o777;

/** validateKeyToPath, validateSecretVolumeSource and their like: the modes of the files that a volume makes. */
export const checkFileMode: Check = (node, site) => {
  for (const key of ['mode', 'defaultMode']) checkRange(site, node, [key], [0, MOST], MODE);
};

/** validateProjectionSources: how long a token lasts. */
export const checkToken: Check = (node, site) =>
  checkRange(
    site,
    node,
    ['expirationSeconds'],
    [600, 2 ** 32],
    'may not specify a duration less than 10 minutes',
  );
