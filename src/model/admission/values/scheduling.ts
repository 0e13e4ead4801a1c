import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import {
  ANY,
  checkName,
  checkNames,
  checkRange,
  has,
  integerIn,
  labelFor,
  listIn,
  textIn,
  textsIn,
} from './fields.ts';
import { labelFault, labelValueFault, qualifiedFault } from './names.ts';

/** ValidateNodeSelectorRequirement: operators that compare need something to compare with. */
export const checkNodeRequirement: Check = (node, site) => {
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
  if (site.path.at(-2) === 'matchFields') {
    const key = textIn(node, 'key');
    if (key && key.text !== 'metadata.name')
      site.refuses(
        key,
        ['key'],
        `Invalid value: ${JSON.stringify(key.text)}: not a valid field selector key`,
        { label: 'only `metadata.name`' },
      );
    return;
  }
  checkName(site, node, 'key', qualifiedFault);
  if (operator && /In$/.test(operator.text)) checkNames(site, node, 'values', labelValueFault);
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
};

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
  const keys = listIn(node, 'matchLabelKeys');
  if (keys && keys.items.length > 0 && !has(node, 'labelSelector'))
    site.refuses(keys, ['matchLabelKeys'], 'Forbidden: must not be specified when labelSelector is not set', {
      label: 'needs `labelSelector`',
    });
};

/** validateWeightedPodAffinityTerms, and ValidatePreferredSchedulingTerms. */
export const checkWeight: Check = (node, site) =>
  checkRange(site, node, ['weight'], [1, 100], 'must be in the range 1-100');
