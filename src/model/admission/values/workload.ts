import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Check, Site } from '../site.ts';
import { checkClaim } from './claims.ts';
import {
  ANY,
  AT_LEAST_0,
  checkListed,
  checkName,
  checkRange,
  has,
  integerIn,
  mapsOf,
  textIn,
} from './fields.ts';
import { labelFault } from './names.ts';
import { checkUpdateOfDaemons, checkUpdateOfDeployment, checkUpdateOfStatefulSet } from './rolling-update.ts';

/** Numbers that are not below 0: pkg/apis/apps/validation. */
const COUNTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['DeploymentSpec', ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds']],
  ['StatefulSetSpec', ['replicas', 'minReadySeconds']],
  ['DaemonSetSpec', ['minReadySeconds', 'revisionHistoryLimit']],
  ['ReplicaSetSpec', ['replicas', 'minReadySeconds']],
  ['ReplicationControllerSpec', ['replicas', 'minReadySeconds']],
]);

const checkCounts = (node: YamlMap, site: Site, struct: string): void => {
  for (const key of COUNTS.get(struct)!) checkRange(site, node, [key], [0, ANY], AT_LEAST_0);
};

/** The workloads that keep Pods running: their selector, and what their Pods may not say. */
const checkRunning =
  (struct: string, kind: string): Check =>
  (node, site) => {
    checkCounts(node, site, struct);
    checkSelected(node, site, kind);
    const template = get(node, 'template');
    const policy = textIn(template, 'spec', 'restartPolicy');
    if (policy && policy.text !== '' && policy.text !== 'Always')
      site.refuses(
        policy,
        ['template', 'spec', 'restartPolicy'],
        `Unsupported value: "${policy.text}": supported values: "Always"`,
        { label: `a ${kind} always restarts its Pods` },
      );
    const deadline = get(template, 'spec', 'activeDeadlineSeconds');
    if (deadline && has(template, 'spec', 'activeDeadlineSeconds'))
      site.refuses(
        deadline,
        ['template', 'spec', 'activeDeadlineSeconds'],
        `Forbidden: activeDeadlineSeconds in ${kind === 'Deployment' ? 'ReplicaSet' : kind} is not Supported`,
        { label: `not in a ${kind}` },
      );
  };

/** ValidatePodTemplateSpecForReplicaSet and its like: the selector is met by the template's own labels. */
export function checkSelected(node: YamlMap, site: Site, kind: string): void {
  const [selector, template] = [get(node, 'selector'), get(node, 'template')];
  if (selector?.type !== 'map' || template?.type !== 'map') return;
  if (kind === 'ReplicationController') {
    const unmet = unmetLabel(selector, get(template, 'metadata', 'labels'));
    if (unmet) refuseUnmet(unmet, template, site);
    return;
  }
  const terms = selector.entries.filter(
    ({ value }) =>
      (value.type === 'map' && value.entries.some((one) => has(value, one.key))) ||
      (value.type === 'list' && value.items.length > 0),
  );
  if (terms.length === 0) {
    // Of a Job it matches every Pod.
    if (kind !== 'Job' && !selector.entries.some(({ key }) => !/^match/.test(key)))
      site.refuses(
        selector,
        ['selector'],
        `Invalid value: {}: empty selector is invalid for ${kind === 'ReplicaSet' ? 'deployment' : kind.toLowerCase()}`,
        { label: 'selects nothing' },
      );
    return;
  }
  const unmet = unmetTerm(selector, get(template, 'metadata', 'labels'));
  if (unmet) refuseUnmet(unmet, template, site);
}

function refuseUnmet(unmet: UnmetTerm, template: YamlMap, site: Site): void {
  const inTemplate = get(template, 'metadata', 'labels', unmet.key);
  site.refuses(
    unmet.at,
    ['template', 'metadata', 'labels'],
    'Invalid value: `selector` does not match template `labels`',
    {
      rule: 'unselected-template',
      says: `selects Pods by \`${unmet.key}\`${unmet.wants ? ` \`${unmet.wants}\`` : ''}, ${inTemplate?.type === 'scalar' ? `and its template says \`${inTemplate.text}\`` : 'which its template does not have'}`,
      label: 'not in the template',
      help: [
        inTemplate
          ? `give the label \`${unmet.key}\` of the template and the selector one value`
          : `add the label \`${unmet.key}\` to \`template.metadata.labels\``,
      ],
    },
  );
}

interface UnmetTerm {
  readonly key: string;
  readonly wants: string;
  readonly at: YamlNode;
}

const textAt = (labels: YamlNode | undefined, key: string): string | undefined => {
  const value = get(labels, key);
  return value?.type === 'scalar' ? String(value.value ?? '') : undefined;
};

