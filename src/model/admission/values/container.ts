import { table } from '../../../text/table.ts';
import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import type { Check, Site } from '../site.ts';
import type { Step } from '../step.ts';
import {
  ANY,
  AT_LEAST_0,
  checkName,
  checkRange,
  checkRequiredName,
  has,
  integerIn,
  labelFor,
  mapsOf,
  textIn,
} from './fields.ts';
import { configKeyFault, labelFault, subdomainFault, variableFault } from './names.ts';

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
  for (const probe of ['livenessProbe', 'startupProbe']) {
    const successes = integerIn(node, probe, 'successThreshold');
    if (successes && successes.value !== 1 && successes.value !== 0)
      site.refuses(successes, [probe, 'successThreshold'], `Invalid value: ${successes.value}: must be 1`, {
        label: 'must be 1',
      });
  }
};

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
    if (name && !/^[-A-Za-z0-9]+$/.test(name.text))
      site.refuses(
        name,
        ['httpHeaders'],
        `Invalid value: ${JSON.stringify(name.text)}: a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')`,
        { label: 'no name of a header' },
      );
  }
};

/** ValidateEnv and validateEnvVarValueFrom. */
export const checkEnvVar: Check = (node, site) => {
  checkRequiredName(site, node, 'name', variableFault);
  const source = get(node, 'valueFrom');
  if (source?.type !== 'map') return;
  const sources = source.entries.filter(({ key }) => has(source, key));
  const value = textIn(node, 'value');
  if (sources.length === 0)
    site.refuses(
      source,
      ['valueFrom'],
      'Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`, or `fileKeyRef`',
      { label: 'no source' },
    );
  else if (value && value.text !== '')
    site.refuses(value, ['valueFrom'], 'Invalid value: "": may not be specified when `value` is not empty', {
      label: 'beside `valueFrom`',
    });
  else if (sources.length > 1)
    site.refuses(
      sources[1]!.keyNode,
      ['valueFrom'],
      'Invalid value: "": may not have more than one field specified at a time',
      { label: 'a second source' },
    );
  for (const ref of ['configMapKeyRef', 'secretKeyRef']) {
    const selector = get(source, ref);
    if (selector?.type !== 'map') continue;
    checkName(site, selector, 'key', configKeyFault, ['valueFrom', ref]);
    checkName(site, selector, 'name', subdomainFault, ['valueFrom', ref]);
  }
  const path = textIn(source, 'fieldRef', 'fieldPath');
  if (path && !FIELD_PATHS.test(path.text)) refuseFieldPath(site, path);
};

/** ValidateEnvFrom. */
export const checkEnvFrom: Check = (node, site) => {
  checkName(site, node, 'prefix', variableFault);
  for (const key of ['configMapRef', 'secretRef']) {
    const ref = get(node, key);
    if (ref?.type !== 'map') continue;
    const name = get(ref, 'name');
    if (!has(ref, 'name') || (name?.type === 'scalar' && name.value === ''))
      site.refuses(name ?? node.entries[0]?.keyNode ?? ref, [key, 'name'], 'Required value', {
        says: `leaves \`${site.field(key, 'name')}\` empty`,
        label: 'no name',
      });
    else checkName(site, ref, 'name', subdomainFault, [key]);
  }
};

function refuseFieldPath(site: Site, path: NonNullable<ReturnType<typeof textIn>>): void {
  const steps: Step[] = ['valueFrom', 'fieldRef', 'fieldPath'];
  if (path.text === '') site.refuses(path, steps, 'Required value', { label: 'empty' });
  else
    site.refuses(
      path,
      steps,
      `Invalid value: ${JSON.stringify(path.text)}: error converting fieldPath: field label not supported: ${path.text}`,
      { label: 'no field that a variable can take' },
    );
}

const FIELD_PATHS =
  /^(metadata\.(name|namespace|uid|labels\[.*\]|annotations\[.*\]|labels|annotations)|spec\.(nodeName|serviceAccountName|restartPolicy|schedulerName|hostNetwork)|status\.(hostIPs?|podIPs?|phase|nominatedNodeName))$/;

/** ValidateContainerResourceRequirements. */
export const checkResources: Check = (node, site) => {
  const limits = get(node, 'limits');
  for (const list of ['requests', 'limits']) {
    const map = get(node, list);
    for (const { key, keyNode, value } of map?.type === 'map' ? map.entries : []) {
      const amount = amountOf(value);
      if (amount !== undefined && amount < 0)
        site.refuses(value, [list, [key]], `Invalid value: ${AT_LEAST_0}`, { label: 'less than 0' });
      const most = list === 'requests' ? amountOf(get(limits, key)) : undefined;
      if (amount !== undefined && most !== undefined && amount > most)
        site.refuses(
          value,
          [list],
          `Invalid value: ${JSON.stringify((value as { text: string }).text)}: must be less than or equal to ${key} limit of ${(get(limits, key) as { text: string }).text}`,
          { label: 'more than the limit' },
        );
      if (!STANDARD.test(key) && !key.includes('/'))
        site.refuses(
          keyNode,
          [list, [key]],
          `Invalid value: ${JSON.stringify(key)}: must be a standard resource type or fully qualified`,
          { label: labelFor('no standard resource') },
        );
    }
  }
};

const STANDARD = /^(cpu|memory|ephemeral-storage|storage|hugepages-.+)$|\$/;
const SCALES = table<number>({
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
});

/** A quantity as a number; undefined for what is none, or left to another tool. */
function amountOf(value: ReturnType<typeof get>): number | undefined {
  if (value?.type !== 'scalar' || value.value === null || isToFillIn(value)) return undefined;
  const [, digits = '', unit = '', binary] =
    /^([+-]?[\d.]+)([numkKMGTPE]?)(i?)$/.exec(String(value.value)) ?? [];
  if (digits === '') return undefined;
  const scale = binary ? 1024 ** ' KMGTPE'.indexOf(unit) : SCALES[unit]!;
  return Number(digits) * scale;
}
