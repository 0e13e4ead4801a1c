import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import {
  ANY,
  checkName,
  checkNames,
  checkRange,
  has,
  integerIn,
  labelFor,
  listIn,
  mapsOf,
  textIn,
  textsIn,
} from './fields.ts';
import { labelFault, labelValueFault, qualifiedFault, subdomainFault } from './names.ts';

/** ValidateNodeSelectorRequirement: operators that compare need something to compare with. */
export const checkNodeRequirement: Check = (node, site, entry) => {
  if (site.path.at(-2) === 'matchFields') return checkNodeField(node, site, entry);
  const operator = textIn(node, 'operator');
  const values = get(node, 'values');
  const count = values?.type === 'list' ? values.items.length : 0;
  if (operator && /^(?:Not)?In$/.test(operator.text) && count === 0)
    site.refuses(
      operator,
      ['values'],
      "Required value: must be specified when `operator` is 'In' or 'NotIn'",
      { label: 'needs `values`' },
    );
  if (operator && /Exist/.test(operator.text) && count > 0)
    site.refuses(
      operator,
      ['values'],
      "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      { label: 'takes no `values`' },
    );
  if (operator && /^[GL]t$/.test(operator.text) && count !== 1)
    site.refuses(
      operator,
      ['values'],
      "Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
      { label: 'needs one value' },
    );
  checkName(site, node, 'key', qualifiedFault);
  // What is only preferred may be a value that no label has.
  if (!site.path.includes('preference')) checkNames(site, node, 'values', labelValueFault);
};

/** ValidateNodeFieldSelectorRequirement: a node by its name. */
const checkNodeField: Check = (node, site) => {
  const operator = textIn(node, 'operator');
  if (operator && !/^(?:Not)?In$/.test(operator.text))
    site.refuses(
      operator,
      ['operator'],
      `Invalid value: ${JSON.stringify(operator.text)}: not a valid selector operator`,
      { label: 'only `In` and `NotIn`' },
    );
  else if (operator && listIn(node, 'values')?.items.length !== 1)
    site.refuses(
      operator,
      ['values'],
      "Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      { label: 'needs one value' },
    );
  const key = textIn(node, 'key');
  if (key && key.text !== 'metadata.name')
    site.refuses(key, ['key'], `Invalid value: ${JSON.stringify(key.text)}: not a valid field selector key`, {
      label: 'only `metadata.name`',
    });
  else if (key) checkNames(site, node, 'values', subdomainFault);
};

/** ValidateNodeSelector. */
export const checkNodeSelector: Check = (node, site) => {
  const terms = listIn(node, 'nodeSelectorTerms');
  if (terms?.items.length === 0)
    site.refuses(terms, ['nodeSelectorTerms'], 'Required value: must have at least one node selector term', {
      label: 'empty',
    });
};

/** validatePodAffinityTerm. */
export const checkAffinityTerm: Check = (node, site) => {
  const key = textIn(node, 'topologyKey');
  if (key?.text === '')
    site.refuses(key, ['topologyKey'], 'Required value: can not be empty', { label: 'empty' });
  else checkName(site, node, 'topologyKey', qualifiedFault);
  for (const [, one] of textsIn(node, 'namespaces')) {
    const fault = labelFault(one.text);
    if (fault)
      site.refuses(one, ['namespace'], `Invalid value: ${JSON.stringify(one.text)}: ${fault}`, {
        label: labelFor(fault),
      });
  }
  checkLabelKeys(node, site);
};

/** ValidateMatchLabelKeysAndMismatchLabelKeys: keys whose values are the Pod's own, joined to a selector. */
function checkLabelKeys(node: YamlMap, site: Site): void {
  for (const list of ['matchLabelKeys', 'mismatchLabelKeys']) {
    const keys = listIn(node, list);
    if (keys && keys.items.length > 0 && !has(node, 'labelSelector'))
      site.refuses(keys, [list], 'Forbidden: must not be specified when labelSelector is not set', {
        label: 'needs `labelSelector`',
      });
    else checkNames(site, node, list, qualifiedFault);
  }
  const other = new Set(textsIn(node, 'mismatchLabelKeys').map(([, { text }]) => text));
  for (const [index, key] of textsIn(node, 'matchLabelKeys'))
    if (other.has(key.text))
      site.refuses(
        key,
        ['matchLabelKeys', index],
        `Invalid value: ${JSON.stringify(key.text)}: exists in both matchLabelKeys and mismatchLabelKeys`,
        { label: 'in `mismatchLabelKeys` as well' },
      );
}

/** validateTopologySpreadConstraints. */
export const checkSpread: Check = (node, site) => {
  checkRange(site, node, ['maxSkew'], [1, ANY], 'must be greater than zero');
  const key = textIn(node, 'topologyKey');
  if (key?.text === '')
    site.refuses(key, ['topologyKey'], 'Required value: can not be empty', { label: 'empty' });
  const least = integerIn(node, 'minDomains');
  const when = textIn(node, 'whenUnsatisfiable')?.text;
  if (least && least.value < 1)
    site.refuses(least, ['minDomains'], `Invalid value: ${least.value}: must be greater than zero`, {
      label: 'must be greater than zero',
    });
  else if (least && when === 'ScheduleAnyway')
    site.refuses(
      least,
      ['minDomains'],
      `Invalid value: ${least.value}: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway`,
      { label: 'not beside `ScheduleAnyway`' },
    );
  checkLabelKeys(node, site);
};

/** ValidateSpreadConstraintNotRepeat. */
export function checkSpreadTwice(node: YamlMap, site: Site): void {
  const first = new Map<string, number>();
  for (const [index, constraint] of mapsOf(node, 'topologySpreadConstraints')) {
    const [key, when] = [textIn(constraint, 'topologyKey'), textIn(constraint, 'whenUnsatisfiable')];
    if (!key || !when) continue;
    const said = `{${key.text}, ${when.text}}`;
    const before = first.get(said);
    if (before !== undefined)
      site.refuses(
        key,
        ['topologySpreadConstraints', before, '{topologyKey, whenUnsatisfiable}'],
        `Duplicate value: ${JSON.stringify(said)}`,
        SAME_AGAIN,
      );
    else first.set(said, index);
  }
}

/** validateWeightedPodAffinityTerms, and ValidatePreferredSchedulingTerms. */
export const checkWeight: Check = (node, site) =>
  checkRange(site, node, ['weight'], [1, 100], 'must be in the range 1-100');

/** validateTolerations. */
export const checkToleration: Check = (node, site) => {
  const said = textIn(node, 'operator');
  const operator = said?.text || 'Equal';
  const value = textIn(node, 'value');
  // The description has them already, and the server wants its gate open: alpha in 1.35.
  if (said && /^[GL]t$/.test(operator))
    site.refuses(
      said,
      ['operator'],
      `Unsupported value: "${operator}": supported values: "Equal", "Exists", "Lt", "Gt"`,
      { label: 'needs the feature gate `TaintTolerationComparisonOperators`' },
    );
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
  const key = textIn(node, 'key');
  if (operator !== 'Exists' && (key?.text === '' || !has(node, 'key')))
    site.refuses(
      key ?? node.entries[0]?.keyNode ?? node,
      ['operator'],
      'Invalid value: operator must be Exists when `key` is empty, which means "match all values and all keys"',
      { label: 'has no `key`' },
    );
};
