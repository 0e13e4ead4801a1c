import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster, ConnectOptions } from './cluster.ts';
import { connect } from './connect.ts';
import { readList, type Sink } from './http/read-list.ts';
import type { Json } from './json.ts';
import { type Handler, TestingServer } from './testing-server.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const json =
  (value: Json, status = 200): Handler =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

/** What a cluster whose server does this says to a question; a message of an error with its port as PORT. */
async function ask<T>(
  handler: Handler,
  question: (cluster: Cluster, server: TestingServer) => Promise<T>,
  options: ConnectOptions & { readonly user?: Json } = {},
): Promise<T | string> {
  const server = await TestingServer.start(handler);
  const { user, ...others } = options;
  const cluster = connect({
    kubeconfig: written('config', server.kubeconfig(user)),
    timeoutMs: 20_000,
    ...others,
  });
  try {
    return await question(cluster, server);
  } catch (error) {
    const words = (error as Error).message.replaceAll(String(server.port), 'PORT');
    expect(words).not.toContain('rum-and-lime');
    return words;
  } finally {
    cluster.close();
    await server.stop();
  }
}

const pods = (cluster: Cluster): Promise<Json> => cluster.get('/api/v1/pods');

describe('what a server may do', () => {
  test.each<[string, Handler, string]>([
    ['answer', json({ items: [] }), ''],
    ['say nothing', () => {}, 'fails: the server does not answer in time (--request-timeout)'],
    [
      'say nothing after the first half',
      (_, response) => void response.writeHead(200).write('{"items":'),
      'fails: the server does not answer in time (--request-timeout)',
    ],
    [
      'promise more than it gives',
      (_, { socket }) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"items":[]}'),
      'fails: the server closes the connection before its answer is whole',
    ],
    [
      'give more than it promises',
      (_, { socket }) => void socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{"items":[]}'),
      'fails: the server answers with what is no HTTP/1.1',
    ],
    [
      'close within a chunk',
      (_, { socket }) => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"ite'),
      'fails: the server closes the connection before its answer is whole',
    ],
    [
      'close without a word',
      (_, { socket }) => void socket.destroy(),
      'fails: the server closes the connection before its answer is whole',
    ],
    [
      'write nonsense for a chunk’s length',
      (_, { socket }) => void socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n'),
      'fails: the server answers with what is no HTTP/1.1',
    ],
    [
      'speak something else',
      (_, { socket }) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
      'fails: the server answers with what is no HTTP/1.1',
    ],
    [
      'give a gigabyte',
      (_, response) => {
        response.writeHead(200);
        const piece = Buffer.alloc(1024 * 1024, 'x');
        const write = (left: number): void => {
          while (left-- > 0 && response.write(piece));
          if (left > 0) response.once('drain', () => write(left));
        };
        write(1024);
      },
      'gives more than 64 MiB, which is not read',
    ],
    [
      'give a small thing that unpacks to a large one',
      (_, response) =>
        void response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(100 * 1024 * 1024))),
      'gives more than 64 MiB, which is not read',
    ],
    [
      'cut what is packed',
      (_, response) =>
        void response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(JSON.stringify({ items: [] })).subarray(0, 20)),
      'fails: the server closes the connection before its answer is whole',
    ],
    [
      'call packed what is not',
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"items":[]}'),
      'fails: its answer is said to be gzip, and is not',
    ],
    [
      'answer with a page',
      (_, response) => void response.writeHead(200).end('<html>'),
      ': its answer is no JSON',
    ],
    [
      'not know who asks',
      json({ kind: 'Status', message: 'Unauthorized' }, 401),
      ': it does not know who asks (401); log in again, or look at the user of the context: Unauthorized',
    ],
    [
      'forbid it',
      json({ kind: 'Status', message: 'pods is forbidden: User "rum"\ncannot list' }, 403),
      ': it is forbidden (403): pods is forbidden: User "rum" cannot list',
    ],
    ['fail', json({ kind: 'Other', message: 'x' }, 500), ': it answers 500'],
    [
      'send elsewhere',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      ': it answers 302',
    ],
  ])('%s', async (_, handler, words) => {
    const asked = 'asking 127.0.0.1:PORT for /api/v1/pods';
    const timeoutMs = words.includes('in time') ? 300 : 20_000;
    const answer = await ask(handler, pods, { timeoutMs });
    expect(typeof answer === 'string' ? answer.replace(asked, '').trim() : '').toBe(words);
  });
});

