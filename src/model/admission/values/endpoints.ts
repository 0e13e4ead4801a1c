import type { YamlMap } from '../../../text/yaml-node.ts';
import { get } from '../../reader.ts';
import { type Check, SAME_AGAIN, type Site } from '../site.ts';
import type { Step } from '../step.ts';
import { ipFault, isIPv4, isIPv6 } from './addresses.ts';
import { checkName, checkRepeated, has, labelFor, listIn, mapsOf, textIn, textsIn } from './fields.ts';
import { labelFault, labelValueFault, type NameFault, subdomainFault } from './names.ts';
import { checkNamelessPorts } from './ports.ts';

/** ValidateEndpointIP: pkg/apis/core/validation. */
function specialFault(ip: string): string | undefined {
  if (/^0+\.0+\.0+\.0+$|^::$/.test(ip)) return `may not be unspecified (${ip})`;
  if (/^127\.|^::1$/.test(ip)) return 'may not be in the loopback range (127.0.0.0/8, ::1/128)';
  if (/^169\.254\.|^fe[89ab]/i.test(ip))
    return 'may not be in the link-local range (169.254.0.0/16, fe80::/10)';
  return /^224\.0\.0\.|^ff02:/i.test(ip)
    ? 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'
    : undefined;
}

/** pkg/apis/discovery/validation ValidateEndpointSlice. */
export const checkEndpointSlice: Check = (node, site) => {
  const type = textIn(node, 'addressType');
  if (type?.text === '') site.refuses(type, ['addressType'], 'Required value', { label: 'empty' });
  checkRepeated(site, node, 'ports', 'name');
  checkNamelessPorts(node, site);
  for (const [at, endpoint] of mapsOf(node, 'endpoints')) {
    checkSliceAddresses(endpoint, site, at, type?.text ?? '');
    if (listIn(endpoint, 'addresses')?.items.length === 0)
      site.refuses(
        get(endpoint, 'addresses')!,
        ['endpoints', at, 'addresses'],
        'Required value: must contain at least 1 address',
        { label: 'no address' },
      );
  }
};

/** An address of the other family is told of the whole list. */
function checkSliceAddresses(endpoint: YamlMap, site: Site, at: number, type: string): void {
  if (type !== 'IPv4' && type !== 'IPv6') return;
  const isOfFamily = type === 'IPv4' ? isIPv4 : isIPv6;
  for (const [index, address] of textsIn(endpoint, 'addresses')) {
    const isOther = ipFault(address.text) === undefined && !isOfFamily(address.text);
    const fault =
      ipFault(address.text) ?? (isOther ? `must be an ${type} address` : specialFault(address.text));
    const steps: Step[] = ['endpoints', at, 'addresses', ...(isOther ? [] : [index])];
    if (fault)
      site.refuses(address, steps, `Invalid value: ${JSON.stringify(address.text)}: ${fault}`, {
        label: labelFor(fault),
      });
  }
}

/** An endpoint of a slice. */
export const checkEndpoint: Check = (node, site) => {
  checkPointed(node, site, 'hostname', labelFault);
  checkPointed(node, site, 'nodeName', subdomainFault);
  for (const [list, faultOf] of [
    ['forZones', labelValueFault],
    ['forNodes', subdomainFault],
  ] as const) {
    const seen = new Set<string>();
    for (const [index, one] of mapsOf(node, 'hints', list)) {
      const name = textIn(one, 'name');
      if (!name) continue;
      const steps = ['hints', list, index, 'name'];
      const fault = faultOf(name.text);
      if (fault)
        site.refuses(name, steps, `Invalid value: ${JSON.stringify(name.text)}: ${fault}`, {
          label: labelFor(fault),
        });
      else if (seen.has(name.text))
        site.refuses(name, steps, `Duplicate value: ${JSON.stringify(name.text)}`, SAME_AGAIN);
      seen.add(name.text);
    }
  }
};

/** Where Go holds a pointer, an empty name is not taken for none. */
function checkPointed(node: YamlMap, site: Site, key: string, faultOf: NameFault): void {
  const text = textIn(node, key);
  if (text?.text === '') site.refuses(text, [key], `Invalid value: "": ${faultOf('')}`, { label: 'empty' });
  else checkName(site, node, key, faultOf);
}

/** validateEndpointSubset. */
export const checkEndpointSubset: Check = (node, site) => {
  const ports = mapsOf(node, 'ports');
  for (const [index, port] of ports.length > 1 ? ports : [])
    if (!has(port, 'name') || textIn(port, 'name')?.text === '')
      site.refuses(
        textIn(port, 'name') ?? port.entries[0]?.keyNode ?? port,
        ['ports', index, 'name'],
        'Required value',
        {
          says: `gives no name to \`${site.field('ports', index)}\``,
          label: 'one of several, without a name',
        },
      );
  if (!listIn(node, 'addresses')?.items.length && !listIn(node, 'notReadyAddresses')?.items.length)
    site.refuses(
      node.entries[0]?.keyNode ?? node,
      [],
      'Required value: must specify `addresses` or `notReadyAddresses`',
      {
        says: `has no addresses in \`${site.field()}\``,
        label: 'neither `addresses` nor `notReadyAddresses`',
      },
    );
};

/** validateEndpointAddress. */
export const checkEndpointAddress: Check = (node, site) => {
  const ip = textIn(node, 'ip');
  const fault = ip && (ipFault(ip.text) ?? specialFault(ip.text));
  if (ip && fault)
    site.refuses(ip, ['ip'], `Invalid value: ${JSON.stringify(ip.text)}: ${fault}`, {
      label: labelFor(fault),
    });
  checkName(site, node, 'hostname', labelFault);
  checkPointed(node, site, 'nodeName', subdomainFault);
};
