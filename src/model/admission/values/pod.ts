import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import { ipFault } from './addresses.ts';
import {
  checkName,
  checkNames,
  checkRepeated,
  checkRequiredName,
  has,
  labelFor,
  listIn,
  longIn,
  textIn,
} from './fields.ts';
import { checkLabels } from './metadata.ts';
import { labelFault, subdomainFault } from './names.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { checkMembers } from './pod-members.ts';
import { checkPodSettings } from './pod-settings.ts';
import { amountOf } from './quantity.ts';

/** A template without Pods in it. */
export const checkPodTemplate: Check = (node, site, entry) => {
  checkPodAnnotations(node, site, entry);
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
  checkMembers(node, site);
  checkLabels(site, get(node, 'nodeSelector'), ['nodeSelector']);
  checkServiceAccount(node, site);
  // The Pods of a StatefulSet are called otherwise, and the server takes what its template says.
  if (site.root.struct !== 'StatefulSet')
    for (const key of ['hostname', 'subdomain']) checkName(site, node, key, labelFault);
  checkName(site, node, 'nodeName', subdomainFault);
  const deadline = longIn(get(node, 'activeDeadlineSeconds'));
  if (deadline && (deadline.value < 1 || deadline.value > MOST_SECONDS))
    site.refuses(
      deadline,
      ['activeDeadlineSeconds'],
      `Invalid value: ${deadline.value}: must be between 1 and ${MOST_SECONDS}, inclusive`,
      { label: `must be between 1 and ${MOST_SECONDS}, inclusive` },
    );
  checkPodSettings(node, site);
};

const MOST_SECONDS = 2147483647;

/** Of a Pod the account is looked up first, and none can have such a name. */
function checkServiceAccount(node: YamlMap, site: Site): void {
  const name = textIn(node, 'serviceAccountName');
  const fault = name && name.text !== '' && subdomainFault(name.text);
  if (!name || !fault) return;
  site.refuses(name, ['serviceAccountName'], `Invalid value: ${JSON.stringify(name.text)}: ${fault}`, {
    label: labelFor(fault),
    ...(site.root.struct === 'Pod'
      ? {
          reason: `error looking up service account ${site.namespace}/${name.text}: serviceaccount ${JSON.stringify(name.text)} not found`,
        }
      : {}),
  });
}

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

const NOT_SOURCES: ReadonlySet<string> = new Set(['name']);

/** validateVolumes and validateVolumeSource. */
export const checkVolume: Check = (node, site) => {
  checkRequiredName(site, node, 'name', labelFault);
  const sources = node.entries.filter(({ key }) => !NOT_SOURCES.has(key) && has(node, key));
  // A volume without a source is an empty folder.
  const limit = get(node, 'emptyDir', 'sizeLimit');
  if (limit && (amountOf(limit) ?? 0) < 0)
    site.refuses(
      limit,
      ['emptyDir', 'sizeLimit'],
      'Forbidden: SizeLimit field must be a valid resource quantity',
      { label: 'less than 0' },
    );
  if (sources.length > 1)
    site.refuses(
      sources[1]!.keyNode,
      [sources[1]!.key],
      'Forbidden: may not specify more than 1 volume type',
      { label: `\`${sources[0]!.key}\` is there as well` },
    );
};
