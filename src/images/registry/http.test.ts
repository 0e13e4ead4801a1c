import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { fetchImageConfig, type RegistryOptions } from '../registry.ts';
import { imageOf, indexOf, type TestImage } from '../testing-images.ts';
import { type TestAnswer, type TestRequest, TestServer } from '../testing-server.ts';

const API = imageOf({ User: 'node' });

/** What the specification of registries has at these paths. */
function serve({ digest, blobs }: TestImage, { url }: TestRequest): TestAnswer {
  const name = url.pathname.replace(/.*\//, '');
  const bytes = blobs.get(name === 'latest' ? digest : name);
  return bytes ? { bytes } : { status: 404 };
}

/** The user of `shop/api` at a server, or why it cannot be told. */
async function user(
  answer: (request: TestRequest) => TestAnswer | undefined,
  options: RegistryOptions = {},
  image = 'shop/api',
): Promise<string | undefined> {
  const server = await TestServer.start(answer);
  try {
    const config = await fetchImageConfig(`${server.host}/${image}`, options);
    if ('complete' in config) return config.user;
    return config.message.replace('the image cannot be looked at: ', '').replaceAll(server.host, 'HOST');
  } finally {
    await server.stop();
  }
}

test('a server that keeps to the specification', async () => {
  expect(await user((request) => serve(API, request))).toBe('node');
});

describe('what a registry answers', () => {
  test.each<[string, TestAnswer, string]>([
    ['too many requests', { status: 429 }, 'HOST takes no more requests for now; log in there or wait'],
    ['forbidden', { status: 403 }, 'HOST does not show it; log in with `docker login HOST`'],
    ['an error', { status: 500 }, 'HOST answers 500'],
    ['no JSON', { bytes: Buffer.from('<html>') }, 'the manifest of the image is no JSON'],
    ['no object', { json: [] }, 'the manifest of the image is no JSON object'],
    [
      'nothing of an image',
      { json: {} },
      'the manifest of the image names no configuration; this is no image',
    ],
    [
      'an old format',
      { json: { schemaVersion: 1 } },
      'the image is stored in schema 1, which is no longer supported; push it again',
    ],
    ['an empty index', { json: { manifests: [] } }, 'its index lists no image'],
    ['a login for nothing', { status: 401 }, 'HOST does not show it; log in with `docker login HOST`'],
    [
      'a token from nowhere',
      { status: 401, headers: { 'www-authenticate': 'Bearer x="y"' } },
      'the registry names no server that gives tokens',
    ],
    [
      'too much',
      { bytes: new Uint8Array(8 * 1024 * 1024 + 1) },
      'the answer of HOST is larger than 8 MiB, which no manifest or configuration is',
    ],
  ])('%s', async (_, answer, message) => {
    expect(await user(() => answer)).toBe(message);
  });

  test('nothing, and goes on doing so', async () => {
    expect(await user(() => undefined, { timeoutMs: 50 })).toBe(
      'HOST cannot be asked: the server does not answer in time',
    );
  });

  test('a content that has another digest, manifest or configuration', async () => {
    for (const changed of API.blobs.keys()) {
      const blobs = new Map(API.blobs).set(changed, Buffer.from('{"config":{}}'));
      const told = await user((request) => serve({ ...API, blobs }, request), {}, `shop/api@${API.digest}`);
      expect(told).toBe(`what is stored as ${changed} is something else; its content has changed on the way`);
    }
  });

  test('an index within an index within an index and so on', async () => {
    let image = API;
    for (let depth = 0; depth < 4; depth++) image = indexOf({ 'linux/amd64': image });
    expect(await user((request) => serve(image, request))).toBe('its indexes are nested too deeply');
  });
});

describe('a server that gives tokens', () => {
  const withToken = (token: string, seen: string[]) => (request: TestRequest) => {
    const { url, headers } = request;
    if (url.pathname === '/token') {
      seen.push(url.search);
      return { json: { access_token: token } };
    }
    if (headers.authorization) return serve(API, request);
    return { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${headers.host}/token"` } };
  };

  test('is told what is wanted even when the registry does not say', async () => {
    const seen: string[] = [];
    expect(await user(withToken('abc', seen))).toBe('node');
    expect(seen).toEqual(['?scope=repository%3Ashop%2Fapi%3Apull']);
  });

  test.each(['', 'abc\nd'])('gives %j, which is no token', async (token) => {
    expect(await user(withToken(token, []))).toBe('HOST gives no token');
  });
});

describe('a redirect', () => {
  test('is followed, and the login stays with the host that it is for', async () => {
    const seen: string[] = [];
    const note = (where: string, { headers }: TestRequest) =>
      seen.push(`${where} ${headers.authorization ?? 'nobody'}`);
    const storage = await TestServer.start((request) => {
      note('storage', request);
      return serve(API, request);
    });
    const credentials = async () => ({ username: 'bosun', password: 'rum' });
    const told = await user(
      (request) => {
        note('registry', request);
        if (!request.headers.authorization)
          return { status: 401, headers: { 'www-authenticate': 'Basic realm="quay"' } };
        if (request.url.pathname.includes('/blobs/')) {
          return {
            status: 307,
            headers: { location: `http://${storage.host}/signed${request.url.pathname}?key=secret` },
          };
        }
        if (!request.url.search)
          return { status: 302, headers: { location: `${request.url.pathname}?here` } };
        return serve(API, request);
      },
      { credentials },
    );
    await storage.stop();
    expect(told).toBe('node');
    const login = `registry Basic ${Buffer.from('bosun:rum').toString('base64')}`;
    expect(seen).toEqual(['registry nobody', login, login, login, 'storage nobody']);
  });

  test('does not take a token in the body of a request elsewhere', async () => {
    const bodies: string[] = [];
    const elsewhere = await TestServer.start(({ method }) => {
      bodies.push(method);
      return { bytes: Buffer.from('{"token":"t"}') };
    });
    const told = await user(
      ({ url, headers }) => {
        if (url.pathname === '/token')
          return { status: 307, headers: { location: `http://${elsewhere.host}/token` } };
        const realm = `Bearer realm="http://${headers.host}/token"`;
        return { status: 401, headers: { 'www-authenticate': realm } };
      },
      { credentials: async () => ({ identityToken: 'rum' }) },
    );
    await elsewhere.stop();
    expect(told).toMatch(/^HOST sends a login on to .*, for which it is not$/);
    expect(bodies).toEqual([]);
  });

  test('in a circle comes to an end', async () => {
    const told = await user(({ url }) => ({ status: 302, headers: { location: url.href } }));
    expect(told).toBe('HOST redirects again and again');
  });

  test('away from TLS is not followed, and what may be a signature is not shown', async () => {
    const told = await user(() => ({
      status: 302,
      headers: { location: 'http://storage.shop/blob?key=secret' },
    }));
    expect(told).toBe('storage.shop would be asked without TLS, and is not among the insecure registries');
  });

  test('to a host that does not answer is told by its name alone', async () => {
    const told = await user(() => ({
      status: 302,
      headers: { location: 'http://127.0.0.1:1/blob?key=secret' },
    }));
    expect(told).toMatch(/^127\.0\.0\.1:1 cannot be asked: /);
    expect(told).not.toContain('secret');
  });
});

test('without TLS only this machine is asked, and who is said to be insecure', async () => {
  const server = await TestServer.start((request) => serve(API, request));
  const image = (host: string) => `${server.host.replace('127.0.0.1', host)}/shop/api`;
  try {
    expect(await fetchImageConfig(image('localhost'))).toMatchObject({ user: 'node' });
    // A name of this machine that is none of those that stand for it.
    const other = image('0.0.0.0');
    expect(await fetchImageConfig(other)).toMatchObject({
      path: other,
      message: expect.stringContaining('cannot be asked'),
    });
    const insecure = new Set([other.replace(/\/.*/, '')]);
    expect(await fetchImageConfig(other, { insecure })).toMatchObject({ user: 'node' });
  } finally {
    await server.stop();
  }
});

test.each(['{{ image }}', '', 'a@b', 'UPPER', 'x.y?z/api', `api@sha256:${'g'.repeat(64)}`])(
  '%j is no name of an image',
  async (image) => {
    expect(await fetchImageConfig(image)).toMatchObject({
      path: image,
      message: 'this is no name of an image',
    });
  },
);

test('a host that does not answer is asked once for all its images', async () => {
  let asked = 0;
  const silent = createServer(() => {
    asked++;
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const hosts = new Map<string, Promise<void>>();
  const told = await Promise.all(
    Array.from({ length: 17 }, (_, at) =>
      fetchImageConfig(`127.0.0.1:${port}/shop/api${at}`, { timeoutMs: 200, hosts }),
    ),
  );
  silent.closeAllConnections();
  silent.close();
  expect(asked).toBe(1);
  expect(new Set(told.map((one) => ('message' in one ? one.message : 'found'))).size).toBe(1);
});
