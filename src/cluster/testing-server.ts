import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Json } from './json.ts';

export type Handler = (
  request: IncomingMessage & { readonly path: string; readonly query: URLSearchParams },
  response: ServerResponse & { readonly socket: Socket },
) => void;

/** A server that speaks HTTP/1.1 as an API server does, or as the test wants it to. */
export class TestingServer {
  readonly #server: Server;
  readonly asked: string[] = [];
  mostAtOnce = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(
    handler: Handler,
    tls?: { readonly key: string; readonly cert: string },
  ): Promise<TestingServer> {
    let running = 0;
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      const url = new URL(request.url ?? '', 'http://it');
      one.asked.push(`${url.pathname}${url.search}`);
      running += 1;
      one.mostAtOnce = Math.max(one.mostAtOnce, running);
      response.on('close', () => {
        running -= 1;
      });
      handler(
        Object.assign(request, { path: url.pathname, query: url.searchParams }),
        response as ServerResponse & { readonly socket: Socket },
      );
    };
    const server = tls ? createTlsServer(tls, listener) : createServer(listener);
    const one = new TestingServer(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return one;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** A kubeconfig with one context, `shop`, whose user has this to show. */
  kubeconfig(user: Json = { token: 'rum-and-lime' }, cluster: object = {}, scheme = 'http'): string {
    return JSON.stringify({
      'current-context': 'shop',
      contexts: [{ name: 'shop', context: { cluster: 'c', user: 'u', namespace: 'harbour' } }],
      clusters: [{ name: 'c', cluster: { server: `${scheme}://${this.host}`, ...cluster } }],
      users: [{ name: 'u', user }],
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
