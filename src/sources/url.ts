import type { SourceFile } from '../text/source.ts';
import { decodeText } from './decode-text.ts';
import { type InputError, inputError } from './input-error.ts';

const TIMEOUT_MS = 30_000;
const LARGEST_BODY = 64 * 1024 * 1024;

/** Fetches manifests over http or https. Credentials in the address are used and never shown. */
export async function fetchUrl(
  address: string,
  timeoutMs: number = TIMEOUT_MS,
): Promise<SourceFile | InputError> {
  if (!URL.canParse(address)) return inputError(address, 'this is no URL');
  const url = new URL(address);
  const headers: Record<string, string> = { accept: 'application/yaml, application/json, text/plain, */*' };
  if (url.username !== '' || url.password !== '') {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    url.username = '';
    url.password = '';
  }
  const path = url.href;
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'follow',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok)
      return inputError(path, `the server answers ${response.status} ${response.statusText}`.trim());
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      return inputError(path, 'the server answers with a web page; give the address of the raw file');
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

/** @returns undefined when the body is larger; the rest is not read then */
async function readUpTo(response: Response, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return 'the server does not answer in time';
  const { code, message: why } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? why ?? message;
}
