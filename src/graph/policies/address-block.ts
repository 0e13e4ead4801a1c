import { isIPv4 } from '../../model/admission/values/addresses.ts';
import type { AddressBlock } from '../../model/policy.ts';

/** Whether an IPv4 address is in a block and in none of its exceptions; undefined where a block cannot be read. */
export function includesAddress({ cidr, except }: AddressBlock, address: string): boolean | undefined {
  const isIn = isWithin(cidr, address);
  if (isIn !== true) return isIn;
  const out = except.map((one) => isWithin(one, address));
  if (out.includes(true)) return false;
  return out.includes(undefined) ? undefined : true;
}

function isWithin(cidr: string, address: string): boolean | undefined {
  const [network = '', bits = ''] = cidr.split('/');
  // No block of IPv6 has an address of IPv4.
  if (network.includes(':')) return false;
  if (!isIPv4(network) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
}

const numberOf = (address: string): number =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0);

const PRIVATE: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  // Carriers' addresses (RFC 6598), which some clusters give to Pods.
  '100.64.0.0/10',
];

/** Whether an address may be one of the cluster's own. */
export const isPrivateAddress = (address: string): boolean =>
  PRIVATE.some((block) => isWithin(block, address));
