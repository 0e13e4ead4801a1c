import type { YamlMap, YamlNode } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { isToFillIn } from '../placeholder.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import { ipFault } from './addresses.ts';
import { checkName, checkNames, has, integerIn, labelFor, listIn, mapsOf, textIn } from './fields.ts';
import { qualifiedFault, subdomainFault } from './names.ts';
import { checkOverhead } from './resources.ts';
import { checkSpreadTwice } from './scheduling.ts';

/** ValidatePodSpec: what concerns the whole Pod beside its containers and volumes. */
export function checkPodSettings(node: YamlMap, site: Site): void {
  const policy = textIn(node, 'dnsPolicy');
  if (policy?.text === 'None' && !has(node, 'dnsConfig'))
    site.refuses(policy, ['dnsConfig'], 'Required value: must provide `dnsConfig` when `dnsPolicy` is None', {
      says: 'asks for no name server, and gives none',
      label: 'needs `dnsConfig`',
    });
  const shared = get(node, 'shareProcessNamespace');
  if (isTrue(node, 'shareProcessNamespace') && isTrue(node, 'hostPID'))
    site.refuses(
      shared!,
      ['securityContext', 'shareProcessNamespace'],
      'Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled',
      { label: 'not beside `hostPID`', field: site.field('shareProcessNamespace') },
    );
  checkPriorityClass(node, site);
  if (site.root.struct === 'Pod') checkPriority(node, site);
  checkRuntimeClass(node, site);
  checkName(site, node, 'hostnameOverride', subdomainFault);
  checkGates(node, site);
  checkUsersOfHost(node, site);
  checkSpreadTwice(node, site);
  const preemption = textIn(node, 'preemptionPolicy');
  if (preemption?.text === '')
    site.refuses(preemption, ['preemptionPolicy'], 'Required value', { label: 'empty' });
  const ephemeral = listIn(node, 'ephemeralContainers');
  if (ephemeral && ephemeral.items.length > 0)
    site.refuses(
      ephemeral,
      ['ephemeralContainers'],
      site.root.struct === 'Pod'
        ? 'Forbidden: cannot be set on create'
        : 'Forbidden: ephemeral containers not allowed in pod template',
      {
        says: 'has ephemeral containers from the start',
        label: 'added to a Pod that runs, by `kubectl debug`',
      },
    );
  checkSleeps(node, site);
  checkInitContainers(node, site);
}

const isTrue = (node: YamlMap, key: string): boolean => {
  const value = get(node, key);
  return value?.type === 'scalar' && value.value === true;
};

/** Of a Pod the class is looked up first, and none can have such a name. */
function checkPriorityClass(node: YamlMap, site: Site): void {
  const name = textIn(node, 'priorityClassName');
  const fault = name && name.text !== '' && subdomainFault(name.text);
  if (!name || !fault) return;
  const steps = ['priorityClassName'];
  const words = `Invalid value: ${JSON.stringify(name.text)}: ${fault}`;
  site.refuses(name, steps, words, {
    label: labelFor(fault),
    ...(site.root.struct === 'Pod' ? { reason: `no PriorityClass with name ${name.text} was found` } : {}),
  });
}

/** What the classes of every cluster come to; without a class it is 0, unless the cluster has a default. */
const PRIORITIES: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['system-cluster-critical', 2_000_000_000],
  ['system-node-critical', 2_000_001_000],
]);

/** plugin/pkg/admission/priority: a Pod may say what its class comes to, and nothing else. */
function checkPriority(node: YamlMap, site: Site): void {
  const name = textIn(node, 'priorityClassName');
  if (!name && get(node, 'priorityClassName')) return;
  const computed = PRIORITIES.get(name?.text ?? '');
  if (computed === undefined) return;
  const [number, policy] = [integerIn(node, 'priority'), textIn(node, 'preemptionPolicy')];
  if (number && number.value !== computed)
    site.refuses(number, ['priority'], '', {
      label: `its class comes to ${computed}`,
      reason: `the integer value of priority (${number.value}) must not be provided in pod spec; priority admission controller computed ${computed} from the given PriorityClass name`,
      help: ['name a PriorityClass in `priorityClassName`, and leave the number out'],
    });
  if (policy?.text === 'Never')
    site.refuses(policy, ['preemptionPolicy'], '', {
      label: 'its class preempts',
      reason:
        'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
      help: ['name a PriorityClass that has this policy'],
    });
}

