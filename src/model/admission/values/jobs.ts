import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import type { Check, Site } from '../site.ts';
import { ANY, AT_LEAST_0, checkRange, has, textIn } from './fields.ts';

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
  const manager = textIn(node, 'managedBy');
  if (manager && manager.text !== '' && !/^[^/]+\/./.test(manager.text))
    site.refuses(
      manager,
      ['managedBy'],
      `Invalid value: ${JSON.stringify(manager.text)}: must be a domain-prefixed path (such as "acme.io/foo")`,
      { label: 'no domain with a path' },
    );
  if (textIn(node, 'completionMode')?.text === 'Indexed' && !has(node, 'completions'))
    site.refuses(
      textIn(node, 'completionMode')!,
      ['completions'],
      'Required value: when completion mode is Indexed',
      { label: 'needs `completions`' },
    );
};

/** ValidateJob and validateJobTemplateSpec: the server selects a Job's Pods itself, unless it is told not to. */
function checkJobSelector(node: YamlMap, site: Site): void {
  const [manual, selector] = [get(node, 'manualSelector'), get(node, 'selector')];
  const isManual = manual?.type === 'scalar' && manual.value === true;
  if (site.root.struct === 'CronJob' && isManual)
    site.refuses(manual, ['manualSelector'], 'Unsupported value: true: supported values: "nil", "false"', {
      label: 'not in a CronJob',
    });
  if (selector?.type !== 'map') return;
  const isCron = site.root.struct === 'CronJob';
  if (isManual && !isCron) return;
  if (isCron)
    site.refuses(selector, ['selector'], 'Invalid value: `selector` will be auto-generated', {
      label: 'the server selects the Pods itself',
    });
  else if (
    !get(selector, 'matchLabels', 'batch.kubernetes.io/controller-uid') &&
    !get(selector, 'matchLabels', 'controller-uid')
  )
    site.refuses(selector, ['selector'], 'Invalid value: `selector` not auto-generated', {
      label: 'needs `manualSelector: true`, or leave it out',
    });
}

/** Fields of a schedule: robfig/cron ParseStandard. */
const SCHEDULE =
  /^(?:(?:CRON_)?TZ=\S+\s+)?(?:@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|@every\s+\S+|(?:[\d*?/,\-A-Za-z]+\s+){4}[\d*?/,\-A-Za-z]+)$/;

/** validateCronJobSpec. */
export const checkCronJobSpec: Check = (node, site) => {
  for (const key of KEPT) checkRange(site, node, [key], [0, ANY], AT_LEAST_0);
  const schedule = textIn(node, 'schedule');
  if (schedule?.text === '') site.refuses(schedule, ['schedule'], 'Required value', { label: 'empty' });
  else if (schedule && (!SCHEDULE.test(schedule.text.trim()) || isOffTheClock(schedule.text.trim())))
    site.refuses(
      schedule,
      ['schedule'],
      `Invalid value: ${JSON.stringify(schedule.text)}: expected exactly 5 fields, found ${schedule.text.trim().split(/\s+/).length}: [${schedule.text.trim()}]`,
      { label: 'no schedule of five fields' },
    );
  const zone = textIn(node, 'timeZone');
  if (zone && !isTimeZone(zone.text))
    site.refuses(
      zone,
      ['timeZone'],
      `Invalid value: ${JSON.stringify(zone.text)}: unknown time zone ${zone.text}`,
      { label: 'no time zone' },
    );
};

const LARGEST: readonly number[] = [59, 23, 31, 12, 7];

const isOffTheClock = (schedule: string): boolean =>
  !schedule.startsWith('@') &&
  schedule
    .split(/\s+/)
    .filter((field) => !field.includes('TZ='))
    .some((field, index) =>
      field
        .split(/[,\-/]/)
        .some((part, at) => at === 0 && /^\d+$/.test(part) && Number(part) > (LARGEST[index] ?? 0)),
    );

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
