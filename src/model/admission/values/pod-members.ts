import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import { checkName, checkRepeated, has, mapsOf, textIn } from './fields.ts';
import { labelFault, subdomainFault } from './names.ts';
import { checkClaimNames } from './resources.ts';

// What containers name of their Pod: its volumes and its claims.

const LISTS = ['containers', 'initContainers'];

const volumesOf = (node: YamlMap): ReadonlyMap<string | undefined, YamlMap> =>
  new Map(mapsOf(node, 'volumes').map(([, one]) => [textIn(one, 'name')?.text, one]));

export function checkMembers(node: YamlMap, site: Site): void {
  checkMountedVolumes(node, site);
  checkDevices(node, site);
  checkVariableFiles(node, site);
  if (has(node, 'resourceClaims')) checkRepeated(site, node, 'resourceClaims', 'name');
  const claims = new Set(
    mapsOf(node, 'resourceClaims').flatMap(([, one]) => textIn(one, 'name')?.text ?? []),
  );
  for (const list of LISTS)
    for (const [at, container] of mapsOf(node, list)) checkClaimNames(container, site, [list, at], claims);
}

/** A mount says a volume of the Pod; what a StatefulSet claims is one too. */
function checkMountedVolumes(node: YamlMap, site: Site): void {
  const names = new Set(mapsOf(node, 'volumes').flatMap(([, volume]) => textIn(volume, 'name')?.text ?? []));
  for (const list of LISTS) {
    for (const [at, container] of mapsOf(node, list)) {
      const mounts = ['volumeMounts', 'volumeDevices'].flatMap((key) =>
        mapsOf(container, key).map(([index, mount]) => ({ key, index, mount })),
      );
      for (const { key, index, mount } of mounts) {
        const name = textIn(mount, 'name');
        if (!name || names.has(name.text) || site.claimed.has(name.text)) continue;
        const reason = name.text === '' ? 'Required value' : `Not found: ${JSON.stringify(name.text)}`;
        site.refuses(name, [list, at, key, index, 'name'], reason, {
          label: 'no volume of this Pod',
          help:
            names.size > 0
              ? [
                  `the volumes are ${[...names]
                    .slice(0, 4)
                    .map((one) => `\`${one}\``)
                    .join(', ')}`,
                ]
              : ['add it to `volumes`'],
        });
      }
    }
  }
}

/** ValidateVolumeDevices: a claim as a device, which is no folder at the same time. */
function checkDevices(node: YamlMap, site: Site): void {
  for (const list of LISTS)
    for (const [at, container] of mapsOf(node, list)) {
      if (!has(container, 'volumeDevices')) continue;
      const volumes = volumesOf(node);
      const mounts = mapsOf(container, 'volumeMounts').map(([, one]) => one);
      const seen = new Set<string>();
      for (const [index, device] of mapsOf(container, 'volumeDevices')) {
        const [name, path] = [textIn(device, 'name'), textIn(device, 'devicePath')];
        const steps = [list, at, 'volumeDevices', index];
        const volume = volumes.get(name?.text);
        const isClaim = volume && (has(volume, 'persistentVolumeClaim') || has(volume, 'ephemeral'));
        if (name && volume && !isClaim)
          site.refuses(
            name,
            [...steps, 'name'],
            `Invalid value: ${JSON.stringify(name.text)}: can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode`,
            { label: 'no claim' },
          );
        for (const [field, text, mounted] of [
          ['name', name, 'name'],
          ['devicePath', path, 'mountPath'],
        ] as const) {
          if (!text || text.text === '') continue;
          if (mounts.some((mount) => textIn(mount, mounted)?.text === text.text))
            site.refuses(
              text,
              [...steps, field],
              `Invalid value: ${JSON.stringify(text.text)}: must not already exist ${field === 'name' ? '' : 'as a path '}in volumeMounts`,
              { label: 'mounted as a folder as well' },
            );
          if (seen.has(`${field} ${text.text}`))
            site.refuses(
              text,
              [...steps, field],
              `Invalid value: ${JSON.stringify(text.text)}: must be unique`,
              SAME_AGAIN,
            );
          seen.add(`${field} ${text.text}`);
        }
        if (path?.text === '')
          site.refuses(path, [...steps, 'devicePath'], 'Required value', { label: 'empty' });
        else if (path?.text.split('/').includes('..'))
          site.refuses(
            path,
            [...steps, 'devicePath'],
            `Invalid value: ${JSON.stringify(path.text)}: can not contain backsteps ('..')`,
            { label: 'contains `..`' },
          );
      }
    }
}

/** validateFileKeyRefVolumes: files that other containers write, in a folder of the Pod's own. */
function checkVariableFiles(node: YamlMap, site: Site): void {
  for (const list of LISTS)
    for (const [at, container] of mapsOf(node, list))
      for (const [index, variable] of mapsOf(container, 'env')) {
        const file = get(variable, 'valueFrom', 'fileKeyRef');
        const name = file && textIn(file, 'volumeName');
        if (!name || name.text === '') continue;
        const volume = volumesOf(node).get(name.text);
        const steps = [list, at, 'env', index, 'valueFrom', 'fileKeyRef', 'volumeName'];
        if (!volume)
          site.refuses(name, steps, `Not found: ${JSON.stringify(name.text)}`, {
            label: 'no volume of this Pod',
          });
        else if (!has(volume, 'emptyDir'))
          site.refuses(
            name,
            steps,
            `Invalid value: ${JSON.stringify(name.text)}: referenced volume must be of type emptyDir`,
            { label: 'no `emptyDir`' },
          );
      }
}

/** validatePodResourceClaim. */
export const checkPodClaim: Check = (node, site) => {
  checkName(site, node, 'name', labelFault);
  checkName(site, node, 'resourceClaimName', subdomainFault);
  checkName(site, node, 'resourceClaimTemplateName', subdomainFault);
  const kinds = ['resourceClaimName', 'resourceClaimTemplateName'].filter((key) => has(node, key));
  if (kinds.length === 1) return;
  const at = kinds.length === 2 ? get(node, kinds[1]!)! : (node.entries[0]?.keyNode ?? node);
  const words =
    kinds.length === 2
      ? 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified'
      : 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
  site.refuses(at, [], '', {
    says: `names ${kinds.length === 2 ? 'two claims' : 'no claim'} in \`${site.field()}\``,
    label: kinds.length === 2 ? 'one of the two' : 'names no claim',
    reason: `${site.field()}: Invalid value: {}: ${words}`,
  });
};
