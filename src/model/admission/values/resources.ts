import { table } from '../../../text/table.ts';
import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Check, Site } from '../site.ts';
import { AT_LEAST_0, has, labelFor } from './fields.ts';

/** ValidateContainerResourceRequirements. */
export const checkResources: Check = (node, site) => {
  const limits = get(node, 'limits');
  for (const list of ['requests', 'limits']) {
    const map = get(node, list);
    for (const { key, keyNode, value } of map?.type === 'map' ? map.entries : []) {
      const amount = amountOf(value);
      if (amount !== undefined && amount < 0)
        site.refuses(value, [list, [key]], `Invalid value: ${AT_LEAST_0}`, { label: 'less than 0' });
      const most = list === 'requests' ? amountOf(get(limits, key)) : undefined;
      if (amount !== undefined && most !== undefined && amount > most)
        site.refuses(
          value,
          [list],
          `Invalid value: ${JSON.stringify((value as { text: string }).text)}: must be less than or equal to ${key} limit of ${(get(limits, key) as { text: string }).text}`,
          { label: 'more than the limit' },
        );
      if (!STANDARD.test(key) && !key.includes('/'))
        site.refuses(
          keyNode,
          [list, [key]],
          `Invalid value: ${JSON.stringify(key)}: must be a standard resource type or fully qualified`,
          { label: labelFor('no standard resource') },
        );
      else if (key === 'storage')
        site.refuses(
          keyNode,
          [list, [key]],
          'Invalid value: "storage": must be a standard resource for containers',
          { label: 'a claim asks for storage, no container' },
        );
      else if (isExtended(key)) checkExtended(node, site, list, key);
    }
  }
};

/** Devices and the like, which no two containers share: helper.IsExtendedResourceName. */
function isExtended(key: string): boolean {
  const [domain = '', ...rest] = key.split('/');
  return rest.length === 1 && !/[$]/.test(key) && !/(?:^|\.)kubernetes\.io$|^requests\./.test(domain);
}

/** Whole ones, of which as many are asked for as are taken at most. */
function checkExtended(node: YamlMap, site: Site, list: string, key: string): void {
  const value = get(node, list, key)!;
  const amount = amountOf(value);
  if (amount === undefined) return;
  const said = (value as { text: string }).text;
  const most = amountOf(get(node, 'limits', key));
  if (!Number.isInteger(amount))
    site.refuses(value, [list, [key]], `Invalid value: ${JSON.stringify(said)}: must be an integer`, {
      label: 'must be an integer',
    });
  else if (list === 'requests' && !has(node, 'limits', key))
    site.refuses(value, ['limits'], 'Required value: Limit must be set for non overcommitable resources', {
      says: `sets no limit for \`${key}\``,
      label: 'needs the same under `limits`',
    });
  else if (list === 'requests' && most !== undefined && amount < most)
    site.refuses(
      value,
      [list],
      `Invalid value: ${JSON.stringify(said)}: must be equal to ${key} limit of ${most}`,
      { label: 'less than the limit' },
    );
}

const STANDARD = /^(cpu|memory|ephemeral-storage|storage|hugepages-.+)$|\$/;
const SCALES = table<number>({
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
});

/** A quantity as a number; undefined for what is none, or left to another tool. */
function amountOf(value: ReturnType<typeof get>): number | undefined {
  if (value?.type !== 'scalar' || value.value === null || isToFillIn(value)) return undefined;
  const [, digits = '', unit = '', binary] =
    /^([+-]?[\d.]+)([numkKMGTPE]?)(i?)$/.exec(String(value.value)) ?? [];
  if (digits === '') return undefined;
  const scale = binary ? 1024 ** ' KMGTPE'.indexOf(unit) : SCALES[unit]!;
  return Number(digits) * scale;
}
