import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { exec } from './exec.ts';
import { Forwarded } from './port-forward.ts';

let close: (() => void)[] = [];
afterEach(() => {
  for (const one of close) one();
  close = [];
});

async function at(server: Server | HttpServer): Promise<string> {
  const open = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => open.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A server that speaks WebSocket as it should, until `talk` does otherwise. */
async function speaking(talk: (socket: WebSocket, raw: Duplex) => void): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: ([first]) => first ?? false });
  server.on('upgrade', (request, raw, head) =>
    sockets.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', () => {});
      raw.on('error', () => {});
      talk(socket, raw);
    }),
  );
  return at(server);
}

const on = (channel: number, text: string | Buffer): Buffer =>
  Buffer.concat([Buffer.of(channel), Buffer.from(text)]);
const SUCCESS = on(3, JSON.stringify({ kind: 'Status', status: 'Success' }));
const to = (url: string) => ({ url: new URL(url), options: {}, timeoutMs: 1_000, signal: undefined });
const run = (url: string, most = 1_000) => exec(to(url), most);

describe('exec', () => {
  test('prints, and succeeds', async () => {
    const url = await speaking((socket) => {
      socket.send(on(1, ''));
      socket.send(on(1, 'one '));
      socket.send(on(1, 'two'));
      socket.send(on(2, 'careful'));
      socket.send(SUCCESS);
      socket.close(1000);
    });
    expect(await run(url)).toEqual({
      kind: 'ended',
      exitCode: 0,
      stdout: 'one two',
      stderr: 'careful',
      isWhole: true,
    });
  });

  test('what comes behind the status is not lost', async () => {
    const url = await speaking((socket) => {
      socket.send(SUCCESS);
      socket.send(on(1, 'late'));
      socket.close(1000);
    });
    expect(await run(url)).toMatchObject({ kind: 'ended', stdout: 'late' });
  });

  test('an exit code, and a program that is not there', async () => {
    const failed = on(
      3,
      JSON.stringify({
        status: 'Failure',
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: '1' }] },
      }),
    );
    const missing = on(
      3,
      JSON.stringify({ status: 'Failure', reason: 'InternalError', message: 'exec: "cat": not found' }),
    );
    expect(await run(await speaking((socket) => socket.send(failed)))).toMatchObject({ exitCode: 1 });
    expect(await run(await speaking((socket) => socket.send(missing)))).toEqual({
      kind: 'failed',
      why: 'exec: "cat": not found',
    });
  });

  test('a GB is cut, and said to be', async () => {
    const url = await speaking((socket) => {
      const piece = on(1, 'x'.repeat(32_000));
      const pump = (): void => {
        if (socket.readyState === socket.OPEN) socket.send(piece, () => setImmediate(pump));
      };
      pump();
    });
    const answer = await run(url, 100_000);
    expect(answer).toMatchObject({ kind: 'ended', isWhole: false, exitCode: undefined });
    expect(answer.kind === 'ended' && answer.stdout.length).toBe(100_000);
  });

  test.each<[string, (socket: WebSocket, raw: Duplex) => void, RegExp]>([
    ['says nothing', () => {}, /no answer within 1 s/],
    ['closes without a status', (socket) => socket.close(1000), /without a status/],
    ['breaks off', (_socket, raw) => raw.destroy(), /closed with 1006/],
    [
      'closes in the middle of a frame',
      (_socket, raw) => raw.end(Buffer.of(0x82, 10, 1, 2)),
      /closed with 1006/,
    ],
    [
      'lies about the length',
      (_socket, raw) => raw.write(Buffer.of(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0, 1)),
      /payload|length/i,
    ],
    [
      'speaks no WebSocket any more',
      (_socket, raw) => raw.write('HTTP/1.1 500 Oh\r\n\r\n'),
      /frame|RSV|opcode/i,
    ],
    ['sends text', (socket) => socket.send('hello'), /text where bytes/],
    [
      'sends no JSON as status',
      (socket) => socket.send(on(3, '{')) ?? socket.close(1000),
      /without a status/,
    ],
  ])('a server that %s', async (_what, talk, why) => {
    const answer = await run(await speaking(talk));
    expect(answer).toMatchObject({ kind: 'failed', why: expect.stringMatching(why) });
  });

  test.each<[string, () => Server | HttpServer, RegExp]>([
    ['takes the connection and hangs', () => createTcp(), /no answer within 1 s|timed out/],
    ['closes at once', () => createTcp((socket) => socket.destroy()), /hang up|ECONNRESET/],
    ['speaks no HTTP', () => createTcp((socket) => void socket.end('SSH-2.0-x\r\n')), /Parse Error/],
    [
      'does not allow it',
      () =>
        createServer().on('upgrade', (_request, socket) =>
          socket.end(
            'HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n' +
              '{"kind":"Status","message":"pods \\"web\\" is forbidden: cannot create resource \\"pods/exec\\""}',
          ),
        ),
      /cannot create resource "pods\/exec"/,
    ],
    [
      'refuses with a GB of words',
      () =>
        createServer().on('upgrade', (_request, socket) => {
          socket.on('error', () => {});
          socket.write('HTTP/1.1 500 Oh\r\nconnection: close\r\n\r\n');
          const pump = (): void => {
            if (!socket.destroyed) socket.write('x'.repeat(64_000), () => setImmediate(pump));
          };
          pump();
        }),
      /answered 500/,
    ],
  ])('a server that %s', async (_what, make, why) => {
    expect(await run(await at(make()))).toMatchObject({ kind: 'failed', why: expect.stringMatching(why) });
  });

  test('no server', async () => {
    expect(await run('ws://127.0.0.1:1/')).toMatchObject({ why: expect.stringMatching(/ECONNREFUSED/) });
  });
});

describe('port-forward', () => {
  const greet = (socket: WebSocket): void => {
    for (const channel of [0, 1]) socket.send(on(channel, Buffer.of(80, 0)));
  };
  const read = async (url: string): Promise<string> => {
    const connection = await Forwarded.open(to(url));
    connection.write('hello');
    try {
      const pieces = await connection.toArray();
      return Buffer.concat(pieces as Buffer[]).toString();
    } catch (error) {
      return `error: ${(error as Error).message}`;
    }
  };

  test('bytes there and back, none before it is open', async () => {
    const url = await speaking((socket) => {
      socket.on('message', (bytes: Buffer) => {
        socket.send(on(0, `heard ${bytes.subarray(1)}`));
        socket.close(1000);
      });
      greet(socket);
    });
    expect(await read(url)).toBe('heard hello');
  });

  test('a refused connection, in the words of the node', async () => {
    const url = await speaking((socket) => {
      greet(socket);
      socket.send(on(1, 'dial tcp4 127.0.0.1:80: connect: connection refused'));
    });
    expect(await read(url)).toMatch(/connection refused/);
  });

  test.each<[string, (socket: WebSocket, raw: Duplex) => void, RegExp]>([
    ['says nothing', () => {}, /no answer within 1 s/],
    ['greets and says nothing', greet, /no answer within 1 s/],
    ['breaks off', (_socket, raw) => raw.destroy(), /closed with 1006/],
    [
      'lies about the length',
      (_socket, raw) => raw.write(Buffer.of(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0)),
      /payload/i,
    ],
  ])('a server that %s', async (_what, talk, why) => {
    expect(await read(await speaking(talk))).toMatch(why);
  });
});
