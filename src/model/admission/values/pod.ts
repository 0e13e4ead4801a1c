import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import { ipFault } from './addresses.ts';
import {
  checkName,
  checkNames,
  checkRange,
  checkRepeated,
  checkRequiredName,
  has,
  integerIn,
  labelFor,
  listIn,
  mapsOf,
  textIn,
} from './fields.ts';
import { checkLabels } from './metadata.ts';
import { labelFault, labelValueFault, qualifiedFault, subdomainFault } from './names.ts';
import { checkPodSettings } from './pod-settings.ts';

/** A template without Pods in it. */
export const checkPodTemplate: Check = (node, site, entry) => {
  if (!has(node, 'spec')) site.lacks(node, entry, 'spec.containers');
};

/** pkg/apis/core/validation ValidatePodSpec. */
export const checkPodSpec: Check = (node, site, entry) => {
  const containers = listIn(node, 'containers');
  if (containers?.items.length === 0)
    site.refuses(entry?.keyNode ?? node, ['containers'], 'Required value', {
      says: `has no container in \`${site.field('containers')}\``,
      label: 'an empty list',
    });
  checkRepeated(site, node, 'containers', 'name');
  checkRepeated(site, node, 'initContainers', 'name');
  checkRepeated(site, node, 'volumes', 'name');
  checkMountedVolumes(node, site);
  checkLabels(site, get(node, 'nodeSelector'), ['nodeSelector']);
  checkName(site, node, 'serviceAccountName', subdomainFault);
  // The Pods of a StatefulSet are called otherwise, and the server takes what its template says.
  if (site.root.struct !== 'StatefulSet') checkName(site, node, 'hostname', labelFault);
  checkName(site, node, 'subdomain', labelFault);
  checkName(site, node, 'nodeName', subdomainFault);
  checkRange(
    site,
    node,
    ['activeDeadlineSeconds'],
    [1, 2147483647],
    'must be between 1 and 2147483647, inclusive',
  );
  checkPodSettings(node, site);
};

/** ValidateHostAliases. */
export const checkHostAlias: Check = (node, site) => {
  const ip = textIn(node, 'ip');
  const fault = ip && ipFault(ip.text);
  if (ip && fault)
    site.refuses(ip, ['ip'], `Invalid value: ${JSON.stringify(ip.text)}: ${fault}`, {
      label: 'no IP address',
    });
  checkNames(site, node, 'hostnames', subdomainFault);
};

/** A mount says a volume of the Pod; what a StatefulSet claims is one too. */
function checkMountedVolumes(node: YamlMap, site: Site): void {
  const names = new Set(mapsOf(node, 'volumes').flatMap(([, volume]) => textIn(volume, 'name')?.text ?? []));
  for (const list of ['containers', 'initContainers']) {
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

const NOT_SOURCES: ReadonlySet<string> = new Set(['name']);

/** validateVolumes and validateVolumeSource. */
export const checkVolume: Check = (node, site) => {
  checkRequiredName(site, node, 'name', labelFault);
  const sources = node.entries.filter(({ key }) => !NOT_SOURCES.has(key) && has(node, key));
  // A volume without a source is an empty folder.
  if (sources.length > 1)
    site.refuses(
      sources[1]!.keyNode,
      [sources[1]!.key],
      'Forbidden: may not specify more than 1 volume type',
      { label: `\`${sources[0]!.key}\` is there as well` },
    );
  for (const [source, list] of [
    ['configMap', 'items'],
    ['secret', 'items'],
  ] as const) {
    const holder = get(node, source);
    for (const [index, item] of mapsOf(holder, list)) {
      const key = textIn(item, 'key');
      if (key?.text === '')
        site.refuses(key, [source, list, index, 'key'], 'Required value', { label: 'empty' });
      const path = textIn(item, 'path');
      if (path?.text === '')
        site.refuses(path, [source, list, index, 'path'], 'Required value', { label: 'empty' });
      else if (path?.text.startsWith('/'))
        site.refuses(
          path,
          [source, list, index, 'path'],
          `Invalid value: ${JSON.stringify(path.text)}: must be a relative path`,
          { label: 'no relative path' },
        );
      else if (path?.text.split('/').includes('..'))
        site.refuses(
          path,
          [source, list, index, 'path'],
          `Invalid value: ${JSON.stringify(path.text)}: must not contain '..'`,
          { label: 'contains `..`' },
        );
    }
    const mode = integerIn(holder, 'defaultMode');
    if (mode && (mode.value < 0 || mode.value > 0o777))
      site.refuses(
        mode,
        [source, 'defaultMode'],
        `Invalid value: ${mode.value}: must be a number between 0 and 0777 (octal), both inclusive`,
        { label: 'no mode of a file' },
      );
  }
};

/** validateTolerations. */
export const checkToleration: Check = (node, site) => {
  const operator = textIn(node, 'operator')?.text || 'Equal';
  const value = textIn(node, 'value');
  if (operator === 'Exists' && value && value.text !== '')
    site.refuses(
      value,
      ['operator'],
      `Invalid value: ${JSON.stringify(value.text)}: value must be empty when \`operator\` is 'Exists'`,
      { label: 'not beside `Exists`' },
    );
  const valueFault = operator === 'Equal' && value && labelValueFault(value.text);
  if (value && valueFault)
    site.refuses(value, ['operator'], `Invalid value: ${JSON.stringify(value.text)}: ${valueFault}`, {
      says: `gives \`${value.text}\` as \`${site.field('value')}\``,
      label: labelFor(valueFault),
    });
  checkName(site, node, 'key', qualifiedFault);
  const effect = textIn(node, 'effect');
  if (
    has(node, 'tolerationSeconds') &&
    (effect?.text ?? '') !== 'NoExecute' &&
    (effect || !has(node, 'effect'))
  )
    site.refuses(
      effect ?? get(node, 'tolerationSeconds')!,
      ['effect'],
      `Invalid value: ${JSON.stringify(effect?.text ?? '')}: effect must be 'NoExecute' when \`tolerationSeconds\` is set`,
      { says: `gives seconds to \`${site.field()}\``, label: 'only beside `NoExecute`' },
    );
  if (operator !== 'Exists' && !textIn(node, 'key')?.text && !has(node, 'key'))
    site.refuses(
      node.entries[0]?.keyNode ?? node,
      ['operator'],
      'Invalid value: operator must be Exists when `key` is empty, which means "match all values and all keys"',
      { label: 'has no `key`' },
    );
};
