import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import type { Step } from '../step.ts';
import { checkListed, checkName, has, integerIn, listIn, mapsOf, textIn } from './fields.ts';
import { qualifiedFault } from './names.ts';

// How a Job counts the failures and the successes of its Pods: pkg/apis/batch/validation.

/** What the policies of a Job ask of its other fields. */
export function checkPolicies(job: YamlMap, site: Site): void {
  checkFailures(job, site);
  checkSuccesses(job, site);
  const replacement = textIn(job, 'podReplacementPolicy');
  if (replacement && has(job, 'podFailurePolicy'))
    checkListed(site, replacement, ['podReplacementPolicy'], ['Failed']);
}

/** validatePodFailurePolicy, and what it asks of the Pods: they are not started again in their place. */
function checkFailures(job: YamlMap, site: Site): void {
  if (!has(job, 'podFailurePolicy')) return;
  const spec = get(job, 'template', 'spec');
  const restart = textIn(spec, 'restartPolicy');
  if (restart?.text === 'OnFailure')
    site.refuses(
      restart,
      ['template', 'spec', 'restartPolicy'],
      'Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified',
      { label: 'not beside `podFailurePolicy`', help: ['write `restartPolicy: Never`'] },
    );
  const names = new Set(
    ['containers', 'initContainers'].flatMap((list) =>
      mapsOf(spec, list).flatMap(([, one]) => textIn(one, 'name')?.text ?? []),
    ),
  );
  for (const [index, rule] of mapsOf(job, 'podFailurePolicy', 'rules')) {
    const steps: Step[] = ['podFailurePolicy', 'rules', index];
    const action = textIn(rule, 'action');
    if (action?.text === 'FailIndex' && !has(job, 'backoffLimitPerIndex'))
      site.refuses(
        action,
        [...steps, 'action'],
        'Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
        { label: 'needs `backoffLimitPerIndex`' },
      );
    const container = textIn(rule, 'onExitCodes', 'containerName');
    if (container && !names.has(container.text))
      site.refuses(
        container,
        [...steps, 'onExitCodes', 'containerName'],
        `Invalid value: ${JSON.stringify(container.text)}: must be one of the container or initContainer names in the pod template`,
        { label: 'no container of its Pods' },
      );
  }
}

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];

/** validatePodFailurePolicyRule. */
export const checkFailureRule: Check = (node, site) => {
  const action = textIn(node, 'action');
  if (action && action.text !== '') checkListed(site, action, ['action'], ACTIONS);
  const [codes, conditions] = [has(node, 'onExitCodes'), listIn(node, 'onPodConditions')?.items.length ?? 0];
  const fault = codes
    ? conditions > 0 && 'specifying both OnExitCodes and OnPodConditions is not supported'
    : conditions === 0 && 'specifying one of OnExitCodes and OnPodConditions is required';
  if (fault)
    site.refuses(node.entries[0]?.keyNode ?? node, [], `Invalid value: ${fault}`, {
      says: `has ${codes ? 'two conditions' : 'no condition'} in \`${site.field()}\``,
      label: codes ? '`onExitCodes` or `onPodConditions`' : 'needs `onExitCodes` or `onPodConditions`',
    });
};

/** validatePodFailurePolicyRuleOnPodConditions. */
export const checkFailureCondition: Check = (node, site) => {
  checkName(site, node, 'type', qualifiedFault);
  const status = textIn(node, 'status');
  if (status && status.text !== '') checkListed(site, status, ['status'], ['False', 'True', 'Unknown']);
};

/** validatePodFailurePolicyRuleOnExitCodes. */
export const checkExitCodes: Check = (node, site) => {
  const list = listIn(node, 'values');
  const values = list?.items ?? [];
  const isIn = textIn(node, 'operator')?.text === 'In';
  if (list && values.length === 0)
    site.refuses(list, ['values'], 'Invalid value: []: at least one value is required', { label: 'empty' });
  const seen = new Set<number>();
  let before = Number.NEGATIVE_INFINITY;
  for (const [index, item] of values.entries()) {
    const code = integerIn(item);
    if (!code) continue;
    const steps = ['values', index];
    if (isIn && code.value === 0)
      site.refuses(code, steps, 'Invalid value: 0: must not be 0 for the In operator', {
        label: '0 is no failure',
      });
    if (seen.has(code.value)) site.refuses(code, steps, `Duplicate value: ${code.value}`, SAME_AGAIN);
    if (code.value < before) refuseOrder(code, values, site);
    seen.add(code.value);
    before = code.value;
  }
};

function refuseOrder(at: YamlNode, values: readonly YamlNode[], site: Site): void {
  const said = values.map((one) => (one.type === 'scalar' ? one.text : '')).join(',');
  site.refuses(at, ['values'], `Invalid value: [${said}]: must be ordered`, {
    says: `gives exit codes out of order as \`${site.field('values')}\``,
    label: 'less than the one before',
  });
}

/** validateSuccessPolicy: only where each Pod has its index. */
function checkSuccesses(job: YamlMap, site: Site): void {
  const policy = get(job, 'successPolicy');
  if (policy?.type !== 'map') return;
  const rules = listIn(policy, 'rules');
  const at = policy.entries[0]?.keyNode ?? policy;
  if (textIn(job, 'completionMode')?.text !== 'Indexed')
    site.refuses(at, ['successPolicy'], 'Invalid value: {}: requires indexed completion mode', {
      says: 'ends by a rule of its own',
      label: 'needs `completionMode: Indexed`',
    });
  else if (rules?.items.length === 0)
    site.refuses(
      rules,
      ['successPolicy', 'rules'],
      'Required value: at least one rules must be specified when the successPolicy is specified',
      { label: 'empty' },
    );
  for (const [index, rule] of mapsOf(policy, 'rules'))
    if (!has(rule, 'succeededCount') && !has(rule, 'succeededIndexes'))
      site.refuses(
        rule.entries[0]?.keyNode ?? rule,
        ['successPolicy', 'rules', index],
        'Required value: at least one of succeededCount or succeededIndexes must be specified',
        {
          says: `says nothing in \`${site.field('successPolicy', 'rules', index)}\``,
          label: 'nothing is counted',
        },
      );
}
