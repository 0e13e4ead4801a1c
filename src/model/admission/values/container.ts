import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import {
  ANY,
  AT_LEAST_0,
  checkListed,
  checkRange,
  checkRequiredName,
  has,
  integerIn,
  listIn,
  mapsOf,
  textIn,
} from './fields.ts';
import { labelFault } from './names.ts';
import { checkMountOptions } from './volume-sources.ts';

/** pkg/apis/core/validation validateContainerCommon. */
export const checkContainer: Check = (node, site, entry) => {
  checkRequiredName(site, node, 'name', labelFault);
  const image = textIn(node, 'image');
  if (!has(node, 'image')) site.lacks(node, entry, 'image');
  else if (image?.text === '') site.refuses(image, ['image'], 'Required value', { label: 'empty' });
  // Of a template it is not asked: a server takes such a Job.
  else if (image && image.text.trim() !== image.text && site.root.struct === 'Pod')
    site.refuses(
      image,
      ['image'],
      `Invalid value: ${JSON.stringify(image.text)}: must not have leading or trailing whitespace`,
      { label: 'a space at its end' },
    );
  checkMounts(node, site);
  checkMountOptions(node, site);
  checkRestarts(node, site);
  const ending = get(node, 'readinessProbe', 'terminationGracePeriodSeconds');
  if (ending && has(node, 'readinessProbe', 'terminationGracePeriodSeconds'))
    site.refuses(
      ending,
      ['readinessProbe', 'terminationGracePeriodSeconds'],
      `Invalid value: ${ending.type === 'scalar' ? ending.text : '{}'}: must not be set for readinessProbes`,
      { label: 'readiness ends nothing' },
    );
  for (const probe of ['livenessProbe', 'startupProbe']) {
    const successes = integerIn(node, probe, 'successThreshold');
    if (successes && successes.value !== 1 && successes.value !== 0)
      site.refuses(successes, [probe, 'successThreshold'], `Invalid value: ${successes.value}: must be 1`, {
        label: 'must be 1',
      });
  }
};

const POLICIES = ['Always', 'Never', 'OnFailure'];

/** validateContainerRestartPolicy and validateResizePolicy: closed lists that the description does not tell. */
function checkRestarts(node: YamlMap, site: Site): void {
  const policy = textIn(node, 'restartPolicy');
  if (policy) checkListed(site, policy, ['restartPolicy'], POLICIES);
  const rules = listIn(node, 'restartPolicyRules');
  if (rules && rules.items.length > 0 && !has(node, 'restartPolicy'))
    site.refuses(
      rules,
      ['restartPolicy'],
      'Required value: must specify restartPolicy when restart rules are used',
      { says: 'has rules of restarting and no policy', label: 'needs `restartPolicy`' },
    );
  for (const [index, rule] of mapsOf(node, 'restartPolicyRules')) {
    const action = textIn(rule, 'action');
    if (action) checkListed(site, action, ['restartPolicyRules', index, 'action'], ['Restart']);
    if (!has(rule, 'exitCodes'))
      site.refuses(
        rule.entries[0]?.keyNode ?? rule,
        ['restartPolicyRules', index, 'exitCodes'],
        'Required value: must be specified',
        { says: 'restarts for no exit code', label: 'needs `exitCodes`' },
      );
  }
  const seen = new Set<string>();
  for (const [index, one] of mapsOf(node, 'resizePolicy')) {
    const [resource, restarts] = [textIn(one, 'resourceName'), textIn(one, 'restartPolicy')];
    if (resource) checkListed(site, resource, ['resizePolicy'], ['cpu', 'memory']);
    if (restarts) checkListed(site, restarts, ['resizePolicy'], ['NotRequired', 'RestartContainer']);
    if (resource && seen.has(resource.text))
      site.refuses(
        resource,
        ['resizePolicy', index],
        `Duplicate value: ${JSON.stringify(resource.text)}`,
        SAME_AGAIN,
      );
    if (resource) seen.add(resource.text);
  }
}

/** ValidateVolumeMounts; that each has its volume is seen from the Pod. */
function checkMounts(node: YamlMap, site: Site): void {
  const paths = new Set<string>();
  for (const [index, mount] of mapsOf(node, 'volumeMounts')) {
    const path = textIn(mount, 'mountPath');
    if (path && paths.has(path.text))
      site.refuses(
        path,
        ['volumeMounts', index, 'mountPath'],
        `Invalid value: ${JSON.stringify(path.text)}: must be unique`,
        { label: 'the same again' },
      );
    if (path?.text === '')
      site.refuses(path, ['volumeMounts', index, 'mountPath'], 'Required value', { label: 'empty' });
    if (path) paths.add(path.text);
    const sub = textIn(mount, 'subPath');
    if (sub?.text.startsWith('/'))
      site.refuses(
        sub,
        ['volumeMounts', 'subPath'],
        `Invalid value: ${JSON.stringify(sub.text)}: must be a relative path`,
        { label: 'no relative path' },
      );
    else if (sub?.text.split('/').includes('..'))
      site.refuses(
        sub,
        ['volumeMounts', 'subPath'],
        `Invalid value: ${JSON.stringify(sub.text)}: must not contain '..'`,
        { label: 'contains `..`' },
      );
  }
}

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

/** validateHandler: one of them, and no more. */
const checkHandler: Check = (node, site, entry) => {
  const there = HANDLERS.filter((key) => has(node, key));
  if (there.length === 0) {
    const at = entry?.keyNode ?? node;
    site.refuses(at, [], 'Required value: must specify a handler type', {
      says: `leaves \`${site.field()}\` without a handler`,
      label: 'says neither `httpGet`, `tcpSocket`, `grpc` nor `exec`',
    });
  }
  for (const key of there.slice(1)) {
    const other = node.entries.find((one) => one.key === key)!;
    site.refuses(other.keyNode, [key], 'Forbidden: may not specify more than 1 handler type', {
      label: `\`${there[0]}\` is there as well`,
    });
  }
  if (has(node, 'exec')) {
    const command = get(node, 'exec', 'command');
    const exec = get(node, 'exec');
    if (
      exec?.type === 'map' &&
      (!has(exec, 'command') || (command?.type === 'list' && command.items.length === 0))
    )
      site.refuses(exec.entries[0]?.keyNode ?? exec, ['exec', 'command'], 'Required value', {
        says: `leaves out \`${site.field('exec', 'command')}\``,
        label: 'no command',
      });
  }
};

const SECONDS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

/** validateProbe. */
export const checkProbe: Check = (node, site, entry) => {
  checkHandler(node, site, entry);
  for (const key of SECONDS) checkRange(site, node, [key], [0, ANY], AT_LEAST_0);
  checkRange(site, node, ['terminationGracePeriodSeconds'], [1, ANY], 'must be greater than 0');
};

export const checkLifecycleHandler: Check = checkHandler;

/** validateHTTPGetAction; IsHTTPHeaderName. */
export const checkHttpGet: Check = (node, site) => {
  for (const [, header] of mapsOf(node, 'httpHeaders')) {
    const name = textIn(header, 'name');
    if (!has(header, 'name') || (name && !/^[-A-Za-z0-9]+$/.test(name.text)))
      site.refuses(
        name ?? header.entries[0]?.keyNode ?? header,
        ['httpHeaders'],
        `Invalid value: ${JSON.stringify(name?.text ?? '')}: a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
        { label: 'no name of a header' },
      );
  }
};