/** Of a Pod the class is looked up, as the one before; what it costs is set by the class alone. */
function checkRuntimeClass(node: YamlMap, site: Site): void {
  const name = textIn(node, 'runtimeClassName');
  const fault = name && subdomainFault(name.text);
  const isPod = site.root.struct === 'Pod';
  if (name && fault)
    site.refuses(name, ['runtimeClassName'], `Invalid value: ${JSON.stringify(name.text)}: ${fault}`, {
      label: labelFor(fault),
      ...(isPod
        ? {
            reason:
              name.text === ''
                ? 'resource name may not be empty'
                : `pod rejected: RuntimeClass ${JSON.stringify(name.text)} not found`,
          }
        : {}),
    });
  const overhead = get(node, 'overhead');
  checkOverhead(overhead, site);
  if (isPod && overhead?.type === 'map' && overhead.entries.length > 0 && !has(node, 'runtimeClassName'))
    site.refuses(overhead.entries[0]!.keyNode, ['overhead'], '', {
      says: 'says what its runtime class costs, and names no class',
      label: 'needs `runtimeClassName`',
      reason: 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
    });
}

/** What may be done as a user of the node, and what only apart from its users. */
function checkUsersOfHost(node: YamlMap, site: Site): void {
  const users = get(node, 'hostUsers');
  const isApart = users?.type === 'scalar' && users.value === false;
  let hostProcess = trueAt(node, 'securityContext', 'windowsOptions', 'hostProcess');
  for (const list of ['containers', 'initContainers'])
    for (const [index, container] of mapsOf(node, list)) {
      hostProcess ??= trueAt(container, 'securityContext', 'windowsOptions', 'hostProcess');
      const mount = textIn(container, 'securityContext', 'procMount');
      if (mount?.text === 'Unmasked' && !isApart)
        site.refuses(
          mount,
          [list, index, 'securityContext', 'procMount'],
          'Invalid value: "Unmasked": `hostUsers` must be false to use `Unmasked`',
          { label: 'needs `hostUsers: false`' },
        );
    }
  if (hostProcess && !isTrue(node, 'hostNetwork'))
    site.refuses(
      hostProcess,
      ['hostNetwork'],
      'Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers',
      { says: 'runs a process of the host', label: 'needs `hostNetwork: true`' },
    );
  if (!isApart) return;
  for (const key of ['hostPID', 'hostIPC'])
    if (isTrue(node, key))
      site.refuses(get(node, key)!, [key.replace('host', 'Host')], 'Forbidden: when `hostUsers` is false', {
        label: 'not beside `hostUsers: false`',
        field: site.field(key),
      });
  if (isTrue(node, 'hostNetwork'))
    site.refuses(get(node, 'hostNetwork')!, ['hostNetwork'], 'Forbidden: when `hostUsers` is false', {
      label: 'not beside `hostUsers: false`',
    });
}

function trueAt(node: YamlMap, ...path: readonly string[]): YamlNode | undefined {
  const value = get(node, ...path);
  return value?.type === 'scalar' && value.value === true ? value : undefined;
}

/** validateSchedulingGates. */
function checkGates(node: YamlMap, site: Site): void {
  const seen = new Set<string>();
  for (const [index, gate] of mapsOf(node, 'schedulingGates')) {
    const name = textIn(gate, 'name');
    const text = has(gate, 'name') ? name?.text : '';
    if (text === undefined) continue;
    const fault = qualifiedFault(text);
    const at = name ?? gate.entries[0]?.keyNode ?? gate;
    const steps = ['schedulingGates', index];
    if (fault)
      site.refuses(at, steps, `Invalid value: ${JSON.stringify(text)}: ${fault}`, { label: labelFor(fault) });
    else if (seen.has(text)) site.refuses(at, steps, `Duplicate value: ${JSON.stringify(text)}`, SAME_AGAIN);
    seen.add(text);
  }
}

