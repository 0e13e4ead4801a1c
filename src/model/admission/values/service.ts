import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { composePortOf, helpForPort } from '../compose.ts';
import { isToFillIn } from '../placeholder.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import { cidrFault, ipFault, rangeFault } from './addresses.ts';
import {
  checkListed,
  checkName,
  checkRange,
  has,
  integerIn,
  labelFor,
  listIn,
  textIn,
  textsIn,
} from './fields.ts';
import { checkLabels } from './metadata.ts';
import { qualifiedFault, subdomainFault } from './names.ts';
import { checkAppProtocol } from './ports.ts';

/** pkg/apis/core/validation validateService, without what the rules of ports tell. */
export const checkServiceSpec: Check = (node, site, entry) => {
  const type = textIn(node, 'type')?.text || 'ClusterIP';
  const isHeadless = textIn(node, 'clusterIP')?.text === 'None' || firstOf(node, 'clusterIPs') === 'None';
  checkLabels(site, get(node, 'selector'), ['selector']);
  // A piece of a Service, to be merged into a whole one, seldom says a selector.
  const ports = listIn(node, 'ports');
  if (
    !isHeadless &&
    type !== 'ExternalName' &&
    (!has(node, 'ports') || ports?.items.length === 0) &&
    (node.entries.length === 0 || has(node, 'selector') || has(node, 'externalName'))
  )
    site.lacks(node, entry, 'ports');
  if (isHeadless && (type === 'LoadBalancer' || type === 'NodePort'))
    site.refuses(
      get(node, 'clusterIP') ?? get(node, 'clusterIPs')!,
      ['clusterIPs', 0],
      `Invalid value: "None": may not be set to 'None' for ${type} services`,
      { label: `not for a ${type}` },
    );
  checkClusterIps(node, site);
  if (type === 'ExternalName') checkExternalName(node, site, entry);
  else checkClusterIp(node, site);
  checkAddresses(node, site);
  checkAffinity(node, site);
  checkTraffic(node, site, type);
  checkFamilies(node, site, type);
};

/** validateIPFamilies, and what the allocator says to two families where one is asked for. */
function checkFamilies(node: YamlMap, site: Site, type: string): void {
  const families = listIn(node, 'ipFamilies')?.items ?? [];
  const seen = new Set<string>();
  for (const [index, family] of families.entries()) {
    if (family.type !== 'scalar') continue;
    if (family.value === '' || family.value === null)
      site.refuses(family, ['ipFamilies', index], 'Unsupported value: "": supported values: "IPv4", "IPv6"', {
        label: 'empty',
      });
    if (seen.has(family.text))
      site.refuses(family, ['ipFamilies', index], `Duplicate value: "${family.text}"`, SAME_AGAIN);
    seen.add(family.text);
  }
  const policy = textIn(node, 'ipFamilyPolicy');
  const isSingle = policy ? policy.text === 'SingleStack' : !has(node, 'ipFamilyPolicy');
  if (families.length === 2 && seen.size === 2 && isSingle && type !== 'ExternalName')
    site.refuses(
      policy ?? families[1]!,
      ['ipFamilyPolicy'],
      `Invalid value: "SingleStack": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified`,
      { says: 'wants two IP families of one', label: 'needs `ipFamilyPolicy: PreferDualStack`' },
    );
  const distribution = textIn(node, 'trafficDistribution');
  if (distribution)
    checkListed(
      site,
      distribution,
      ['trafficDistribution'],
      ['PreferClose', 'PreferSameZone', 'PreferSameNode'],
    );
}

