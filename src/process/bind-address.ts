import type { Setting } from '../knowledge/image-fact.ts';
import { isPortNumber } from '../model/ports.ts';

/** What a setting says of a socket; a part that it leaves open is undefined. */
export interface BindAddress {
  readonly port: number | undefined;
  readonly loopback: boolean | undefined;
}

/** Decimal digits only: `08080`, `8080\n` and `tcp://10.0.0.5:80` are read differently by different programs. */
export function parsePort(text: string): number | undefined {
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  return isPortNumber(number) ? number : undefined;
}

/** True for loopback, false for all addresses, undefined for one address or a name: who reaches it is not known. */
export function parseHost(text: string): boolean | undefined {
  const host = text.replace(/^\[(.*)\]$/, '$1');
  if (host === '0.0.0.0' || host === '::' || host === '*') return false;
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host) ? true : undefined;
}

/** `:8080`, `0.0.0.0:8080`, `[::1]:8080`, `http://localhost:8080/`; undefined for anything else. */
export function parseAddress(text: string): BindAddress | undefined {
  const [, host = '', digits = ''] = /^(?:https?:\/\/)?([^/:]*|\[[^\]/]*\]):(\d+)\/?$/.exec(text) ?? [];
  const port = parsePort(digits);
  const loopback = host === '' ? false : parseHost(host);
  return port === undefined || loopback === undefined ? undefined : { port, loopback };
}

export function parseSetting(form: Setting['form'], text: string): BindAddress | undefined {
  if (form === 'list') return undefined;
  if (form === 'address') return parseAddress(text);
  if (form === 'port') {
    const port = parsePort(text);
    return port === undefined ? undefined : { port, loopback: undefined };
  }
  const loopback = parseHost(text);
  return loopback === undefined ? undefined : { port: undefined, loopback };
}
