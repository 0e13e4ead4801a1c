import type { YamlEntry, YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import { ANY, AT_LEAST_0, checkRange, has, labelFor, mapsOf, textIn, textsIn } from './fields.ts';
import { checkLifecycle, checkSecurityLevels } from './lifecycle.ts';
import {
  dns1035Fault,
  labelFault,
  labelValueFault,
  pathFault,
  qualifiedFault,
  subdomainFault,
} from './names.ts';

/** pkg/apis/*­/validation: `Validate…Name` of each kind. */
const NAMES: ReadonlyMap<string, (text: string) => string | undefined> = new Map([
  ['Service', dns1035Fault],
  ['Namespace', labelFault],
  // It becomes the hostname of its Pods.
  ['StatefulSet', labelFault],
  // It becomes a label of the Job.
  ['Job', (text) => (text.length > 63 ? 'must be no more than 63 bytes' : subdomainFault(text))],
  ['CronJob', (text) => (text.length > 52 ? 'must be no more than 52 characters' : subdomainFault(text))],
]);

/** Kinds that come to be with the generation they say; others begin with 1, whatever they say. */
const KEEPS_GENERATION =
  /^(?:Service|ServiceAccount|ConfigMap|Secret|Endpoints|Namespace|LimitRange|ResourceQuota|Role|Lease|StorageClass)$/;

/** apimachinery pkg/api/validation/objectmeta.go ValidateObjectMeta. */
export const checkObjectMeta: Check = (node, site, entry) => {
  // Of claims that a StatefulSet makes, the server looks at the names when it makes them.
  if (site.path.includes('volumeClaimTemplates')) return;
  if (site.path.length === 1) {
    if (site.root.struct === 'Namespace') checkSecurityLevels(node, site);
    checkOwnName(node, site, entry);
    checkLifecycle(node, site);
    if (KEEPS_GENERATION.test(site.root.struct)) checkRange(site, node, ['generation'], [0, ANY], AT_LEAST_0);
  }
  checkLabels(site, get(node, 'labels'), ['labels']);
  checkKeys(site, get(node, 'annotations'), ['annotations'], (key) => qualifiedFault(key.toLowerCase()));
};

function checkOwnName(node: YamlMap, site: Site, entry: YamlEntry | undefined): void {
  if (!has(node, 'name') && !has(node, 'generateName')) {
    site.lacks(node, entry, 'name', 'resource name may not be empty');
  }
  const name = textIn(node, 'name');
  if (name) {
    const faultOf = NAMES.get(site.root.struct) ?? subdomainFault;
    const segment = pathFault(name.text);
    const fault = faultOf(name.text);
    if (name.text === '')
      site.refuses(name, ['name'], 'resource name may not be empty', { label: 'empty', keepsLinks: true });
    else if (segment)
      site.refuses(name, ['name'], `invalid resource name ${JSON.stringify(name.text)}: [${segment}]`);
    else if (fault)
      site.refuses(name, ['name'], `Invalid value: ${JSON.stringify(name.text)}: ${fault}`, {
        label: labelFor(fault),
        keepsLinks: true,
      });
  }
  const generated = textIn(node, 'generateName');
  // What is put behind it is right.
  const prefixFault =
    generated &&
    site.root.struct !== 'ReplicationController' &&
    (NAMES.get(site.root.struct) ?? subdomainFault)(`${generated.text}a`);
  if (generated && generated.text !== '' && prefixFault)
    site.refuses(
      generated,
      ['generateName'],
      `Invalid value: ${JSON.stringify(generated.text)}: ${prefixFault}`,
      { label: labelFor(prefixFault) },
    );
  checkNamespace(node, site);
}

/** Kinds of the whole cluster: whatever they say of a namespace is taken away. */
const OF_CLUSTER = /^(?:Namespace|IngressClass|\w+WebhookConfiguration|CustomResourceDefinition|APIService)$/;

/** No namespace can have such a name, so that the server looks for it in vain. */
function checkNamespace(node: YamlMap, site: Site): void {
  const namespace = textIn(node, 'namespace');
  const fault = namespace && namespace.text !== '' && labelFault(namespace.text);
  if (!namespace || !fault || OF_CLUSTER.test(site.root.struct)) return;
  site.refuses(namespace, ['namespace'], '', {
    reason: `namespaces ${JSON.stringify(namespace.text)} not found`,
    label: 'no name of a namespace',
    help: [`the name of a namespace ${fault.replace(/^a lowercase/, 'is a lowercase')}`],
  });
}

/** Most keys and values of labels are: right, and nothing to look at further. */
const isPlain = (text: string): boolean => text.length < 64 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text);

