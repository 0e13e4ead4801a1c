import { readUpTo, reasonOf } from '../../sources/url.ts';
import { ImageError } from '../image-error.ts';
import { BLOB_TOO_LARGE, LARGEST_BLOB } from '../oci/limits.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

export interface Client {
  /** Hosts that are asked without TLS besides this machine itself. */
  readonly insecure: ReadonlySet<string>;
  /** For each request, its whole answer included. */
  readonly timeoutMs: number;
  /** Of each host, whether it answers: one that does not is asked once. */
  readonly hosts: Map<string, Promise<void>>;
}

const MOST_REDIRECTS = 5;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** `http` for this machine and for the hosts given, as container runtimes take it; `https` for all others. */
export const schemeOf = (host: string, { insecure }: Client): 'http' | 'https' =>
  insecure.has(host) || LOOPBACK.test(host.replace(/:\d+$/, '')) ? 'http' : 'https';

/**
 * One request, its redirects followed. Credentials go to the host that they are for, and nothing goes without TLS to
 * a host that should have it. Throws ImageError, which names the host alone: an address may hold a signature.
 */
export async function request(
  address: URL,
  init: { readonly headers: Readonly<Record<string, string>>; readonly body?: URLSearchParams },
  client: Client,
): Promise<Answer> {
  const signal = AbortSignal.timeout(client.timeoutMs);
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    // `fetch` refuses it too, and repeats the login.
    if (url.username !== '' || url.password !== '')
      throw new ImageError(`${address.host} leads to an address with a login in it, which is not asked`);
    if (!['https:', `${schemeOf(url.host, client)}:`].includes(url.protocol)) {
      throw new ImageError(
        `${url.host} would be asked without TLS, and is not among the insecure registries`,
      );
    }
    const { authorization: _, ...others } = init.headers;
    const headers = url.origin === address.origin ? init.headers : others;
    const method = init.body ? 'POST' : 'GET';
    if (init.body && url.origin !== address.origin)
      throw new ImageError(`${address.host} sends a login on to ${url.host}, for which it is not`);
    try {
      const body = init.body ? { body: init.body } : {};
      const asked = { method, headers, ...body, redirect: 'manual', signal } as const;
      const response = await reach(url, client, () => fetch(url, asked));
      const location = response.status >= 300 && response.status < 400 && response.headers.get('location');
      if (!location || !URL.canParse(location, url.href)) return await whole(response, url.host);
      await response.body?.cancel();
      url = new URL(location, url);
    } catch (error) {
      if (error instanceof ImageError) throw error;
      throw new ImageError(`${url.host} cannot be asked: ${reasonOf(error)}`);
    }
  }
  throw new ImageError(`${address.host} redirects again and again`);
}

/** Waits for the first request to a host, and asks no more when that had no answer. */
async function reach(url: URL, { hosts }: Client, ask: () => Promise<Response>): Promise<Response> {
  const first = hosts.get(url.origin);
  if (first) {
    await first;
    return ask();
  }
  const answer = ask();
  const answers = answer.then(() => undefined);
  answers.catch(() => undefined);
  hosts.set(url.origin, answers);
  return answer;
}

async function whole(response: Response, host: string): Promise<Answer> {
  const bytes = await readUpTo(response, LARGEST_BLOB);
  if (!bytes) throw new ImageError(`the answer of ${host} is ${BLOB_TOO_LARGE}`);
  return { status: response.status, headers: response.headers, bytes };
}
