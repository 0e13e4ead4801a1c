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

/** IPv4 alone; of other addresses nothing is said. */
function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [bitsOf(inner), bitsOf(outer)];
  if (!a || !b) return true;
  return a.length > b.length && a.address >>> (32 - b.length) === b.address >>> (32 - b.length);
}

function bitsOf(cidr: string): { readonly address: number; readonly length: number } | undefined {
  const [, ip = '', length = ''] = /^([\d.]+)\/(\d+)$/.exec(cidr) ?? [];
  if (length === '' || length === '0') return undefined;
  return {
    address: ip.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0),
    length: Number(length),
  };
}
