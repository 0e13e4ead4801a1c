import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import { checkFilled, checkName, has, labelFor, listIn, textIn } from './fields.ts';
import { subdomainFault } from './names.ts';
import { descendingFault, localPathFault } from './paths.ts';
import { checkFieldRef, checkResourceRef } from './pod-references.ts';

/** A field that must say something: the description lets it out, or takes an empty text. */
function requires(node: YamlMap, key: string, site: Site, entry: Parameters<Check>[2]): void {
  const text = textIn(node, key);
  if (!has(node, key)) site.lacks(node, entry, key);
  else if (text?.text === '') site.refuses(text, [key], 'Required value', { label: 'empty' });
}

const requiring =
  (...keys: readonly string[]): Check =>
  (node, site, entry) => {
    for (const key of keys) requires(node, key, site, entry);
  };

/** validateConfigMapVolumeSource and its like. */
export const checkConfigMapName: Check = requiring('name');
export const checkSecretName: Check = requiring('secretName');
export const checkImageSource: Check = requiring('reference');
export const checkEphemeral: Check = requiring('volumeClaimTemplate');

export const checkClaimSource: Check = checkFilled('claimName');

/** validateHostPathVolumeSource; validatePathNoBacksteps. */
export const checkHostPath: Check = (node, site, entry) => {
  checkFilled('path')(node, site, entry);
  const path = textIn(node, 'path');
  if (path?.text.split('/').includes('..'))
    site.refuses(path, ['path'], `Invalid value: ${JSON.stringify(path.text)}: must not contain '..'`, {
      label: 'contains `..`',
    });
};

/** validateNFSVolumeSource. */
export const checkNfs: Check = (node, site, entry) => {
  checkFilled('server', 'path')(node, site, entry);
  const path = textIn(node, 'path');
  if (path && path.text !== '' && !path.text.startsWith('/'))
    site.refuses(path, ['path'], `Invalid value: ${JSON.stringify(path.text)}: must be an absolute path`, {
      label: 'no absolute path',
    });
};

/** validateCSIVolumeSource. */
export const checkCsi: Check = (node, site, entry) => {
  checkFilled('driver')(node, site, entry);
  checkName(site, node, 'driver', (name) => subdomainFault(name.toLowerCase()));
  const ref = get(node, 'nodePublishSecretRef');
  if (ref?.type === 'map' && !textIn(ref, 'name')?.text && (!has(ref, 'name') || textIn(ref, 'name')))
    site.refuses(ref.entries[0]?.keyNode ?? ref, ['nodePublishSecretRef', 'name'], 'Required value', {
      says: 'names no Secret for its volume',
      label: 'no `name`',
    });
  const secret = textIn(ref, 'name');
  const fault = secret && secret.text !== '' && subdomainFault(secret.text);
  if (secret && fault)
    site.refuses(secret, ['name'], `Invalid value: ${JSON.stringify(secret.text)}: ${fault}`, {
      label: labelFor(fault),
    });
};

/** validateProjectionSources: each entry is one source. */
export const checkProjection: Check = (node, site) => {
  const sources = node.entries.filter(({ key }) => has(node, key));
  if (sources.length > 1)
    site.refuses(sources[1]!.keyNode, [], 'Forbidden: may not specify more than 1 volume type per source', {
      says: `has two sources in \`${site.field()}\``,
      label: `\`${sources[0]!.key}\` is there as well`,
    });
};

const FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** validateDownwardAPIVolumeFile; the server leaves the file's place in the list out of its path. */
export const checkDownwardFile: Check = (node, site) => {
  const holder = site.field().replace(/\.items\[\d+\]$/, '');
  const isField = has(node, 'fieldRef');
  const isResource = has(node, 'resourceFieldRef');
  const at = node.entries[0]?.keyNode ?? node;
  if (!isField && !isResource)
    site.refuses(at, [], '', {
      says: `names nothing to write in \`${site.field()}\``,
      label: 'neither `fieldRef` nor `resourceFieldRef`',
      reason: `${holder}: Required value: one of fieldRef and resourceFieldRef is required`,
    });
  if (isField && isResource)
    site.refuses(get(node, 'resourceFieldRef')!, [], '', {
      says: `names two things to write in \`${site.field()}\``,
      label: 'beside `fieldRef`',
      reason: `${holder}: Invalid value: "resource": fieldRef and resourceFieldRef can not be specified simultaneously`,
    });
  checkFieldRef(get(node, 'fieldRef'), site, ['fieldRef'], FIELDS, holder);
  if (!isField) checkResourceRef(get(node, 'resourceFieldRef'), site, ['resourceFieldRef'], holder);
  const name = textIn(node, 'path');
  const fault = name && localPathFault(name.text);
  if (name && fault)
    site.refuses(name, ['path'], '', {
      label: fault,
      reason: `${holder}.path: Invalid value: ${JSON.stringify(name.text)}: ${fault}`,
    });
};

/** ValidateVolumeMounts: how a mount passes other mounts on, and which part of the volume it shows. */
export const checkMountOptions = (container: YamlMap, site: Site): void => {
  const isPrivileged = (): boolean => {
    const value = get(container, 'securityContext', 'privileged');
    return value?.type === 'scalar' && value.value === true;
  };
  for (const [index, mount] of (listIn(container, 'volumeMounts')?.items ?? []).entries()) {
    const propagation = textIn(mount, 'mountPropagation');
    if (propagation?.text === 'Bidirectional' && !isPrivileged())
      site.refuses(
        propagation,
        ['volumeMounts', 'mountPropagation'],
        'Forbidden: Bidirectional mount propagation is available only to privileged containers',
        { label: 'the container is not privileged' },
      );
    const pattern = textIn(mount, 'subPathExpr');
    if (pattern && pattern.text !== '' && textIn(mount, 'subPath')?.text)
      site.refuses(
        pattern,
        ['volumeMounts', index, 'subPathExpr'],
        `Invalid value: ${JSON.stringify(pattern.text)}: subPathExpr and subPath are mutually exclusive`,
        { label: 'beside `subPath`' },
      );
    const below = pattern && descendingFault(pattern.text);
    if (pattern && below)
      site.refuses(
        pattern,
        ['volumeMounts', 'subPathExpr'],
        `Invalid value: ${JSON.stringify(pattern.text)}: ${below}`,
        { label: below },
      );
    const recursive = textIn(mount, 'recursiveReadOnly');
    if (recursive && /^(?:Enabled|IfPossible)$/.test(recursive.text)) {
      const isReadOnly = get(mount, 'readOnly');
      const steps = ['volumeMounts', 'recursiveReadOnly'];
      if (!(isReadOnly?.type === 'scalar' && isReadOnly.value === true))
        site.refuses(recursive, steps, 'Forbidden: may only be specified when readOnly is true', {
          label: 'needs `readOnly: true`',
        });
      if (propagation && propagation.text !== 'None')
        site.refuses(
          recursive,
          steps,
          'Forbidden: may only be specified when mountPropagation is None or not specified',
          { label: `not beside ${propagation.text}` },
        );
    }
  }
};
