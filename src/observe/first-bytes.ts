import type { Answer } from '../model/observation.ts';

/**
 * What a server speaks, by the first bytes of its answer to an HTTP/1.1 request without TLS.
 *
 * @param bytes what came before the connection was closed or enough was read; none where it was only taken
 */
export function speaks(bytes: Uint8Array): Extract<Answer, { kind: 'http' | 'tls' | 'tcp' }> {
  if (isTlsRecord(bytes)) return { kind: 'tls' };
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, MOST));
  const [, status] = /^HTTP\/1\.[01] (\d{3})\b/.exec(text) ?? [];
  if (status === undefined) return { kind: 'tcp' };
  return asksForTls(Number(status), text) ? { kind: 'tls' } : { kind: 'http', status: Number(status) };
}

/** More of an answer than this tells nothing of who gave it. */
export const MOST = 8192;

/** An alert (21) or a handshake (22) of SSL 3.0 to TLS 1.3, RFC 8446 section 5.1. */
const isTlsRecord = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3 && bytes[2]! <= 4;

/**
 * Servers that take the request for what it is and say so: Go (net/http `server.go`, tlsRecordHeaderLooksLikeHTTP),
 * nginx (`ngx_http_special_response.c`, error 497), Apache (`ssl_engine_io.c`), Tomcat (`NioEndpoint`,
 * SecureNioChannel), Jetty and Netty close the connection.
 */
const ASKS_FOR_TLS =
  /Client sent an HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL-enabled server port|combination of host and port requires TLS/i;

export const asksForTls = (status: number, text: string): boolean =>
  status === 400 && ASKS_FOR_TLS.test(text);
