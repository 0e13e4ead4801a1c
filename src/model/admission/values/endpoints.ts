import { get } from '../../reader.ts';
import type { Check } from '../site.ts';
import { ipFault, isIPv4, isIPv6 } from './addresses.ts';
import { checkName, checkNames, checkRepeated, labelFor, listIn, mapsOf, textIn } from './fields.ts';
import { labelFault, qualifiedFault, subdomainFault } from './names.ts';

/** ValidateEndpointIP: pkg/apis/core/validation. */
function specialFault(ip: string): string | undefined {
  if (/^0+\.0+\.0+\.0+$|^::$/.test(ip)) return 'may not be unspecified (0.0.0.0 or ::)';
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
  for (const [at, endpoint] of mapsOf(node, 'endpoints')) {
    const faultOf = (text: string): string | undefined => addressFault(text, type?.text ?? '');
    checkNames(site, endpoint, 'addresses', faultOf, ['endpoints', at]);
    if (listIn(endpoint, 'addresses')?.items.length === 0)
      site.refuses(
        get(endpoint, 'addresses')!,
        ['endpoints', at, 'addresses'],
        'Required value: must contain at least 1 address',
        { label: 'no address' },
      );
  }
};

function addressFault(address: string, type: string): string | undefined {
  if (type === 'IPv4')
    return ipFault(address) ?? (isIPv4(address) ? specialFault(address) : 'must be an IPv4 address');
  if (type === 'IPv6')
    return ipFault(address) ?? (isIPv6(address) ? specialFault(address) : 'must be an IPv6 address');
  return undefined;
}

/** An endpoint of a slice. */
export const checkEndpoint: Check = (node, site) => {
  checkName(site, node, 'hostname', labelFault);
  checkName(site, node, 'nodeName', subdomainFault);
  const node_ = textIn(node, 'nodeName');
  if (node_?.text === '')
    site.refuses(node_, ['nodeName'], `Invalid value: "": ${subdomainFault('')}`, { label: 'empty' });
};

export const checkEndpointPort: Check = (node, site) => checkName(site, node, 'appProtocol', qualifiedFault);

/** validateEndpointSubset. */
export const checkEndpointSubset: Check = (node, site) => {
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
  checkName(site, node, 'nodeName', subdomainFault);
};
