import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import { AT_LEAST_0, has, labelFor, mapsOf, textIn } from './fields.ts';
import { qualifiedFault } from './names.ts';
import { amountIn, amountOf } from './quantity.ts';

/** ValidateContainerResourceRequirements, and that of Pods, which take fewer. */
export const checkResources: Check = (node, site) => {
  const isOfPod = site.path.at(-1) === 'resources' && site.path.at(-2) === 'spec';
  for (const list of ['limits', 'requests']) {
    const map = get(node, list);
    for (const { key, keyNode, value } of map?.type === 'map' ? map.entries : []) {
      if (isToFillIn({ value: key })) continue;
      const fault = USUAL.test(key)
        ? undefined
        : isOfPod && !qualifiedFault(key)
          ? podResourceFault(key)
          : resourceFault(key);
      if (fault)
        site.refuses(keyNode, [list, [key]], fault, { label: labelFor('not a resource of containers') });
      checkAmount(key, value, site, [list, [key]]);
      if (list === 'requests') checkRequest(node, site, key, value);
    }
  }
  checkHugePages(node, site);
  if (isOfPod && has(node, 'claims'))
    site.refuses(
      get(node, 'claims')!,
      ['claims'],
      'Forbidden: claims may not be set for Resources at pod-level',
      { label: 'of containers alone' },
    );
};

/** Of containers and of Pods alike. */
const USUAL = /^(?:cpu|memory)$/;

/** Set by the runtime class of the Pod, and looked at as limits are. */
export function checkOverhead(map: YamlNode | undefined, site: Site): void {
  for (const { key, keyNode, value } of map?.type === 'map' ? map.entries : []) {
    const steps: Step[] = ['overhead', 'limits', [key]];
    const fault = resourceFault(key);
    if (fault) site.refuses(keyNode, steps, fault, { label: labelFor('not a resource of containers') });
    checkAmount(key, value, site, steps);
  }
}

/** pkg/apis/core/helper IsStandardResourceName: known, though not of containers. */
const STANDARD =
  /^(?:(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)|pods|resourcequotas|services(?:\.nodeports|\.loadbalancers)?|replicationcontrollers|secrets|configmaps|persistentvolumeclaims|(?:requests\.)?storage)$/;
const HUGE_PAGES = /^(?:requests\.)?hugepages-./;
const OF_CONTAINERS = /^(?:cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** validateContainerResourceName. */
function resourceFault(key: string): string | undefined {
  const invalid = `Invalid value: ${JSON.stringify(key)}:`;
  const fault = qualifiedFault(key);
  if (fault) return `${invalid} ${fault}`;
  if (!key.includes('/')) {
    if (!STANDARD.test(key) && !HUGE_PAGES.test(key))
      return `${invalid} must be a standard resource type or fully qualified`;
    return OF_CONTAINERS.test(key) ? undefined : `${invalid} must be a standard resource for containers`;
  }
  return key.includes('kubernetes.io/') || isExtended(key)
    ? undefined
    : `${invalid} doesn't follow extended resource name standard`;
}

/** validatePodResourceName. */
const podResourceFault = (key: string): string | undefined =>
  /^(?:cpu|memory|hugepages-.+)$/.test(key)
    ? undefined
    : `Unsupported value: ${JSON.stringify(key)}: supported values: "cpu", "hugepages-", "memory"`;

/** Devices and the like, which no two containers share: helper.IsExtendedResourceName. */
const isExtended = (key: string): boolean =>
  key.includes('/') && !key.includes('kubernetes.io/') && !key.startsWith('requests.');

const isShared = (key: string): boolean => !isExtended(key) && !key.startsWith('hugepages-');

/** ValidateResourceQuantityValue and validateResourceQuantityHugePageValue. */
function checkAmount(key: string, value: YamlNode, site: Site, steps: readonly Step[]): void {
  const amount = amountOf(value);
  if (amount === undefined) return;
  const said = JSON.stringify((value as { readonly text: string }).text);
  const page = key.startsWith('hugepages-') ? amountIn(key.slice('hugepages-'.length)) : undefined;
  if (amount < 0) site.refuses(value, steps, `Invalid value: ${AT_LEAST_0}`, { label: 'less than 0' });
  else if (isExtended(key) && !Number.isInteger(amount))
    site.refuses(value, steps, `Invalid value: ${said}: must be an integer`, { label: 'must be an integer' });
  else if (page !== undefined && page > 0 && amount % page !== 0)
    site.refuses(
      value,
      steps,
      `Invalid value: ${said}: ${said.slice(1, -1)} is not positive integer multiple of ${key}`,
      { label: 'no whole number of pages' },
    );
}

/** No more than the limit, and just that of what no two containers share. */
function checkRequest(node: YamlMap, site: Site, key: string, value: YamlNode): void {
  const amount = amountOf(value);
  const limit = get(node, 'limits', key);
  const most = amountOf(limit);
  if (amount === undefined) return;
  const said = JSON.stringify((value as { readonly text: string }).text);
  if (!has(node, 'limits', key)) {
    if (!isShared(key))
      site.refuses(value, ['limits'], 'Required value: Limit must be set for non overcommitable resources', {
        says: `sets no limit for \`${key}\``,
        label: 'needs the same under `limits`',
      });
    return;
  }
  if (most === undefined) return;
  const limitSaid = String((limit as { readonly value: unknown }).value);
  if (!isShared(key) && amount !== most)
    site.refuses(
      value,
      ['requests'],
      `Invalid value: ${said}: must be equal to ${key} limit of ${limitSaid}`,
      {
        label: amount < most ? 'less than the limit' : 'more than the limit',
      },
    );
  else if (amount > most)
    site.refuses(
      value,
      ['requests'],
      `Invalid value: ${said}: must be less than or equal to ${key} limit of ${limitSaid}`,
      { label: 'more than the limit' },
    );
}

function checkHugePages(node: YamlMap, site: Site): void {
  const keys = ['limits', 'requests'].flatMap((list) => {
    const map = get(node, list);
    return map?.type === 'map' ? map.entries : [];
  });
  const pages = keys.find(({ key }) => key.startsWith('hugepages-'));
  if (pages && !keys.some(({ key }) => key === 'cpu' || key === 'memory'))
    site.refuses(pages.keyNode, [], 'Forbidden: HugePages require cpu or memory', {
      says: 'asks for huge pages alone',
      label: 'needs `cpu` or `memory` beside it',
    });
}

/** validateResourceClaimNames: each is a claim of the Pod. */
export function checkClaimNames(
  container: YamlMap,
  site: Site,
  steps: readonly Step[],
  claims: ReadonlySet<string>,
): void {
  for (const [index, claim] of mapsOf(container, 'resources', 'claims')) {
    const name = textIn(claim, 'name');
    if (!name) continue;
    const place: Step[] = [...steps, 'resources', 'claims', index];
    const there = claims.size === 0 ? ' which is empty' : `: ${[...claims].sort().join(', ')}`;
    if (name.text === '') site.refuses(name, place, 'Required value', { label: 'empty' });
    else if (!claims.has(name.text))
      site.refuses(
        name,
        place,
        `Not found: ${JSON.stringify(name.text)}: must be one of the names in pod.spec.resourceClaims${there}`,
        { label: 'no claim of this Pod' },
      );
  }
}
