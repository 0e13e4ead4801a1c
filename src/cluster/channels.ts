import type { IncomingMessage } from 'node:http';
import type { RawData } from 'ws';
import type { WebSocket } from './client-node.ts';
import type { Upgrade } from './cluster.ts';
import { statusMessage } from './status-message.ts';

/** The first byte of each message says which stream it belongs to. */
export interface Channels {
  send(channel: number, bytes: Uint8Array): void;
  /** Ends it at once; `onEnd` is called as for any end. */
  end(why?: string): void;
}

export interface ChannelOptions {
  readonly protocols: readonly string[];
  readonly onMessage: (channel: number, bytes: Buffer) => void;
  /** Called once. `fault`: why it did not end as it should, worded for people. */
  readonly onEnd: (fault: string | undefined) => void;
}

/** The API server cuts streams into messages of 32 KB; one that is larger than this is no such message. */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/**
 * A WebSocket with Kubernetes' channels (k8s.io/apimachinery pkg/util/httpstream/wsstream). Every server, however it
 * behaves, comes to an end within the time.
 *
 * @param Socket of `client-node.ts`, which is only loaded where a cluster is asked
 */
export function openChannels(
  Socket: typeof WebSocket,
  { url, options, timeoutMs, signal }: Upgrade,
  { protocols, onMessage, onEnd }: ChannelOptions,
): Channels {
  let ended = false;
  const end = (fault: string | undefined): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    socket.terminate();
    onEnd(fault);
  };
  const timer = setTimeout(() => end(`no answer within ${timeoutMs / 1000} s`), timeoutMs);
  const stop = (): void => end('it was stopped');
  signal?.addEventListener('abort', stop);
  const socket = new Socket(url.href.replace(/^http/, 'ws'), [...protocols], {
    ...options,
    handshakeTimeout: timeoutMs,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    followRedirects: false,
  });
  socket.on('message', (data: RawData, isBinary) => {
    const bytes = toBuffer(data);
    // An empty message only says that a channel is there.
    if (ended || bytes.length === 0) return;
    if (isBinary) onMessage(bytes[0]!, bytes.subarray(1));
    else end('it sent text where bytes were agreed upon');
  });
  socket.on('unexpected-response', (_request, response) => {
    void refusal(response, timeoutMs).then(end);
  });
  socket.on('error', ({ message }) => end(message));
  // 1000 is a normal end; a connection that breaks off has 1006.
  socket.on('close', (code) =>
    end(code === 1000 || code === 1005 ? undefined : `it was closed with ${code}`),
  );
  return {
    send: (channel, bytes) => {
      if (socket.readyState === Socket.OPEN) socket.send(Buffer.concat([Buffer.of(channel), bytes]));
    },
    end: (why) => end(why),
  };
}

const toBuffer = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

const MOST_WORDS = 4096;

/** The server answered and did not switch protocols: what it says of that. */
async function refusal(response: IncomingMessage, timeoutMs: number): Promise<string> {
  const { statusCode } = response;
  let body = '';
  const words = new Promise<void>((resolve) => {
    setTimeout(resolve, Math.min(timeoutMs, 2_000)).unref();
    response.on('data', (bytes: Buffer) => {
      body += bytes.toString('utf8');
      if (body.length > MOST_WORDS) resolve();
    });
    for (const event of ['end', 'error', 'close']) response.on(event, () => resolve());
  });
  await words;
  response.destroy();
  return statusMessage(body.slice(0, MOST_WORDS)) ?? `the server answered ${statusCode} and opened no stream`;
}
