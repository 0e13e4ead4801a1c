import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Names by which this machine alone is reached; any other is that of a stranger's site that leads here. */
const NAMES = ['127.0.0.1', 'localhost'];

/**
 * What a request asks for, if it is the user's own: the address holds the token, the Host is this machine, and the
 * Origin, which browsers send with what a site asks of another, is the page itself. Undefined for all others.
 */
export function allowedPath(request: IncomingMessage, port: number, token: string): string | undefined {
  const { host, origin } = request.headers;
  if (!NAMES.some((name) => host === `${name}:${port}`)) return undefined;
  if (origin !== undefined && origin !== `http://${host}`) return undefined;
  // A form of another site sends no Origin in old browsers; ours always does.
  if (request.method !== 'GET' && origin === undefined) return undefined;
  const [, given = '', ...path] = (request.url ?? '').split('/');
  return isSame(given, token) ? path.join('/') : undefined;
}

/** In time that does not tell how much of it is right. */
function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
