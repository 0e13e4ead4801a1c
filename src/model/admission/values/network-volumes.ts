import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import { checkFilled, checkRange, has, listIn, textIn } from './fields.ts';

/** iscsiInitiatorIqnRegex and its like, of pkg/apis/core/validation. */
const QUALIFIED = new Map([
  ['iqn', /^iqn\.\d{4}-\d{2}\.[a-zA-Z0-9.-]+:[^,;*&$|\s]+$/],
  ['eui', /^eui.[a-zA-Z0-9]{16}$/],
  ['naa', /^naa.[a-zA-Z0-9]{32}$/],
]);

/** What begins as none of the three, or is none of the kind that it begins as. */
function checkQualifiedName(node: YamlMap, site: Site, key: string): void {
  const text = textIn(node, key);
  if (!text || text.text === '') return;
  const pattern = QUALIFIED.get(text.text.slice(0, 3));
  if (pattern?.test(text.text)) return;
  const fault = pattern ? 'must be valid format' : 'must be valid format starting with iqn, eui, or naa';
  // The server writes the path of the initiator in small letters.
  site.refuses(text, [key.toLowerCase()], `Invalid value: ${JSON.stringify(text.text)}: ${fault}`, {
    label: 'such as `iqn.2001-04.com.example:storage.disk1`',
    field: site.field(key),
  });
}

/** validateISCSIVolumeSource. */
export const checkIscsi: Check = (node, site, entry) => {
  checkFilled('targetPortal', 'iqn')(node, site, entry);
  checkQualifiedName(node, site, 'iqn');
  checkQualifiedName(node, site, 'initiatorName');
  checkRange(site, node, ['lun'], [0, 255], 'must be between 0 and 255, inclusive');
  const asks = ['chapAuthDiscovery', 'chapAuthSession'].flatMap((key) => {
    const value = get(node, key);
    return value?.type === 'scalar' && value.value === true ? [value] : [];
  })[0];
  if (asks && !has(node, 'secretRef'))
    site.refuses(asks, ['secretRef'], 'Required value', {
      says: `asks for CHAP in \`${site.field()}\`, and names no Secret`,
      label: 'needs `secretRef`',
    });
};

/** validateCephFSVolumeSource. */
export const checkCephFs: Check = (node, site) => {
  const monitors = listIn(node, 'monitors');
  if (monitors?.items.length === 0)
    site.refuses(monitors, ['monitors'], 'Required value', { label: 'an empty list' });
};

const MANAGED =
  '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
const BLOB = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';

/** validateAzureDisk: a managed disk has another address than a blob; `Shared` is filled in. */
export const checkAzureDisk: Check = (node, site, entry) => {
  checkFilled('diskName', 'diskURI')(node, site, entry);
  const uri = textIn(node, 'diskURI');
  const isManaged = textIn(node, 'kind')?.text === 'Managed';
  if (!uri || uri.text === '' || uri.text.startsWith(isManaged ? '/subscriptions/' : 'https://')) return;
  site.refuses(
    uri,
    ['diskURI'],
    `Unsupported value: ${JSON.stringify(uri.text)}: supported values: ${JSON.stringify(isManaged ? MANAGED : BLOB)}`,
    { label: isManaged ? 'not the address of a managed disk' : 'no blob, and the disk is not `Managed`' },
  );
};
