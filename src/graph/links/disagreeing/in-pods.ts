import type { BindLink, ConfigLink, ProbeLink } from '../pod-links.ts';
import type { Disagreement } from '../stated.ts';

/** A process that has the port has it for itself, or speaks another protocol there. */
export function inBind({ number, protocol, listener }: BindLink): Disagreement[] {
  if (!listener || listener.port !== number) return [];
  if (listener.protocol !== protocol) return [{ what: 'protocol', from: protocol, to: listener.protocol }];
  return [ADDRESS[listener.neverIpv4 ? 'ipv6' : 'loopback']];
}

const ADDRESS = {
  ipv6: { what: 'address', from: 'IPv4', to: 'IPv6 alone' },
  loopback: { what: 'address', from: "the Pod's", to: 'loopback' },
} as const;

/** What it dials, and where the process is: the port may be declared all the same. */
export function inProbe({ probe, number, listener, fault }: ProbeLink): Disagreement[] {
  const { value } = probe.port;
  if (number === undefined)
    return typeof value === 'string' ? [] : [{ what: 'port', from: String(value), to: '1-65535' }];
  if (fault !== 'unbound') return [];
  if (listener?.port === number && listener.protocol === 'TCP')
    return [ADDRESS[listener.neverIpv4 ? 'ipv6' : 'loopback']];
  const to = listener?.protocol === 'TCP' ? String(listener.port) : undefined;
  return [{ what: 'port', from: String(number), to }];
}

/** The name that the object has none of, and the one that was probably meant. */
export const inConfig = ({ objectKind, objectName, object, key, nearest }: ConfigLink): Disagreement[] => [
  object && key !== undefined
    ? { what: 'key', from: key, to: nearest }
    : { what: objectKind, from: objectName, to: nearest },
];
