/** Go's netutils.ParseIPSloppy: four decimal numbers, zeros before them allowed. */
export const isIPv4 = (text: string): boolean => {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,8}$/.test(part) && Number(part) < 256);
};

/** Groups of four hexadecimal digits, of which a run of zeros may be left out once. */
export function isIPv6(text: string): boolean {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2 || text.length > 45) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const hasIPv4 = last.includes('.');
  if (hasIPv4 && !isIPv4(last)) return false;
  const count = groups.length + (hasIPv4 ? 1 : 0);
  const hexadecimal = hasIPv4 ? groups.slice(0, -1) : groups;
  return (
    hexadecimal.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) &&
    (halves.length === 2 ? count < 8 : count === 8)
  );
}

export const ipFault = (text: string): string | undefined =>
  isIPv4(text) || isIPv6(text) ? undefined : 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

export function cidrFault(text: string): string | undefined {
  const [address = '', bits = '', ...more] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most
    ? undefined
    : 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
}

/** ValidateNonSpecialIP: addresses that no client outside can dial. */
export function rangeFault(text: string): string | undefined {
  if (text === '0.0.0.0' || text === '::') return `may not be unspecified (${text})`;
  if (/^127\./.test(text) || text === '::1') return 'may not be in the loopback range (127.0.0.0/8, ::1/128)';
  if (/^169\.254\./.test(text) || /^fe[89ab][0-9a-f]:/i.test(text))
    return 'may not be in the link-local range (169.254.0.0/16, fe80::/10)';
  if (/^224\.0\.0\./.test(text) || /^ff02:/i.test(text))
    return 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)';
  return undefined;
}
