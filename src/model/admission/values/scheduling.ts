import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import { checkRange, textIn } from './fields.ts';

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
};

/** validateWeightedPodAffinityTerms, and ValidatePreferredSchedulingTerms. */
export const checkWeight: Check = (node, site) =>
  checkRange(site, node, ['weight'], [1, 100], 'must be in the range 1-100');
