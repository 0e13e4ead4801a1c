import type { YamlMap, YamlScalar } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import { checkName, checkRequiredName, has, textIn } from './fields.ts';
import { configKeyFault, subdomainFault, variableFault } from './names.ts';
import { checkFieldRef, checkResourceRef } from './pod-references.ts';

const SOURCES =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`, or `fileKeyRef`';
/** validateObjectFieldSelector: what a variable can hold of its Pod. */
const OF_VARIABLES = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** ValidateEnv and validateEnvVarValueFrom. */
export const checkEnvVar: Check = (node, site) => {
  checkRequiredName(site, node, 'name', variableFault);
  const source = get(node, 'valueFrom');
  if (source?.type !== 'map') return;
  checkSources(source, textIn(node, 'value'), site);
  for (const ref of ['configMapKeyRef', 'secretKeyRef'])
    checkKeyRef(get(source, ref), site, ['valueFrom', ref]);
  checkFieldRef(get(source, 'fieldRef'), site, ['valueFrom', 'fieldRef'], OF_VARIABLES);
  checkResourceRef(get(source, 'resourceFieldRef'), site, ['valueFrom', 'resourceFieldRef']);
};

/** One source, and no value beside it. */
function checkSources(source: YamlMap, value: YamlScalar | undefined, site: Site): void {
  const sources = source.entries.filter(({ key }) => has(source, key));
  if (sources.length === 0)
    site.refuses(source, ['valueFrom'], `Invalid value: "": ${SOURCES}`, { label: 'no source' });
  else if (value && value.text !== '')
    site.refuses(value, ['valueFrom'], 'Invalid value: "": may not be specified when `value` is not empty', {
      label: 'beside `valueFrom`',
    });
  else if (sources.length > 1)
    site.refuses(
      sources[1]!.keyNode,
      ['valueFrom'],
      'Invalid value: "": may not have more than one field specified at a time',
      { label: 'a second source' },
    );
}

/** validateConfigMapKeySelector and validateSecretKeySelector. */
function checkKeyRef(selector: ReturnType<typeof get>, site: Site, steps: readonly Step[]): void {
  if (selector?.type !== 'map') return;
  const key = textIn(selector, 'key');
  if (key?.text === '') site.refuses(key, [...steps, 'key'], 'Required value', { label: 'empty' });
  else checkName(site, selector, 'key', configKeyFault, steps);
  const name = textIn(selector, 'name');
  if (!has(selector, 'name') || name?.text === '')
    site.refuses(
      name ?? selector.entries[0]?.keyNode ?? selector,
      [...steps, 'name'],
      `Invalid value: "": ${subdomainFault('')}`,
      { says: `names no object in \`${site.field(...steps)}\``, label: 'no `name`' },
    );
  checkName(site, selector, 'name', subdomainFault, steps);
}

/** ValidateEnvFrom. */
export const checkEnvFrom: Check = (node, site) => {
  const prefix = textIn(node, 'prefix');
  if (prefix && prefix.text !== '') checkName(site, node, 'prefix', variableFault);
  const refs = ['configMapRef', 'secretRef'].filter((key) => has(node, key));
  if (refs.length !== 1)
    site.refuses(node.entries[0]?.keyNode ?? node, [], '', {
      says: `names ${refs.length === 0 ? 'no source' : 'two sources'} in \`${site.field()}\``,
      label: refs.length === 0 ? 'neither `configMapRef` nor `secretRef`' : 'one of the two',
      // The server leaves out which of the list it is.
      reason: `${site.field().replace(/\[\d+\]$/, '')}: Invalid value: "": ${
        refs.length === 0
          ? 'must specify one of: `configMapRef` or `secretRef`'
          : 'may not have more than one field specified at a time'
      }`,
    });
  for (const key of ['configMapRef', 'secretRef']) {
    const ref = get(node, key);
    if (ref?.type !== 'map') continue;
    const name = get(ref, 'name');
    if (!has(ref, 'name') || (name?.type === 'scalar' && name.value === ''))
      site.refuses(name ?? node.entries[0]?.keyNode ?? ref, [key, 'name'], 'Required value', {
        says: `leaves \`${site.field(key, 'name')}\` empty`,
        label: 'no name',
      });
    else checkName(site, ref, 'name', subdomainFault, [key]);
  }
};
