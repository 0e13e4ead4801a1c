import type { Setting } from '../../knowledge/image-fact.ts';
import { isPortNumber } from '../../model/ports.ts';
import type { ListenerBind } from './container-process.ts';

/** What a setting says of a socket; a part that it leaves open is undefined. */
export interface BindAddress {
  readonly port: number | undefined;
  readonly bind: ListenerBind | undefined;
  /** What a word behind the address says. */
  readonly speaks?: 'HTTP' | 'HTTPS' | 'unknown';
}

/** Decimal digits only: `08080`, `8080\n` and `tcp://10.0.0.5:80` are read differently by different programs. */
export function parsePort(text: string): number | undefined {
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  return isPortNumber(number) ? number : undefined;
}

/** Undefined for one address or a name. */
export function bindOfHost(text: string): ListenerBind | undefined {
  // Java writes every group of `::` and `::1`, and the zone of the wildcard.
  const host = text
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^(?:0:){7}([01])(?:%\w+)?$/, (_, last) => (last === '1' ? '::1' : '::'));
  if (host === '*' || host === '+') return 'all';
  // `0` is a short form of 0.0.0.0 to inet_aton.
  if (host === '0.0.0.0' || host === '0') return 'ipv4';
  if (host === '::') return 'ipv6';
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host) ? 'loopback' : undefined;
}

/**
 * `:8080`, `0.0.0.0:8080`, `[::1]:8080`, `http://localhost:8080/`, Traefik's `:8000/tcp`, Puma's `ssl://0.0.0.0:8443?key=a`;
 * undefined for anything else.
 */
export function parseAddress(text: string, hosts?: Setting['hosts']): BindAddress | undefined {
  const [, host = '', digits = ''] =
    /^(?:[A-Za-z][\w+.-]*:\/\/)?([^/:]*|\[[^\]/]*\]):(\d+)(?:\/|\/tcp)?(?:\?.*)?$/.exec(text) ?? [];
  const port = parsePort(digits);
  const bind = host === '' ? 'all' : (bindOfHost(host) ?? (hosts && 'all'));
  return port === undefined || bind === undefined ? undefined : { port, bind };
}

const UNIX_SOCKET = /^(?:unix:|\/)/;

/** The sockets that a value opens, none for a Unix socket; undefined for what is not understood. */
export function parseSetting(
  { form, bind, meanings = {}, hosts, portless }: Setting,
  written: string,
): readonly BindAddress[] | undefined {
  const text = Object.hasOwn(meanings, written) ? meanings[written]! : (meanings['*'] ?? written);
  if (form === 'list') {
    const sockets = text
      .split(/[;,\s]+/)
      .flatMap((one) => (one === '' ? [] : [parsePortOrAddress(one, hosts)]));
    return sockets.length > 0 && sockets.every((one) => one !== undefined) ? sockets : undefined;
  }
  if (form === 'listen') return text === 'off' ? [] : listenSockets(text);
  if (form === 'address' && UNIX_SOCKET.test(text)) return [];
  if (form === 'address') return wrap(parseAddress(text, hosts) ?? parsePortless(text, portless));
  const port = form === 'port' ? parsePort(text) : undefined;
  const host = form === 'host' ? bindOfHost(text) : undefined;
  if (form === 'port') return wrap(port === undefined ? undefined : { port, bind });
  return wrap(host === undefined ? undefined : { port: undefined, bind: host });
}

/** As nginx has it, with commas between: `0.0.0.0:8000 reuseport, 0.0.0.0:8443 ssl http2`. */
function listenSockets(text: string): readonly BindAddress[] | undefined {
  const sockets: BindAddress[] = [];
  for (const one of text.split(',')) {
    const [address = '', ...words] = one.trim().split(/\s+/);
    if (UNIX_SOCKET.test(address)) continue;
    const socket = parsePortOrAddress(address, undefined);
    if (!socket) return undefined;
    const speaks = words.includes('proxy_protocol') ? 'unknown' : words.includes('ssl') ? 'HTTPS' : 'HTTP';
    sockets.push({ ...socket, speaks });
  }
  return sockets;
}

/** `0.0.0.0` and `http://localhost`, where the program has a port of its own for these. */
function parsePortless(text: string, ports: Setting['portless']): BindAddress | undefined {
  const [, scheme = '', host = ''] = /^(?:([a-z]+):\/\/)?([^/:]+|\[[^\]/]*\])\/?$/.exec(text) ?? [];
  const port = ports && Object.hasOwn(ports, scheme) ? ports[scheme] : undefined;
  const bind = bindOfHost(host);
  return port === undefined || bind === undefined ? undefined : { port, bind };
}

/** What a bare argument or an item of a list may be: `8080`, `0.0.0.0:8080`. */
const parsePortOrAddress = (text: string, hosts: Setting['hosts']): BindAddress | undefined => {
  const port = parsePort(text);
  return port === undefined ? parseAddress(text, hosts) : { port, bind: undefined };
};

const wrap = (socket: BindAddress | undefined): readonly BindAddress[] | undefined => socket && [socket];
