import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface TestAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
}

/** A server on a port of this machine that answers what a test says; undefined: never. */
export class TestServer {
  readonly host: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(answer: (request: TestRequest) => TestAnswer | undefined): Promise<TestServer> {
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk;
      const { method = '', headers } = request;
      const said = answer({
        url: new URL(request.url ?? '/', `http://${headers.host}`),
        method,
        headers,
        body,
      });
      if (!said) return;
      response.writeHead(said.status ?? 200, said.headers).end(said.bytes ?? JSON.stringify(said.json ?? {}));
    });
    server.listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    return new TestServer(server);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
