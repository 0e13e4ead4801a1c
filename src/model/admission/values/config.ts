import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import { labelFor, textIn } from './fields.ts';
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
            ['data', [key]],
            `Invalid value: ${JSON.stringify(key)}: duplicate of key present in binaryData`,
            { label: 'in `data` as well' },
          );
        seen.add(key);
      }
    }
  };

export const checkConfigMap: Check = checkDataKeys('data', 'binaryData');

/** ValidateSecret: what a type promises; of two keys either will do where `any` says so. */
const PROMISED: ReadonlyMap<string, { readonly keys: readonly string[]; readonly any?: true }> = new Map([
  ['kubernetes.io/tls', { keys: ['tls.crt', 'tls.key'] }],
  ['kubernetes.io/basic-auth', { keys: ['username', 'password'], any: true }],
  ['kubernetes.io/ssh-auth', { keys: ['ssh-privatekey'] }],
  ['kubernetes.io/dockerconfigjson', { keys: ['.dockerconfigjson'] }],
  ['kubernetes.io/dockercfg', { keys: ['.dockercfg'] }],
]);

export const checkSecret: Check = (node, site, entry) => {
  checkDataKeys('data', 'stringData')(node, site, entry);
  const type = textIn(node, 'type');
  if (!type) return;
  const there = new Set(
    ['data', 'stringData'].flatMap((name) => {
      const map = get(node, name);
      return map?.type === 'map' ? map.entries.map(({ key }) => key) : [];
    }),
  );
  const { keys = [], any } = PROMISED.get(type.text) ?? {};
  // What is encrypted, or left to a template, may hold them.
  if (there.has('<<') || [...there].some((key) => /[{$]/.test(key))) return;
  const missing = any && keys.some((key) => there.has(key)) ? [] : keys.filter((key) => !there.has(key));
  for (const key of missing)
    site.refuses(type, ['data', [key]], 'Required value', {
      says: `promises \`${key}\` by its type, and has none`,
      label: `needs the key \`${key}\``,
    });
  const account = get(node, 'metadata', 'annotations', 'kubernetes.io/service-account.name');
  if (type.text === 'kubernetes.io/service-account-token' && !account)
    site.refuses(
      type,
      ['metadata', 'annotations', ['kubernetes.io/service-account.name']],
      'Required value',
      {
        says: 'names no ServiceAccount for its token',
        label: 'needs the annotation `kubernetes.io/service-account.name`',
      },
    );
};