/** It stands without the quotes that would make it text. */
function isUntyped(labels: YamlNode | undefined, key: string): boolean {
  const value = get(labels, key);
  return value?.type === 'scalar' && value.value !== null && typeof value.value !== 'string';
}

/** The first label that is wanted and not there, or has another value. */
function unmetLabel(wanted: YamlMap, labels: YamlNode | undefined): UnmetTerm | undefined {
  for (const { key, keyNode, value } of wanted.entries) {
    const there = textAt(labels, key);
    // A label that is null is none; one that is no text is refused for that, and what it was meant to say is not known.
    if (value.type !== 'scalar' || typeof value.value !== 'string' || isUntyped(labels, key)) continue;
    if (isToFillIn(value) || isToFillIn({ value: there ?? '' })) continue;
    if (there !== value.value) return { key, wants: value.text, at: value.text === '' ? keyNode : value };
  }
  return undefined;
}

/** The first term that the labels do not meet; undefined where a value is left to another tool. */
function unmetTerm(selector: YamlMap, labels: YamlNode | undefined): UnmetTerm | undefined {
  const wanted = get(selector, 'matchLabels');
  const label = wanted?.type === 'map' ? unmetLabel(wanted, labels) : undefined;
  if (label) return label;
  const textOf = (key: string): string | undefined => textAt(labels, key);
  for (const [, one] of mapsOf(selector, 'matchExpressions')) {
    const [key, operator] = [textIn(one, 'key'), textIn(one, 'operator')];
    const list = get(one, 'values');
    if (!key || !operator) continue;
    const values =
      list?.type === 'list'
        ? list.items.flatMap((item) => (item.type === 'scalar' ? [String(item.value)] : []))
        : [];
    const there = textOf(key.text);
    if (isUntyped(labels, key.text)) continue;
    if (values.some((value) => isToFillIn({ value })) || isToFillIn({ value: there ?? '' })) continue;
    if (!meets(operator.text, there, values)) return { key: key.text, wants: values.join(', '), at: key };
  }
  return undefined;
}

function meets(operator: string, value: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true;
  }
}

const checkDeployment = checkRunning('DeploymentSpec', 'Deployment');
const checkStatefulSet = checkRunning('StatefulSetSpec', 'StatefulSet');

/** ValidateDeploymentSpec. */
export const checkDeploymentSpec: Check = (node, site, entry) => {
  checkDeployment(node, site, entry);
  const [progress, ready] = [integerIn(node, 'progressDeadlineSeconds'), integerIn(node, 'minReadySeconds')];
  const deadline = progress?.value ?? 600;
  if ((ready?.value ?? 0) >= deadline && (progress ?? ready))
    site.refuses(
      (progress ?? ready)!,
      ['progressDeadlineSeconds'],
      `Invalid value: ${deadline}: must be greater than minReadySeconds`,
      { label: `a progress deadline of ${deadline} is no longer than that` },
    );
  checkUpdateOfDeployment(node, site);
};

/** ValidateStatefulSetSpec. */
export const checkStatefulSetSpec: Check = (node, site, entry) => {
  checkStatefulSet(node, site, entry);
  checkName(site, node, 'serviceName', labelFault);
  checkUpdateOfStatefulSet(node, site);
  checkRange(site, node, ['ordinals', 'start'], [0, ANY], AT_LEAST_0);
  for (const key of ['whenDeleted', 'whenScaled']) {
    const steps = ['persistentVolumeClaimRetentionPolicy', key];
    const kept = textIn(node, ...steps);
    if (kept && kept.text !== '') checkListed(site, kept, steps, ['Retain', 'Delete']);
  }
  for (const [index, claim] of mapsOf(node, 'volumeClaimTemplates'))
    if (!has(claim, 'spec'))
      checkClaim(claim, claim.entries[0]?.keyNode ?? claim, site, ['volumeClaimTemplates', index, 'spec']);
};

const checkDaemonSet = checkRunning('DaemonSetSpec', 'DaemonSet');
const checkReplicaSet = checkRunning('ReplicaSetSpec', 'ReplicaSet');
const checkController = checkRunning('ReplicationControllerSpec', 'ReplicationController');

/** ValidateDaemonSetSpec. */
export const checkDaemonSetSpec: Check = (node, site, entry) => {
  checkDaemonSet(node, site, entry);
  checkUpdateOfDaemons(node, site);
};

/** ValidateReplicaSetSpec: the description lets the template out, and the code does not. */
export const checkReplicaSetSpec: Check = (node, site, entry) => {
  checkReplicaSet(node, site, entry);
  if (!has(node, 'template') && has(node, 'selector')) site.lacks(node, entry, 'template.spec.containers');
};

/** ValidateReplicationControllerSpec: what it selects is filled in from the template, which must be there. */
export const checkControllerSpec: Check = (node, site, entry) => {
  checkController(node, site, entry);
  if (!has(node, 'template')) site.lacks(node, entry, 'template');
};
