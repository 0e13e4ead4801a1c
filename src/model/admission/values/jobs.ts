import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import { ANY, AT_LEAST_0, checkRange, has, labelFor, textIn } from './fields.ts';
import { checkPolicies } from './job-policies.ts';
import { domainPathFault } from './names.ts';
import { scheduleFault } from './schedule.ts';
import { zoneFault } from './time-zone.ts';
import { checkSelected } from './workload.ts';

/** Numbers that are not below 0: pkg/apis/batch/validation. */
const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
];
const KEPT = ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'];

/** A template without a spec runs nothing. */
export const checkJobTemplate: Check = (node, site, entry) => {
  if (!has(node, 'spec')) site.lacks(node, entry, 'spec.template.spec.containers');
};

const RESTARTS = ['write `restartPolicy: Never` or `restartPolicy: OnFailure`'];

/** validateJobSpec. */
export const checkJobSpec: Check = (node, site) => {
  for (const key of COUNTS) checkRange(site, node, [key], [0, ANY], AT_LEAST_0);
  const template = get(node, 'template');
  const spec = get(template, 'spec');
  const policy = textIn(spec, 'restartPolicy');
  const steps = ['template', 'spec', 'restartPolicy'];
  if (spec?.type === 'map' && !has(spec, 'restartPolicy')) {
    const words = 'Required value: valid values: "OnFailure", "Never"';
    site.lacks(spec, undefined, steps.join('.'), words, RESTARTS);
  } else if (policy && (policy.text === 'Always' || policy.text === '')) {
    site.refuses(policy, steps, 'Required value: valid values: "OnFailure", "Never"', {
      label: 'not in a Job',
      help: RESTARTS,
    });
  }
  checkJobSelector(node, site);
  const perIndex = get(node, 'backoffLimitPerIndex');
  if (perIndex && has(node, 'backoffLimitPerIndex') && textIn(node, 'completionMode')?.text !== 'Indexed')
    site.refuses(
      perIndex,
      ['backoffLimitPerIndex'],
      `Invalid value: ${perIndex.type === 'scalar' ? perIndex.text : '{}'}: requires indexed completion mode`,
      { label: 'needs `completionMode: Indexed`' },
    );
  checkIndexes(node, site);
  checkPolicies(node, site);
  const manager = textIn(node, 'managedBy');
  const foreign = manager && domainPathFault(manager.text);
  if (manager?.text === '') site.refuses(manager, ['managedBy'], 'Required value', { label: 'empty' });
  else if (manager && foreign)
    site.refuses(manager, ['managedBy'], `Invalid value: ${JSON.stringify(foreign.part)}: ${foreign.words}`, {
      label: 'no domain with a path',
    });
  if (textIn(node, 'completionMode')?.text === 'Indexed' && !has(node, 'completions'))
    site.refuses(
      textIn(node, 'completionMode')!,
      ['completions'],
      'Required value: when completion mode is Indexed',
      { label: 'needs `completions`' },
    );
};

/** Fields that only a Job of indexes has. */
function checkIndexes(node: YamlMap, site: Site): void {
  const failed = get(node, 'maxFailedIndexes');
  if (!failed || !has(node, 'maxFailedIndexes')) return;
  const said = failed.type === 'scalar' ? failed.text : '{}';
  if (!has(node, 'backoffLimitPerIndex'))
    site.refuses(failed, ['backoffLimitPerIndex'], 'Required value: when maxFailedIndexes is specified', {
      label: 'needs `backoffLimitPerIndex`',
    });
  if (textIn(node, 'completionMode')?.text !== 'Indexed')
    site.refuses(failed, ['maxFailedIndexes'], `Invalid value: ${said}: requires indexed completion mode`, {
      label: 'needs `completionMode: Indexed`',
    });
}

/** ValidateJob and validateJobTemplateSpec: the server selects a Job's Pods itself, unless it is told not to. */
function checkJobSelector(node: YamlMap, site: Site): void {
  const [manual, selector] = [get(node, 'manualSelector'), get(node, 'selector')];
  const isManual = manual?.type === 'scalar' && manual.value === true;
  if (site.root.struct === 'CronJob' && isManual)
    site.refuses(manual, ['manualSelector'], 'Unsupported value: true: supported values: "nil", "false"', {
      label: 'not in a CronJob',
    });
  const isCron = site.root.struct === 'CronJob';
  if (isManual && !isCron && !has(node, 'selector'))
    site.refuses(manual, ['selector'], 'Required value', {
      says: 'selects its Pods by hand, and has no selector',
      label: 'needs `selector`',
    });
  // validateJobSpec; what the server selects by itself it labels as well.
  if (isManual && !isCron) checkSelected(node, site, 'Job');
  if (selector?.type !== 'map' || (isManual && !isCron)) return;
  if (isCron)
    site.refuses(selector, ['selector'], 'Invalid value: `selector` will be auto-generated', {
      label: 'the server selects the Pods itself',
    });
  // An empty one is filled in.
  else if (
    selector.entries.some(({ key }) => hasTerms(get(selector, key))) &&
    !get(selector, 'matchLabels', 'batch.kubernetes.io/controller-uid') &&
    !get(selector, 'matchLabels', 'controller-uid')
  )
    site.refuses(selector, ['selector'], 'Invalid value: `selector` not auto-generated', {
      label: 'needs `manualSelector: true`, or leave it out',
    });
}

const hasTerms = (terms: ReturnType<typeof get>): boolean =>
  (terms?.type === 'map' && terms.entries.length > 0) || (terms?.type === 'list' && terms.items.length > 0);

/** validateCronJobSpec. */
export const checkCronJobSpec: Check = (node, site) => {
  for (const key of KEPT) checkRange(site, node, [key], [0, ANY], AT_LEAST_0);
  const schedule = textIn(node, 'schedule');
  if (schedule?.text === '') site.refuses(schedule, ['schedule'], 'Required value', { label: 'empty' });
  const fault = schedule && schedule.text !== '' ? scheduleFault(schedule.text) : undefined;
  if (schedule && fault)
    site.refuses(schedule, ['schedule'], `Invalid value: ${JSON.stringify(schedule.text)}: ${fault}`, {
      label: /^expected/.test(fault) ? 'no schedule of five fields' : labelFor(fault),
    });
  const zone = textIn(node, 'timeZone');
  const unknown = zone && zoneFault(zone.text);
  if (zone && unknown)
    site.refuses(zone, ['timeZone'], `Invalid value: ${JSON.stringify(zone.text)}: ${unknown}`, {
      label: 'no time zone',
    });
};
