import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import { checkListed, checkName, has, listIn, textIn, textsIn } from './fields.ts';
import { subdomainFault } from './names.ts';
import { amountOf } from './quantity.ts';

/** ValidatePersistentVolumeClaimSpec: of claims that a StatefulSet makes, and of those of a volume. */
export const checkClaimSpec: Check = (node, site) => {
  checkClaim(node, node.entries[0]?.keyNode ?? node, site, []);
  checkName(site, node, 'storageClassName', subdomainFault);
  checkName(site, node, 'volumeAttributesClassName', subdomainFault);
  const mode = textIn(node, 'volumeMode');
  if (mode && mode.text !== '') checkListed(site, mode, ['volumeMode'], ['Block', 'Filesystem']);
  const modes = textsIn(node, 'accessModes').map(([, one]) => one);
  const alone = modes.find((one) => one.text === 'ReadWriteOncePod');
  if (alone && modes.some((one) => /^(?:ReadWriteOnce|ReadOnlyMany|ReadWriteMany)$/.test(one.text)))
    site.refuses(alone, ['accessModes'], 'Forbidden: may not use ReadWriteOncePod with other access modes', {
      label: 'beside other modes',
    });
  const source = get(node, 'dataSource');
  const kind = textIn(source, 'kind');
  if (kind && !textIn(source, 'apiGroup')?.text && kind.text !== 'PersistentVolumeClaim')
    site.refuses(
      kind,
      ['dataSource'],
      `Invalid value: ${JSON.stringify(kind.text)}: must be 'PersistentVolumeClaim' when referencing the default apiGroup`,
      { label: 'needs `apiGroup`' },
    );
};

/** ValidateTemplateObjectMeta: of an ephemeral volume, the Pod names the claim. */
export const checkClaimTemplate: Check = (node, site) => {
  const metadata = get(node, 'metadata');
  for (const { key, keyNode } of metadata?.type === 'map' ? metadata.entries : [])
    if (has(metadata, key) && key !== 'labels' && key !== 'annotations')
      site.refuses(keyNode, ['metadata', key], 'Forbidden: cannot be set', {
        says: `has \`${key}\` in \`${site.field('metadata')}\``,
        label: 'only `labels` and `annotations`',
      });
};

/** How it is opened, and how much is wanted: both must be said. */
export function checkClaim(spec: YamlMap, at: YamlNode, site: Site, steps: readonly Step[]): void {
  const modes = listIn(spec, 'accessModes');
  if (!has(spec, 'accessModes') || modes?.items.length === 0)
    site.refuses(
      modes ?? at,
      [...steps, 'accessModes'],
      'Required value: at least 1 access mode is required',
      {
        says: `says no access mode in \`${site.field(...steps)}\``,
        label: 'no `accessModes`',
      },
    );
  const storage = get(spec, 'resources', 'requests', 'storage');
  const place: Step[] = [...steps, 'resources', ['storage']];
  const amount = amountOf(storage);
  if (!has(spec, 'resources', 'requests', 'storage'))
    site.refuses(at, place, 'Required value', {
      says: `wants no storage in \`${site.field(...steps)}\``,
      label: 'no `resources.requests.storage`',
    });
  else if (storage && amount !== undefined && amount <= 0)
    site.refuses(
      storage,
      place,
      `Invalid value: ${JSON.stringify(storage.type === 'scalar' ? storage.text : '')}: must be greater than zero`,
      { label: 'must be greater than zero' },
    );
}
