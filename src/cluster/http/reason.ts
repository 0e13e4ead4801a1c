import { causeOf } from '../../text/fault.ts';
import { table } from '../../text/table.ts';

const CLOSED = 'the server closes the connection before its answer is whole';
const UNKNOWN_CERTIFICATE =
  'its certificate is signed by nobody who is known here; the kubeconfig should say `certificate-authority`';

const WORDS = table<string>({
  ECONNREFUSED: 'nothing accepts connections there',
  ENOTFOUND: 'no host has this name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  EHOSTUNREACH: 'no way leads to this host',
  ENETUNREACH: 'no way leads to this network',
  ETIMEDOUT: 'the host does not answer',
  ECONNRESET: CLOSED,
  EPIPE: CLOSED,
  ERR_STREAM_PREMATURE_CLOSE: CLOSED,
  Z_BUF_ERROR: CLOSED,
  Z_DATA_ERROR: 'its answer is said to be gzip, and is not',
  EPROTO: 'the server speaks no TLS there, or refuses the certificate of the user',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server speaks no TLS there',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the server speaks no TLS there',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_CERTIFICATE,
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_INVALID_CHAR: 'the credentials hold a character that no header may have',
});

/** Why there is no answer, in words that hold nothing of what was sent. */
export function reasonOf(error: unknown): string {
  const { name, code = '', message = '' } = (error ?? {}) as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return 'the server does not answer in time (--request-timeout)';
  if (name === 'AbortError') return 'it was interrupted';
  if (code.startsWith('HPE_')) return 'the server answers with what is no HTTP/1.1';
  if (code.startsWith('ERR_SSL_') && code.includes('ALERT'))
    return 'the server refuses the certificate of the user';
  // In the words of hpagent.
  const [, refused] = /^Bad response: (\d{3})$/.exec(message) ?? [];
  if (refused !== undefined) return `the proxy answers ${refused}`;
  if (message === 'Proxy timeout') return 'the proxy does not answer in time (--request-timeout)';
  return (WORDS[code] ?? code) || causeOf(error);
}
