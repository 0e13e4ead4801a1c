import { unescape as percentDecoded } from 'node:querystring';
import type { SourceFile } from '../text/source.ts';
import { table } from '../text/table.ts';
import { decodeText } from './decode-text.ts';
import { visible } from './display-path.ts';
import { type InputError, inputError } from './input-error.ts';

const TIMEOUT_MS = 30_000;
const LARGEST_BODY = 64 * 1024 * 1024;

export interface FetchOptions {
  /** For the whole answer, not only its beginning. */
  readonly timeoutMs?: number;
}

const withoutLogin = (address: string): string => {
  const slashes = address.indexOf('//');
  const at = address.lastIndexOf('@');
  return slashes >= 0 && at > slashes ? address.slice(0, slashes + 2) + address.slice(at + 1) : address;
};

/** Fetches manifests over http or https. Credentials in the address are used and never shown. Never throws. */
export async function fetchUrl(
  address: string,
  { timeoutMs = TIMEOUT_MS }: FetchOptions = {},
): Promise<SourceFile | InputError> {
  // What is no URL may hold a password all the same.
  if (!URL.canParse(address)) return inputError(visible(withoutLogin(address)), 'this is not a URL');
  const url = new URL(address);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const path = shownAddress(url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return inputError(path, 'only http and https addresses are fetched');
  const headers: Record<string, string> = { accept: 'application/yaml, application/json, text/plain, */*' };
  if (username !== '' || password !== '') {
    const credentials = `${percentDecoded(username)}:${percentDecoded(password)}`;
    headers.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }
  try {
    // fetch follows redirects to http and https alone, and leaves the credentials behind when the host changes.
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
    const refusal = refusalOf(response, path);
    if (refusal !== undefined) {
      // A body that nobody reads would keep the connection, and with it the process.
      await response.body?.cancel();
      return inputError(path, refusal);
    }
    const bytes = await readUpTo(response, LARGEST_BODY);
    if (!bytes) return inputError(path, 'the answer is larger than 64 MiB');
    const decoded = decodeText(bytes);
    if ('reason' in decoded) return inputError(path, decoded.reason);
    return { path, kind: 'url', text: decoded.text, editable: false };
  } catch (error) {
    return inputError(path, `this cannot be fetched: ${reasonOf(error)}`);
  }
}

/** GitHub, GitLab and object stores take a token or a signature in the query. */
const SECRET_PARAMETER = /token|sig|secret|password|key|credential|auth/i;

function shownAddress({ href }: URL): string {
  const shown = new URL(href);
  const secret = new Set([...shown.searchParams.keys()].filter((name) => SECRET_PARAMETER.test(name)));
  for (const name of secret) shown.searchParams.set(name, '***');
  return shown.href;
}

function refusalOf({ ok, status, statusText, headers }: Response, path: string): string | undefined {
  if (!ok) return `the server answers ${status} ${visible(statusText)}`.trim();
  if (!headers.get('content-type')?.toLowerCase().startsWith('text/html')) return undefined;
  // GitHub and GitLab show a file under `blob`, and give it away under `raw`.
  const example = path.includes('/blob/') ? `, such as ${path.replace('/blob/', '/raw/')}` : '';
  return `the server answers with a web page; give the address of the raw file${example}`;
}

/** @returns undefined when the body is larger; the rest is not read then */
export async function readUpTo(response: Response, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const WORDS = table<string>({
  ECONNREFUSED: 'nothing accepts connections there',
  ENOTFOUND: 'no host has this name',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
});

/** Why a fetch failed, in words. */
export function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'the server does not answer in time';
  const { code, message: why } = (cause ?? {}) as { code?: string; message?: string };
  return (code && WORDS[code]) ?? code ?? why ?? message;
}