/** apimachinery pkg/apis/meta/v1/validation ValidateLabels: also of selectors and nodeSelector. */
export function checkLabels(site: Site, labels: YamlNode | undefined, steps: readonly Step[]): void {
  if (labels?.type !== 'map') return;
  for (const { key, keyNode, value } of labels.entries) {
    const fault = isPlain(key) || isToFillIn({ value: key }) ? undefined : qualifiedFault(key);
    if (fault)
      site.refuses(keyNode, steps, `Invalid value: ${JSON.stringify(key)}: ${fault}`, {
        label: labelFor(fault),
      });
    if (value.type !== 'scalar' || typeof value.value !== 'string') continue;
    if (isPlain(value.value) || isToFillIn(value)) continue;
    const valueFault = labelValueFault(value.value);
    if (valueFault)
      site.refuses(value, steps, `Invalid value: ${JSON.stringify(value.value)}: ${valueFault}`, {
        label: labelFor(valueFault),
      });
  }
}

function checkKeys(
  site: Site,
  map: YamlNode | undefined,
  steps: readonly Step[],
  faultOf: (key: string) => string | undefined,
): void {
  if (map?.type !== 'map') return;
  for (const { key, keyNode } of map.entries) {
    const fault = isToFillIn({ value: key }) ? undefined : faultOf(key);
    if (fault)
      site.refuses(keyNode, steps, `Invalid value: ${JSON.stringify(key)}: ${fault}`, {
        label: labelFor(fault),
      });
  }
}

/** ValidateLabelSelector. */
export const checkLabelSelector: Check = (node, site) => {
  checkLabels(site, get(node, 'matchLabels'), ['matchLabels']);
  for (const [index, one] of mapsOf(node, 'matchExpressions')) {
    const steps: Step[] = ['matchExpressions', index];
    const [operator, key, values] = [textIn(one, 'operator'), textIn(one, 'key'), get(one, 'values')];
    const count = values?.type === 'list' ? values.items.length : 0;
    if (operator && !OPERATORS.has(operator.text)) {
      site.refuses(
        operator,
        [...steps, 'operator'],
        `Invalid value: ${JSON.stringify(operator.text)}: not a valid selector operator`,
        { label: 'write `In`, `NotIn`, `Exists` or `DoesNotExist`' },
      );
    } else if (operator && /In$/.test(operator.text) && count === 0) {
      site.refuses(
        operator,
        [...steps, 'values'],
        "Required value: must be specified when `operator` is 'In' or 'NotIn'",
        { label: 'needs `values`' },
      );
    } else if (operator && /Exist/.test(operator.text) && count > 0) {
      site.refuses(
        operator,
        [...steps, 'values'],
        "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        { label: 'takes no `values`' },
      );
    }
    const fault = key && qualifiedFault(key.text);
    if (key && fault)
      site.refuses(key, [...steps, 'key'], `Invalid value: ${JSON.stringify(key.text)}: ${fault}`, {
        label: labelFor(fault),
      });
    for (const [at, value] of textsIn(values)) {
      const valueFault = labelValueFault(value.text);
      if (valueFault)
        site.refuses(value, [...steps, 'values', at], `Invalid value: ${valueFault}`, {
          label: labelFor(valueFault),
        });
    }
  }
};

const OPERATORS: ReadonlySet<string> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist']);