/** ValidateServiceClusterIPsRelatedFields: the list says again what `clusterIP` says. */
function checkClusterIps(node: YamlMap, site: Site): void {
  const list = listIn(node, 'clusterIPs');
  if (!list || list.items.length === 0) return;
  const ips = list.items.map((one) => (one.type === 'scalar' ? String(one.value ?? '') : ''));
  const ip = textIn(node, 'clusterIP');
  const fault = !ip?.text
    ? 'must be empty when `clusterIP` is not specified'
    : ip.text !== ips[0]
      ? 'first value must match `clusterIP`'
      : ips.length > 1 && ips.includes('None')
        ? "'None' must be the first and only value"
        : ips.length > 1 && ips.filter((one) => one.includes(':')).length !== 1
          ? 'may specify no more than one IP for each IP family'
          : undefined;
  if (fault && !ips.some((value) => isToFillIn({ value })))
    site.refuses(list, ['clusterIPs'], `Invalid value: ${JSON.stringify(ips)}: ${fault}`, {
      says: 'lists addresses in `spec.clusterIPs`',
      label: fault,
    });
}

const firstOf = (node: YamlMap, key: string): string | undefined => {
  const first = listIn(node, key)?.items[0];
  return first?.type === 'scalar' ? first.text : undefined;
};

function checkExternalName(node: YamlMap, site: Site, entry: Parameters<Check>[2]): void {
  if (!has(node, 'externalName')) site.lacks(node, entry, 'externalName');
  const name = textIn(node, 'externalName');
  if (name?.text === '') site.refuses(name, ['externalName'], 'Required value', { label: 'empty' });
  else checkName(site, node, 'externalName', (text) => subdomainFault(text.replace(/\.$/, '')));
  for (const key of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
    const value = get(node, key);
    const isEmpty =
      (value?.type === 'scalar' && !value.text) || (value?.type === 'list' && value.items.length === 0);
    if (value && has(node, key) && !isEmpty && !isToFillIn(value as never))
      site.refuses(
        value,
        [key === 'clusterIP' ? 'clusterIPs' : key],
        'Forbidden: may not be set for ExternalName services',
        { label: 'not for an ExternalName' },
      );
  }
}

function checkClusterIp(node: YamlMap, site: Site): void {
  const ip = textIn(node, 'clusterIP');
  const fault = ip && ip.text !== '' && ip.text !== 'None' ? ipFault(ip.text) : undefined;
  if (ip && fault)
    site.refuses(ip, ['clusterIPs', 0], `Invalid value: ${JSON.stringify(ip.text)}: ${fault}`, {
      label: 'no IP address',
    });
}

function checkAddresses(node: YamlMap, site: Site): void {
  for (const [key, faultOf] of [
    ['externalIPs', (text: string) => ipFault(text) ?? rangeFault(text)],
    ['loadBalancerSourceRanges', (text: string) => cidrFault(text.trim())],
  ] as const) {
    for (const [index, item] of textsIn(node, key)) {
      const wrong = faultOf(item.text);
      if (wrong)
        site.refuses(
          item,
          [key === 'loadBalancerSourceRanges' ? 'LoadBalancerSourceRanges' : key, index],
          `Invalid value: ${JSON.stringify(item.text)}: ${wrong}`,
          { label: labelFor(wrong), field: site.field(key, index) },
        );
    }
  }
}

/** Without `ClientIP` the configuration is dropped before anybody looks at it. */
function checkAffinity(node: YamlMap, site: Site): void {
  if (textIn(node, 'sessionAffinity')?.text !== 'ClientIP') return;
  checkRange(
    site,
    node,
    ['sessionAffinityConfig', 'clientIP', 'timeoutSeconds'],
    [1, 86400],
    'must be greater than 0 and less than 86400',
  );
}

