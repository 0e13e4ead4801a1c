import type { Check } from '../site.ts';
import { cidrFault } from './addresses.ts';
import { checkNames, has, labelFor, listIn, textIn } from './fields.ts';

/** pkg/apis/networking/validation ValidateNetworkPolicyPeer. */
export const checkPeer: Check = (node, site) => {
  const peers = ['podSelector', 'namespaceSelector', 'ipBlock'].filter((key) => has(node, key));
  const at = node.entries[0]?.keyNode ?? node;
  if (peers.length === 0)
    site.refuses(at, [], 'Required value: must specify a peer', {
      says: `names no peer in \`${site.field()}\``,
      label: 'nobody is meant',
    });
  if (peers.length > 1 && peers.includes('ipBlock'))
    site.refuses(at, [], 'Forbidden: may not specify both ipBlock and another peer', {
      says: `has \`ipBlock\` and another peer in \`${site.field()}\``,
      label: 'write two entries',
    });
};

/** ValidateNetworkPolicySpec. */
export const checkPolicySpec: Check = (node, site) => {
  const types = listIn(node, 'policyTypes');
  if (types && types.items.length > 2)
    site.refuses(
      types,
      ['policyTypes'],
      `Invalid value: ${JSON.stringify(types.items.map((one) => (one.type === 'scalar' ? one.text : '')))}: may not specify more than two policyTypes`,
      { label: 'more than two' },
    );
};

/** ValidateIPBlock. */
export const checkIpBlock: Check = (node, site) => {
  const cidr = textIn(node, 'cidr');
  const fault = cidr && (cidr.text === '' ? 'Required value' : cidrFault(cidr.text));
  if (cidr && fault)
    site.refuses(
      cidr,
      ['cidr'],
      cidr.text === '' ? fault : `Invalid value: ${JSON.stringify(cidr.text)}: ${fault}`,
      { label: labelFor(fault) },
    );
  checkNames(
    site,
    node,
    'except',
    (text) =>
      cidrFault(text) ??
      (cidr && !fault && !isWithin(text, cidr.text) ? 'must be a strict subset of `cidr`' : undefined),
  );
};

/** More of its bits are given, and those of the outer are the same. */
function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [bitsOf(inner), bitsOf(outer)];
  if (a.address.length !== b.address.length) return false;
  return a.length > b.length && a.address.startsWith(b.address.slice(0, b.length));
}

/** The address as a text of its bits, 32 or 128. */
function bitsOf(cidr: string): { readonly address: string; readonly length: number } {
  const [ip = '', length] = cidr.split('/');
  return { address: ip.includes(':') ? bitsOfIPv6(ip) : bitsOfIPv4(ip), length: Number(length) };
}

const bitsOfIPv4 = (ip: string): string =>
  ip
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');

function bitsOfIPv6(ip: string): string {
  const [head = '', tail] = ip.split('::').map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) =>
        group.includes('.') ? bitsOfIPv4(group) : Number.parseInt(group, 16).toString(2).padStart(16, '0'),
      )
      .join(''),
  );
  return tail === undefined ? head : `${head.padEnd(128 - tail.length, '0')}${tail}`;
}
