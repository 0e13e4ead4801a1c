import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import { labelFor } from './fields.ts';
import { configKeyFault } from './names.ts';

/** pkg/apis/core/validation ValidateConfigMap and ValidateSecret: the keys. */
const checkDataKeys =
  (...maps: readonly string[]): Check =>
  (node, site) => {
    const seen = new Set<string>();
    for (const name of maps) {
      const map = get(node, name);
      for (const { key, keyNode } of map?.type === 'map' ? map.entries : []) {
        const fault = key.includes('${') ? undefined : configKeyFault(key);
        if (fault)
          site.refuses(
            keyNode,
            [name === 'stringData' ? 'data' : name, [key]],
            `Invalid value: ${JSON.stringify(key)}: ${fault}`,
            { says: `has the key \`${key}\` in \`${name}\``, label: labelFor(fault) },
          );
        if (name === 'binaryData' && seen.has(key))
          site.refuses(
            keyNode,
            ['binaryData', [key]],
            `Invalid value: ${JSON.stringify(key)}: duplicate of key present in data`,
            { label: 'in `data` as well' },
          );
        seen.add(key);
      }
    }
  };

export const checkConfigMap: Check = checkDataKeys('data', 'binaryData');
export const checkSecret: Check = checkDataKeys('data', 'stringData');