/** validateSleepAction: nobody sleeps longer than the Pod has to end. */
function checkSleeps(node: YamlMap, site: Site): void {
  const grace = get(node, 'terminationGracePeriodSeconds');
  const most = grace?.type === 'scalar' && typeof grace.value === 'number' ? grace.value : 30;
  for (const list of ['containers', 'initContainers'])
    for (const [index, container] of mapsOf(node, list))
      for (const hook of ['preStop', 'postStart']) {
        const seconds = integerIn(container, 'lifecycle', hook, 'sleep', 'seconds');
        if (seconds && (seconds.value < 0 || seconds.value > most))
          site.refuses(
            seconds,
            [list, index, 'lifecycle', hook, 'sleep'],
            `Invalid value: ${seconds.value}: must be non-negative and less than terminationGracePeriodSeconds (${most})`,
            { label: seconds.value < 0 ? 'less than 0' : `the Pod has ${most} seconds to end` },
          );
      }
}

const OF_RUNNING = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];

/** validateInitContainers: what ends before the others start is not probed, and has a name of its own. */
function checkInitContainers(node: YamlMap, site: Site): void {
  const names = new Set(mapsOf(node, 'containers').map(([, one]) => textIn(one, 'name')?.text));
  for (const [index, container] of mapsOf(node, 'initContainers')) {
    const name = textIn(container, 'name');
    if (name && name.text !== '' && names.has(name.text))
      site.refuses(name, ['initContainers', index, 'name'], `Duplicate value: ${JSON.stringify(name.text)}`, {
        label: 'a container has this name',
      });
    const restarts = get(container, 'restartPolicy');
    if (restarts && (restarts.type !== 'scalar' || restarts.value === 'Always' || isToFillIn(restarts)))
      continue;
    for (const key of OF_RUNNING) {
      const entry = container.entries.find((one) => one.key === key);
      if (!entry || !has(container, key)) continue;
      site.refuses(
        entry.keyNode,
        ['initContainers', index, key],
        'Forbidden: may not be set for init containers without restartPolicy=Always',
        { says: `has \`${key}\` in an init container`, label: 'it ends before the others start' },
      );
    }
  }
}

/** The words for names that may begin with an underscore. */
const SEARCH = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/;
const NO_SEARCH =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*')";

/** validatePodDNSConfig. */
export const checkDnsConfig: Check = (node, site) => {
  const servers = listIn(node, 'nameservers');
  if (servers && servers.items.length > 3)
    site.refuses(
      servers,
      ['nameservers'],
      `Invalid value: ${JSON.stringify(servers.items.map((one) => (one.type === 'scalar' ? one.text : '')))}: must not have more than 3 nameservers`,
      { label: 'more than 3' },
    );
  checkNames(site, node, 'nameservers', ipFault);
  checkNames(site, node, 'searches', searchFault);
  for (const [index, option] of mapsOf(node, 'options'))
    if (!has(option, 'name') || textIn(option, 'name')?.text === '')
      site.refuses(
        option.entries[0]?.keyNode ?? option,
        ['options', index],
        'Required value: must not be empty',
        { says: `gives no name to \`${site.field('options', index)}\``, label: 'no `name`' },
      );
};

const searchFault = (text: string): string | undefined =>
  text === '.' || SEARCH.test(text.replace(/\.$/, '')) ? undefined : NO_SEARCH;

/** validateOS. */
export const checkPodOs: Check = (node, site) => {
  const name = textIn(node, 'name');
  if (name?.text === '') site.refuses(name, ['name'], 'Required value', { label: 'empty' });
  else if (name && name.text !== 'linux' && name.text !== 'windows')
    site.refuses(
      name,
      [],
      `Unsupported value: ${JSON.stringify(name.text)}: supported values: "linux", "windows"`,
      { label: 'write `linux` or `windows`' },
    );
};

/** ValidateReadinessGates. */
export const checkReadinessGate: Check = (node, site) => {
  const type = textIn(node, 'conditionType');
  const fault = type && qualifiedFault(type.text);
  if (type && fault)
    site.refuses(type, ['conditionType'], `Invalid value: ${JSON.stringify(type.text)}: ${fault}`, {
      label: labelFor(fault),
    });
};