function checkTraffic(node: YamlMap, site: Site, type: string): void {
  const isOutside =
    type === 'LoadBalancer' ||
    type === 'NodePort' ||
    (type === 'ClusterIP' && (listIn(node, 'externalIPs')?.items.length ?? 0) > 0);
  const policy = textIn(node, 'externalTrafficPolicy');
  if (policy && policy.text !== '' && !isOutside)
    site.refuses(
      policy,
      ['externalTrafficPolicy'],
      `Invalid value: "${policy.text}": may only be set for externally-accessible services`,
      { label: `not for a ${type}` },
    );
  const check = integerIn(node, 'healthCheckNodePort');
  if (check && check.value !== 0 && !(type === 'LoadBalancer' && policy?.text === 'Local'))
    site.refuses(
      check,
      ['healthCheckNodePort'],
      `Invalid value: ${check.value}: may only be set when \`type\` is 'LoadBalancer' and \`externalTrafficPolicy\` is 'Local'`,
      { label: 'not for this Service', toldHere: true },
    );
  for (const key of ['loadBalancerSourceRanges', 'allocateLoadBalancerNodePorts', 'loadBalancerClass']) {
    const value = get(node, key);
    if (
      type === 'LoadBalancer' ||
      !value ||
      !has(node, key) ||
      (value.type === 'list' && value.items.length === 0)
    )
      continue;
    const name = key === 'loadBalancerSourceRanges' ? 'LoadBalancerSourceRanges' : key;
    site.refuses(value, [name], `Forbidden: may only be used when \`type\` is 'LoadBalancer'`, {
      label: `not for a ${type}`,
      field: site.field(key),
    });
  }
  const lbClass = textIn(node, 'loadBalancerClass');
  if (lbClass?.text === '')
    site.refuses(lbClass, ['loadBalancerClass'], `Invalid value: "": ${qualifiedFault('')}`, {
      label: 'empty',
    });
  checkName(site, node, 'loadBalancerClass', qualifiedFault);
}

const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const TOPOLOGY = [
  'service.kubernetes.io/topology-mode',
  'service.kubernetes.io/topology-aware-hints',
] as const;

/** validateService: annotations that are older than the fields that say the same. */
export const checkServiceNotes: Check = (node, site) => {
  const notes = get(node, 'metadata', 'annotations');
  const steps = ['metadata', 'annotations'];
  const ranges = textIn(notes, SOURCE_RANGES);
  if (ranges && !listIn(node, 'spec', 'loadBalancerSourceRanges')?.items.length) {
    const place = [...steps, [SOURCE_RANGES] as const];
    if (textIn(node, 'spec', 'type')?.text !== 'LoadBalancer')
      site.refuses(ranges, place, "Forbidden: may only be used when `type` is 'LoadBalancer'", {
        label: 'only for a LoadBalancer',
      });
    const texts = ranges.text.trim() === '' ? [] : ranges.text.split(',').map((one) => one.trim());
    const fault = texts.flatMap((one) => cidrFault(one) ?? [])[0];
    if (fault)
      site.refuses(ranges, place, `Invalid value: ${JSON.stringify(ranges.text)}: ${fault}`, {
        label: labelFor(fault),
      });
  }
  const [mode, hints] = TOPOLOGY.map((key) => textIn(notes, key));
  if (mode && hints && mode.text !== hints.text)
    site.refuses(
      mode,
      [...steps, [TOPOLOGY[0]]],
      `Invalid value: ${JSON.stringify(mode.text)}: must match annotations[${TOPOLOGY[1]}] when both are specified`,
      { label: `\`${hints.text}\` below ${TOPOLOGY[1]}` },
    );
};

/** validateServicePort, and what people bring from compose. */
export const checkServicePort: Check = (node, site) => {
  checkAppProtocol(node, site);
  const target = textIn(node, 'targetPort');
  const compose = target && composePortOf(target.text);
  if (target && compose) {
    site.refuses(
      target,
      ['targetPort'],
      `Invalid value: ${JSON.stringify(target.text)}: must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)`,
      {
        rule: 'compose-port-syntax',
        label:
          compose.host === undefined ? 'a port as compose writes it' : 'HOST:CONTAINER, as compose writes it',
        help: helpForPort(compose, 'targetPort'),
        lost: true,
      },
    );
  }
};
