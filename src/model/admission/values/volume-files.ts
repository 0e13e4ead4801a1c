import { type Check, SAME_AGAIN } from '../site.ts';
import { checkRange, mapsOf, textIn } from './fields.ts';
import { localPathFault } from './paths.ts';

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const MOST = 0o777;

/** validateKeyToPath: one key, as a file of a volume. */
export const checkKeyToPath: Check = (node, site, entry) => {
  checkFileMode(node, site, entry);
  const key = textIn(node, 'key');
  if (key?.text === '') site.refuses(key, ['key'], 'Required value', { label: 'empty' });
  const path = textIn(node, 'path');
  if (!path) return;
  const fault = localPathFault(path.text);
  if (path.text === '') site.refuses(path, ['path'], 'Required value', { label: 'empty' });
  else if (fault)
    site.refuses(path, ['path'], `Invalid value: ${JSON.stringify(path.text)}: ${fault}`, { label: fault });
};

/** validateSecretVolumeSource and its like: the modes of the files that a volume makes. */
export const checkFileMode: Check = (node, site) => {
  for (const key of ['mode', 'defaultMode']) checkRange(site, node, [key], [0, MOST], MODE);
};

/** validateProjectionSources: what is put into one folder has one path each; that of a token is not looked at. */
export const checkProjected: Check = (node, site, entry) => {
  checkFileMode(node, site, entry);
  const paths = new Set<string>();
  for (const [, source] of mapsOf(node, 'sources')) {
    for (const kind of ['secret', 'configMap', 'downwardAPI']) {
      for (const [, item] of mapsOf(source, kind, 'items')) {
        const path = textIn(item, 'path');
        if (!path || path.text === '') continue;
        const named = textIn(source, kind, 'name')?.text ?? path.text;
        if (paths.has(path.text))
          site.refuses(path, [], `Invalid value: ${JSON.stringify(named)}: conflicting duplicate paths`, {
            ...SAME_AGAIN,
            says: `puts a second file at \`${path.text}\` of \`${site.field()}\``,
          });
        paths.add(path.text);
      }
    }
  }
};

/** validateProjectionSources: how long a token lasts. */
export const checkToken: Check = (node, site) => {
  const path = textIn(node, 'path');
  const fault = path && (path.text === '' ? 'Required value' : localPathFault(path.text));
  // The server leaves out which of the sources it is.
  if (path && fault)
    site.refuses(path, ['path'], '', {
      label: path.text === '' ? 'empty' : fault,
      reason: `${site.field().replace(/\.sources\[\d+\]\.\w+$/, '')}.path: ${path.text === '' ? fault : `Invalid value: ${JSON.stringify(path.text)}: ${fault}`}`,
    });
  checkRange(
    site,
    node,
    ['expirationSeconds'],
    [600, 2 ** 32],
    'may not specify a duration less than 10 minutes',
  );
};
