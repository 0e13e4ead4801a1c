import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Site } from '../site.ts';
import type { Step } from '../step.ts';
import { labelFor, mapsOf, textIn, textsIn } from './fields.ts';
import { qualifiedFault } from './names.ts';

const LEVEL = /^pod-security\.kubernetes\.io\/(?:enforce|audit|warn)(-version)?$/;

/** k8s.io/pod-security-admission policy: what the Pods of a namespace are held to. */
export function checkSecurityLevels(node: YamlMap, site: Site): void {
  const labels = get(node, 'labels');
  for (const { key, value } of labels?.type === 'map' ? labels.entries : []) {
    const [isLevel, version] = LEVEL.exec(key) ?? [];
    if (!isLevel || value.type !== 'scalar' || typeof value.value !== 'string' || isToFillIn(value)) continue;
    const isRight = version
      ? /^(?:latest|v1\.(?:0|[1-9]\d*))$/.test(value.value)
      : /^(?:privileged|baseline|restricted)$/.test(value.value);
    const words = version ? 'must be "latest" or "v1.x"' : 'must be one of privileged, baseline, restricted';
    if (!isRight)
      site.refuses(value, ['labels', [key]], `Invalid value: ${JSON.stringify(value.value)}: ${words}`, {
        label: words,
      });
  }
}

/** Finalizers of Kubernetes itself, which have no domain before them. */
const OWN_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** ValidateFinalizers and validateOwnerReference. */
export function checkLifecycle(node: YamlMap, site: Site): void {
  for (const [index, one] of textsIn(node, 'finalizers')) {
    const fault = qualifiedFault(one.text);
    const isBare =
      site.root.struct !== '' &&
      !/WebhookConfiguration$/.test(site.root.struct) &&
      !one.text.includes('/') &&
      !OWN_FINALIZERS.has(one.text);
    const steps: Step[] = fault ? ['finalizers'] : ['finalizers', index];
    const words =
      fault ?? (isBare ? 'name is neither a standard finalizer name nor is it fully qualified' : '');
    if (words !== '')
      site.refuses(one, steps, `Invalid value: ${JSON.stringify(one.text)}: ${words}`, {
        label: fault ? labelFor(fault) : 'has no domain before a `/`',
      });
  }
  const owners = mapsOf(node, 'ownerReferences');
  const leaders = owners.flatMap(([, owner]) => {
    const leads = get(owner, 'controller');
    return leads?.type === 'scalar' && leads.value === true ? [[leads, owner] as const] : [];
  });
  const named = (owner: YamlMap): string => `${textIn(owner, 'kind')?.text}/${textIn(owner, 'name')?.text}`;
  for (const [leader, owner] of leaders.slice(1))
    site.refuses(
      leader,
      ['ownerReferences'],
      `Invalid value: []: Only one reference can have Controller set to true. Found "true" in references for ${named(leaders[0]![1])} and ${named(owner)}`,
      { says: 'has two owners that control it', label: 'a second controller' },
    );
  for (const [, owner] of owners) {
    const kind = textIn(owner, 'kind');
    if (kind?.text === 'Event' && textIn(owner, 'apiVersion')?.text === 'v1')
      site.refuses(
        kind,
        ['ownerReferences'],
        'Invalid value: {}: /v1, Kind=Event is disallowed from being an owner',
        {
          label: 'owns nothing',
        },
      );
    const version = textIn(owner, 'apiVersion');
    if (version && version.text.split('/').length > 2)
      site.refuses(
        version,
        ['ownerReferences', 'apiVersion'],
        `Invalid value: ${JSON.stringify(version.text)}: version must not be empty`,
        { label: 'no group with a version' },
      );
    for (const key of ['apiVersion', 'kind', 'name', 'uid']) {
      const value = get(owner, key);
      if (value && !(value.type === 'scalar' && (value.value === '' || value.value === null))) continue;
      const words = key === 'apiVersion' ? 'version must not be empty' : 'must not be empty';
      site.refuses(value ?? owner.entries[0]?.keyNode ?? owner, [], '', {
        field: site.field('ownerReferences', key),
        says: `leaves out \`${key}\` of an owner`,
        label: `no \`${key}\``,
        reason: `${site.field('ownerReferences', key)}: Invalid value: "": ${words}`,
      });
    }
  }
}
