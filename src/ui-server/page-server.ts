import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allowedPath } from './guard.ts';

export interface ServedPage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
  /** The data as it is now, in pieces. */
  readonly data: () => Iterable<string>;
  /** Applies a fix; what became of it, in words. Undefined where nothing may be written. */
  readonly apply?: ((fingerprint: string, fix: number) => Promise<string>) | undefined;
}

export interface PageServer {
  /** With the token: whoever has it sees the page. */
  readonly url: string;
  /** Tells the open pages to ask for the data again. */
  changed(): void;
  close(): void;
}

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** More than any fix is asked for with. */
const MOST_BYTES = 10_000;

/**
 * Serves the page on this machine alone, to those who have its address.
 *
 * @param port 0 for any that is free
 * @throws Error when the port cannot be had
 */
export async function servePage(page: ServedPage, port: number): Promise<PageServer> {
  const token = randomBytes(24).toString('base64url');
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = allowedPath(request, (server.address() as AddressInfo).port, token);
    if (path === undefined) send(response, 403, 'text/plain', 'not the address that portolan printed\n');
    else if (path === 'events' && request.method === 'GET') listen(response);
    else void answer(path, request, response);
  });

  function listen(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    response.write(': here\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === 'fixes' && request.method === 'POST') return applyFix(request, response);
    if (request.method !== 'GET') return send(response, 405, 'text/plain', 'only to be read\n');
    switch (path) {
      case '':
        return send(response, 200, 'text/html', page.html);
      case 'page.js':
        return send(response, 200, 'text/javascript', page.script);
      case 'page.css':
        return send(response, 200, 'text/css', page.style);
      case 'data.json':
        return send(response, 200, 'application/json', [...page.data()].join(''));
      default:
        return send(response, 404, 'text/plain', 'nothing is here\n');
    }
  }

  async function applyFix(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!page.apply) return send(response, 403, 'text/plain', 'nothing is written without --allow-write\n');
    const asked = askedFix(await bodyOf(request));
    if (!asked) return send(response, 400, 'text/plain', 'no fix is asked for\n');
    send(response, 200, 'text/plain', await page.apply(asked.fingerprint, asked.fix));
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    changed: () => {
      for (const one of listeners) one.write('event: change\ndata: 1\n\n');
    },
    close: () => {
      for (const one of listeners) one.end();
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
  response.end(text);
}

/** Read to its end and not kept where it is too long: who is cut off hears no answer. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) if (text.length <= MOST_BYTES) text += String(piece);
  return text.length > MOST_BYTES ? '' : text;
}

function askedFix(body: string): { readonly fingerprint: string; readonly fix: number } | undefined {
  try {
    const { fingerprint, fix } = JSON.parse(body) as Record<string, unknown>;
    return typeof fingerprint === 'string' && typeof fix === 'number' ? { fingerprint, fix } : undefined;
  } catch {
    return undefined;
  }
}
