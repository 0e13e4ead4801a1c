import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { type RequestOptions as HttpsOptions, request as httpsRequest } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Answer, RequestOptions } from '../cluster.ts';
import { ClusterError } from '../cluster-error.ts';
import { reasonOf } from './reason.ts';

export interface Exchange extends RequestOptions {
  readonly credentials: HttpsOptions;
  readonly agent: Agent;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

const LARGEST = 64 * 1024 * 1024;

/**
 * One request and the whole of its answer, in time and within bounds.
 *
 * @throws ClusterError otherwise
 */
export async function exchange(url: URL, options: Exchange): Promise<Answer> {
  const { timeoutMs, signal, most = LARGEST, cut = false } = options;
  const late = timeoutMs > 0 ? [AbortSignal.timeout(timeoutMs)] : [];
  const ends = AbortSignal.any([...late, ...(signal ? [signal] : [])]);
  try {
    const response = await send(url, options, ends);
    const { statusCode: status = 0, headers } = response;
    const read = await readUpTo(most, unpacked(response));
    if (!read.isCut || cut) return { status, headers, ...read };
    throw new ClusterError(`${asked(url)} gives more than ${inWords(most)}, which is not read`, {
      isTooLarge: true,
    });
  } catch (error) {
    if (error instanceof ClusterError) throw error;
    const reason = reasonOf(ends.aborted ? ends.reason : error);
    throw new ClusterError(`${asked(url)}${through(options.credentials)} fails: ${reason}`);
  }
}

/** The query may hold what nobody should see, as a continue token does. */
export const asked = (url: URL): string => `asking ${url.host} for ${url.pathname}`;

/** The agents of hpagent and socks-proxy-agent hold theirs; what it holds besides its host may be secret. */
function through({ agent }: HttpsOptions): string {
  const proxy = typeof agent === 'object' && 'proxy' in agent ? (agent.proxy as Partial<URL>) : undefined;
  return proxy?.host ? ` through the proxy ${proxy.host}` : '';
}

function send(
  url: URL,
  { credentials, agent, method = 'GET', headers, body }: Exchange,
  signal: AbortSignal,
) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(
      url,
      {
        ...credentials,
        agent: credentials.agent ?? agent,
        method,
        signal,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip',
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...headers,
          ...credentials.headers,
        },
      },
      resolve,
    );
    // What is wrong with a body that has begun is told here alone.
    request.on('response', (response) => request.on('error', (error) => response.destroy(error)));
    request.on('error', reject);
    request.end(text);
  });
}

/** A failure of what is read is one of what it is read through. */
const unpacked = (response: IncomingMessage): Readable =>
  response.headers['content-encoding'] === 'gzip' ? pipeline(response, createGunzip(), () => {}) : response;

/** What is left of it is not read, and its connection is closed. */
async function readUpTo(most: number, stream: Readable): Promise<Pick<Answer, 'body' | 'isCut'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) return { body: Buffer.concat(chunks).subarray(0, most), isCut: true };
  }
  return { body: Buffer.concat(chunks), isCut: false };
}

const inWords = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${Math.floor(bytes / 1024 / 1024)} MiB` : `${bytes} bytes`;