/** A certificate for whoever runs here. */
function ownCertificate(): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = 'subjectAltName=IP:127.0.0.1,DNS:cluster.test';
  const how = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=it', '-addext', names];
  execFileSync('openssl', ['req', ...how, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe('a server with TLS', () => {
  let server: TestingServer;
  beforeAll(async () => {
    server = await TestingServer.start(json({ items: [] }), ownCertificate());
  });
  afterAll(() => server.stop());

  async function told(cluster: object, env?: NodeJS.ProcessEnv): Promise<unknown> {
    const kubeconfig = written('tls', server.kubeconfig({}, cluster, 'https'));
    const one = connect({ kubeconfig, env, timeoutMs: 2_000 });
    return pods(one)
      .catch((error: Error) => error.message)
      .finally(() => one.close());
  }

  test('and a certificate that nobody signed', async () => {
    expect(await told({})).toMatch(/its certificate is signed by nobody who is known here; /);
    expect(await told({ 'certificate-authority': 'cert.pem' })).toEqual({ items: [] });
    expect(await told({ 'insecure-skip-tls-verify': true })).toEqual({ items: [] });
    expect(await told({ server: `http://${server.host}` })).toMatch(/the server closes the connection/);
  });

  describe('behind a proxy', () => {
    const elsewhere = { server: 'https://cluster.test', 'certificate-authority': 'cert.pem' };

    test.each<[string, Proxying]>([
      ['that the kubeconfig names', (proxy) => [{ 'proxy-url': `http://${proxy}` }, {}]],
      ['that the environment names', (proxy) => [{}, { HTTPS_PROXY: `http://${proxy}` }]],
      ['without a scheme', (proxy) => [{}, { https_proxy: proxy }]],
      [
        'that the kubeconfig names before the environment does',
        (proxy) => [{ 'proxy-url': `http://${proxy}` }, { HTTPS_PROXY: 'http://127.0.0.1:1' }],
      ],
    ])('%s', async (_, proxying) => {
      const { asked, host } = await startProxy(() => server.port);
      const [cluster, env] = proxying(host);
      expect(await told({ ...elsewhere, ...cluster }, env)).toEqual({ items: [] });
      expect(asked).toEqual(['cluster.test:443']);
    });

    test('that wants to know who asks', async () => {
      const { host } = await startProxy(({ headers }) =>
        headers['proxy-authorization'] === `Basic ${Buffer.from('jack:rum').toString('base64')}`
          ? server.port
          : undefined,
      );
      const through = (user: string): Promise<unknown> =>
        told({ ...elsewhere, 'proxy-url': `http://${user}@${host}` });
      expect(await through('jack:rum')).toEqual({ items: [] });
      const words = await through('jack:lime');
      expect(words).toContain(`through the proxy ${host} fails: the proxy answers 407`);
      expect(words).not.toMatch(/jack|lime/);
    });

    test('that hangs, is not there, or is none', async () => {
      const { host } = await startProxy(() => 'hang');
      const proxied = (proxy: string): Promise<unknown> => told({ ...elsewhere, 'proxy-url': proxy });
      expect(await proxied(`http://${host}`)).toMatch(
        / through the proxy 127.* in time \(--request-timeout\)$/,
      );
      expect(await proxied('http://127.0.0.1:1')).toMatch(
        / through the proxy 127.0.0.1:1 fails: nothing accepts connections there$/,
      );
      expect(await proxied('ftp://jack:rum@it')).toBe(
        'the proxy that leads to the cluster is no http, https or socks5 address',
      );
    });
  });
});

type Proxying = (proxy: string) => readonly [cluster: object, env: NodeJS.ProcessEnv];

const proxies: (() => void)[] = [];
afterAll(() => {
  for (const close of proxies) close();
});

/** A proxy that opens a tunnel to a port of this machine, whatever it is asked for; undefined refuses. */
async function startProxy(
  portFor: (request: IncomingMessage) => number | 'hang' | undefined,
): Promise<{ readonly host: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => {});
    const port = portFor(request);
    if (port === undefined) socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    if (typeof port !== 'number') return;
    const tunnel = connectTo(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  proxies.push(() => proxy.close());
  return { host: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

test('who is told to wait waits, and asks again', async () => {
  let asked = 0;
  const answer = await ask((request, response) => {
    asked += 1;
    if (asked < 3) response.writeHead(429, { 'retry-after': '0' }).end();
    else json({ items: [] })(request, response);
  }, pods);
  expect(answer).toEqual({ items: [] });
  expect(asked).toBe(3);
  asked = 0;
  const never = await ask((_, response) => {
    asked += 1;
    response.writeHead(429, { 'retry-after': '0' }).end();
  }, pods);
  expect(never).toMatch(/it takes no more requests for now \(429\)$/);
  expect(asked).toBe(5);
});

test('never more requests at once than allowed', async () => {
  const held: (() => void)[] = [];
  const most = await ask(
    (request, response) => {
      held.push(() => json({ items: [] })(request, response));
      // Whoever comes while three wait is one too many.
      if (held.length === 3) setTimeout(() => held.splice(0).map((answer) => answer()), 50);
    },
    async (cluster, server) => {
      await Promise.all(Array.from({ length: 9 }, () => pods(cluster)));
      return server.mostAtOnce;
    },
    { parallel: 3 },
  );
  expect(most).toBe(3);
});

describe('lists', () => {
  const names = (): Sink<string[]> => {
    const all: string[] = [];
    return { take: ({ name }) => void all.push(String(name)), end: () => all };
  };
  const listed = (handler: Handler): Promise<unknown> =>
    ask(handler, (cluster) => readList(cluster, '/api/v1/pods', {}, names));
  const chunk = (items: readonly string[], next?: string): Json => ({
    metadata: next === undefined ? {} : { continue: next },
    items: items.map((name) => ({ name })),
  });

  test('come in chunks', async () => {
    const queries: string[] = [];
    const all = await listed((request, response) => {
      queries.push(request.query.toString());
      json(request.query.has('continue') ? chunk(['c']) : chunk(['a', 'b'], 'more'))(request, response);
    });
    expect(all).toEqual(['a', 'b', 'c']);
    expect(queries).toEqual(['limit=500', 'limit=500&continue=more']);
  });

  test('begin anew where the server forgot where it was', async () => {
    let gone = 2;
    const all = await listed((request, response) => {
      if (!request.query.has('continue')) json(chunk(['a'], 'more'))(request, response);
      else if (gone-- > 0) json({ kind: 'Status', message: 'too old' }, 410)(request, response);
      else json(chunk(['b']))(request, response);
    });
    expect(all).toEqual(['a', 'b']);
    gone = 100;
    const never = await listed((request, response) =>
      json(
        request.query.has('continue') ? {} : chunk(['a'], 'more'),
        request.query.has('continue') ? 410 : 200,
      )(request, response),
    );
    expect(never).toMatch(/it answers 410$/);
  });

  test('are asked for in smaller chunks where those are too large', async () => {
    const limits: string[] = [];
    const all = await listed((request, response) => {
      const limit = request.query.get('limit') ?? '';
      limits.push(limit);
      if (Number(limit) > 50) response.writeHead(200).end(Buffer.alloc(65 * 1024 * 1024, ' '));
      else json(chunk(['a']))(request, response);
    });
    expect(all).toEqual(['a']);
    expect(limits).toEqual(['500', '50']);
  });

  test.each<[string, Json, RegExp]>([
    ['a list that goes on where it was', chunk(['a'], 'again'), /its list does not go on$/],
    ['a list of nothing that goes on', chunk([], 'again'), /its list does not go on$/],
    ['no list', { kind: 'Pod' }, /its answer is no list$/],
  ])('%s', async (_, answer, words) => {
    expect(await listed(json(answer))).toMatch(words);
  });
});

describe('who asks', () => {
  /** Headers that a server gets from this user. */
  const seen = async (user: Json, options: ConnectOptions = {}): Promise<unknown> => {
    const of: string[] = [];
    const answer = await ask(
      (request, response) => {
        for (let at = 0; at < request.rawHeaders.length; at += 2)
          if (/^(authorization|impersonate)/i.test(request.rawHeaders[at]!))
            of.push(`${request.rawHeaders[at]!.toLowerCase()}: ${request.rawHeaders[at + 1]}`);
        json({ items: [] })(request, response);
      },
      async (cluster) => {
        await pods(cluster);
        return of;
      },
      { user, ...options },
    );
    return answer;
  };

  test('a token, a password, a file', async () => {
    expect(await seen({ token: 'abc' })).toEqual(['authorization: Bearer abc']);
    expect(await seen({ username: 'bosun', password: 'rum' })).toEqual(['authorization: Basic Ym9zdW46cnVt']);
    written('token', 'from-file\n');
    expect(await seen({ tokenFile: 'token' })).toEqual(['authorization: Bearer from-file']);
  });

  test('whoever is acted as', async () => {
    const token = 'authorization: Bearer abc';
    const own = {
      token: 'abc',
      as: 'cook',
      'as-groups': ['galley'],
      'as-uid': '7',
      'as-user-extra': { 'a/b': ['c'] },
    };
    expect(await seen(own)).toEqual([
      token,
      'impersonate-user: cook',
      'impersonate-group: galley',
      'impersonate-uid: 7',
      'impersonate-extra-a%2fb: c',
    ]);
    expect(await seen(own, { as: 'jane', asGroups: ['crew', 'watch'] })).toEqual([
      token,
      'impersonate-user: jane',
      'impersonate-group: crew',
      'impersonate-group: watch',
    ]);
    expect(await seen({ token: 'abc' }, { asGroups: ['crew'] })).toBe(
      '--as-group acts as nobody; give --as as well',
    );
  });

  const program = (script: string): string => {
    const file = written('login', `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return './login';
  };
  const credential = (status: object): string =>
    `echo '${JSON.stringify({ kind: 'ExecCredential', status })}'`;

  test('a program that logs in', async () => {
    expect(await seen({ exec: { command: program(credential({ token: 'of-program' })) } })).toEqual([
      'authorization: Bearer of-program',
    ]);
    const told = program(
      `${credential({ token: 'T' })} | sed "s/T/$A-$(echo $KUBERNETES_EXEC_INFO | tr -dc a-zA-Z0-9.)/"`,
    );
    const exec = {
      command: told,
      apiVersion: 'client.authentication.k8s.io/v1',
      env: [{ name: 'A', value: 'b' }],
    };
    expect(await seen({ exec })).toEqual([
      'authorization: Bearer b-kindExecCredentialapiVersionclient.authentication.k8s.iov1specinteractivefalse',
    ]);
  });

  test.each([
    ['fails', 'echo "log in with rum" >&2; exit 1', 'cannot log the user in: log in with rum'],
    [
      'prints what is no credential',
      'echo rum-and-lime',
      'prints no ExecCredential with a token or a certificate',
    ],
  ])('a program that %s', async (_, script, words) => {
    const command = join(folder, program(script));
    expect(await seen({ exec: { command } })).toBe(`the program ${command} ${words}`);
  });

  test('a program that is not there', async () => {
    expect(await seen({ exec: { command: 'no-such-program-here' } })).toBe(
      'the program no-such-program-here that logs the user in is not there',
    );
  });

  test('a token that ended is asked for once more', async () => {
    const command = program(`date +%s%N >> ${join(folder, 'runs')}; ${credential({ token: 'x' })}`);
    let asked = 0;
    const answer = await ask(
      (request, response) => json({ items: [] }, asked++ === 0 ? 401 : 200)(request, response),
      pods,
      { user: { exec: { command } } },
    );
    expect(answer).toEqual({ items: [] });
    expect(readFileSync(join(folder, 'runs'), 'utf8').trim().split('\n')).toHaveLength(2);
  });
});

describe('kubeconfigs', () => {
  const config = (name: string, value: object): string => written(name, JSON.stringify(value));
  const context = (name: string, cluster = name): object => ({
    name,
    context: { cluster, namespace: `ns-${name}` },
  });
  const at = (name: string): object => ({ name, cluster: { server: `https://${name}.test:6443/k8s` } });
  const told = (options: ConnectOptions): string => {
    try {
      const { name, namespace, host } = connect({ env: {}, cwd: folder, ...options });
      return `${name} ${namespace} ${host}`;
    } catch (error) {
      return (error as Error).message;
    }
  };

  test('several are one, and of each name the first counts', () => {
    const a = config('a', { contexts: [context('one')], clusters: [at('one')] });
    const b = config('b', {
      'current-context': 'two',
      contexts: [context('one', 'two'), context('two')],
      clusters: [at('two')],
    });
    const KUBECONFIG = [a, join(folder, 'is-not-there'), b].join(delimiter);
    expect(told({ env: { KUBECONFIG } })).toBe('two ns-two two.test:6443');
    expect(told({ env: { KUBECONFIG }, context: 'one' })).toBe('one ns-one one.test:6443');
    expect(told({ env: { KUBECONFIG }, kubeconfig: 'a' })).toBe(
      'the kubeconfig says no current context; give --context one',
    );
    expect(told({ env: { KUBECONFIG }, context: 'too' })).toBe('no context is called too; there is two');
  });

  test('what cannot be used is told without a word of it', () => {
    written('broken', 'users:\n  - name: [rum-and-lime');
    expect(told({ kubeconfig: 'broken' })).toMatch(
      /^the kubeconfig broken cannot be read: line \d is no YAML$/,
    );
    written('list', '- rum-and-lime');
    expect(told({ kubeconfig: 'list' })).toBe('the kubeconfig list cannot be used: it is no map');
    expect(told({ kubeconfig: 'nowhere' })).toMatch(
      /^the kubeconfig nowhere cannot be read: there is no such file/,
    );
    expect(told({ env: { HOME: folder } })).toMatch(/^there is no kubeconfig and no service account here; /);
    config('lost', { 'current-context': 'x', contexts: [context('x', 'gone')] });
    expect(told({ kubeconfig: 'lost' })).toBe(
      'the context x names the cluster gone, which the kubeconfig does not have',
    );
    config('odd', {
      'current-context': 'x',
      contexts: [context('x')],
      clusters: [{ name: 'x', cluster: { server: 'ftp://x' } }],
    });
    expect(told({ kubeconfig: 'odd' })).toBe('the server of context x is no http(s) address');
  });

  test('a server below a path of its host', async () => {
    const paths = await ask(json({}), async (_, server) => {
      const one = connect({
        kubeconfig: written('below', server.kubeconfig({}, { server: `http://${server.host}/k8s/c-1/` })),
      });
      await one.get('/version');
      one.close();
      return server.asked;
    });
    expect(paths).toEqual(['/k8s/c-1/version']);
  });
});

test('an interruption ends what is in flight', async () => {
  const interrupt = new AbortController();
  const answer = ask(() => interrupt.abort(), pods, { signal: interrupt.signal });
  expect(await answer).toMatch(/fails: it was interrupted$/);
});
