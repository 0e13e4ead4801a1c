import { BlockList, isIP } from 'node:net';

/**
 * The proxy that the environment names for a server, as kubectl finds it where a kubeconfig says no `proxy-url`
 * (golang.org/x/net/http/httpproxy, `FromEnvironment` and `ProxyFunc`).
 */
export function environmentProxy(server: URL, env: NodeJS.ProcessEnv): string | undefined {
  const scheme = server.protocol === 'https:' ? 'HTTPS' : 'HTTP';
  const proxy = variable(env, `${scheme}_PROXY`);
  if (proxy === undefined || isExcepted(server, variable(env, 'NO_PROXY') ?? '')) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

const variable = (env: NodeJS.ProcessEnv, name: string): string | undefined =>
  env[name] || env[name.toLowerCase()] || undefined;

function isExcepted({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || isLoopback(host)) return true;
  const asked = port || (protocol === 'https:' ? '443' : '80');
  return exceptions
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .some((one) => one === '*' || (one !== '' && fits(one, host, asked)));
}

/** `10.0.0.0/8`, `10.1.2.3`, `example.com` with what is below it, `.example.com` without itself; the last three with a port. */
function fits(exception: string, host: string, port: string): boolean {
  const [, network, bits] = /^(.*)\/(\d{1,3})$/.exec(exception) ?? [];
  if (network !== undefined) return isWithin(host, network, Number(bits));
  const [, bracketed, bare, only] = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(exception) ?? [];
  if (only !== undefined && only !== port) return false;
  const name = bracketed ?? bare ?? exception;
  if (isIP(name)) return isIP(host) === isIP(name) && isWithin(host, name, isIP(name) === 4 ? 32 : 128);
  const below = name.replace(/^\*(?=\.)/, '');
  return below.startsWith('.') ? host.endsWith(below) : host === below || host.endsWith(`.${below}`);
}

const isLoopback = (host: string): boolean => isWithin(host, '127.0.0.0', 8) || isWithin(host, '::1', 128);

function isWithin(host: string, network: string, bits: number): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) === 0 || bits > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6');
}
