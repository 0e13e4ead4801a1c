import { execFileSync } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImageConfig } from '../model/image-config.ts';
import { BlobCache } from './registry/cache.ts';
import { dockerCredentials } from './registry/credentials.ts';
import { fetchImageConfig, type RegistryOptions } from './registry.ts';
import { imageOf, indexOf } from './testing-images.ts';
import { registryMissing, TestRegistry } from './testing-registry.ts';
import { TestServer } from './testing-server.ts';

const because = registryMissing === undefined ? '' : ` (skipped: ${registryMissing})`;
const withRegistry = describe.skipIf(registryMissing !== undefined);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const API = imageOf({ Env: ['PORT=3000'], User: 'amd', ExposedPorts: { '3000/tcp': {} } });
const BOTH = indexOf({ 'linux/arm64/v8': imageOf({ User: 'arm' }), 'linux/amd64': API });

/** The user of an image, or why it cannot be told. */
async function user(image: string, options?: RegistryOptions): Promise<string | undefined> {
  const config = await fetchImageConfig(image, options);
  if ('complete' in config) return config.user;
  expect(config).toMatchObject({ path: image, line: 1, column: 1 });
  return config.message.replace('the image cannot be looked at: ', '');
}

withRegistry(`a registry that asks for no login${because}`, () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await TestRegistry.start();
    await registry.push('shop/api', '3', BOTH);
    await registry.push('shop/one', 'latest', API);
  });
  afterAll(() => registry.stop());

  test('tells a configuration by tag, by digest and through an index', async () => {
    const { host } = registry;
    expect(await fetchImageConfig(`${host}/shop/api:3`)).toEqual<ImageConfig>({
      from: `${host}/shop/api@${BOTH.digest}`,
      env: new Map([['PORT', '3000']]),
      entrypoint: undefined,
      cmd: undefined,
      user: 'amd',
      exposed: [{ port: 3000, protocol: 'TCP' }],
      complete: true,
      base: undefined,
    });
    expect(await user(`${host}/shop/api:3`, { platform: 'linux/arm64' })).toBe('arm');
    expect(await user(`${host}/shop/one`)).toBe('amd');
    expect(await user(`${host}/shop/api@${API.digest}`)).toBe('amd');
    expect(await user(`${host}/shop/api:old@${BOTH.digest}`)).toBe('amd');
  });

  test('what is not there is told', async () => {
    const { host } = registry;
    expect(await user(`${host}/shop/api:4`)).toBe(`${host} does not have it`);
    expect(await user(`${host}/shop/none`)).toBe(`${host} does not have it`);
    expect(await user(`${host}/shop/api:3`, { platform: 'linux/s390x' })).toBe(
      'there is none for the platform linux/s390x, only for linux/arm64/v8, linux/amd64',
    );
  });
});

withRegistry(`the cache${because}`, () => {
  test('serves what is named by digest when the registry is gone, and nothing that was changed', async () => {
    const registry = await TestRegistry.start();
    const cache = new BlobCache(join(folder, 'cache'));
    const [image, tagged] = [`${registry.host}/shop/api@${BOTH.digest}`, `${registry.host}/shop/api:3`];
    try {
      await registry.push('shop/api', '3', BOTH);
      expect(await user(tagged, { cache })).toBe('amd');
    } finally {
      await registry.stop();
    }
    expect(await user(image)).toMatch(/nothing accepts connections there/);
    expect(await user(image, { cache })).toBe('amd');
    // Tags move.
    expect(await user(tagged, { cache })).toMatch(/nothing accepts connections there/);

    const blobs = join(folder, 'cache/blobs/sha256');
    expect(
      readdirSync(blobs)
        .map((name) => `sha256:${name}`)
        .sort(),
    ).toEqual([BOTH.digest, ...API.blobs.keys()].sort());
    for (const name of readdirSync(blobs)) writeFileSync(join(blobs, name), '{}');
    expect(await user(image, { cache })).toMatch(/nothing accepts connections there/);
  });

  test('that cannot be written keeps nobody from an answer', async () => {
    const registry = await TestRegistry.start();
    writeFileSync(join(folder, 'file'), '');
    try {
      await registry.push('shop/api', '3', API);
      expect(await user(`${registry.host}/shop/api:3`, { cache: new BlobCache(join(folder, 'file')) })).toBe(
        'amd',
      );
    } finally {
      await registry.stop();
    }
  });
});

/** The configuration of Docker, in the folder of the test. */
function docker(config: object, helpers: Readonly<Record<string, string>> = {}): RegistryOptions {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  for (const [name, script] of Object.entries(helpers)) {
    writeFileSync(join(folder, 'bin', `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', `docker-credential-${name}`), 0o755);
  }
  const env = { DOCKER_CONFIG: folder, PATH: `${join(folder, 'bin')}:${process.env.PATH}` };
  return { credentials: dockerCredentials(env) };
}

const PASSWORD = 'anchor:4711';
/** Of bosun with that password, bcrypt. */
const HTPASSWD = 'bosun:$2y$05$TsASjlVy5dyN0msQBnGBHeKeoUyif8nGne55P59m3XjZ/GvDtRPyC';
const basic = (login: string) => Buffer.from(login).toString('base64');

withRegistry(`a registry that asks for a login with each request${because}`, () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    const auth = ['auth: { htpasswd: { realm: quay, path: FOLDER/htpasswd } }'];
    registry = await TestRegistry.start(auth, { htpasswd: HTPASSWD });
    await registry.push('shop/api', '3', API, { authorization: `Basic ${basic(`bosun:${PASSWORD}`)}` });
  });
  afterAll(() => registry.stop());

  const refused = () => `${registry.host} does not show it; log in with \`docker login ${registry.host}\``;

  test.each<[string, (host: string) => object]>([
    ['by host', (host) => ({ auths: { [host]: { auth: basic(`bosun:${PASSWORD}`) } } })],
    ['by address', (host) => ({ auths: { [`https://${host}/v1/`]: { auth: basic(`bosun:${PASSWORD}`) } } })],
    ['in plain', (host) => ({ auths: { [host]: { username: 'bosun', password: PASSWORD } } })],
  ])('takes it from the configuration of Docker: %s', async (_, config) => {
    expect(await user(`${registry.host}/shop/api:3`, docker(config(registry.host)))).toBe('amd');
  });

  test('refuses who has none, another one or a wrong one', async () => {
    const image = `${registry.host}/shop/api:3`;
    expect(await user(image)).toBe(refused());
    for (const auths of [
      {},
      { 'ghcr.io': { auth: basic(`bosun:${PASSWORD}`) } },
      { [registry.host]: { auth: basic('bosun:rum') } },
    ]) {
      const told = await user(image, docker({ auths }));
      expect(told).toBe(refused());
      expect(told).not.toMatch(/rum|bosun/);
    }
    expect(
      await user(image, { credentials: dockerCredentials({ DOCKER_CONFIG: join(folder, 'none') }) }),
    ).toBe(refused());
  });

  const HELPER = `test "$1" = get || exit 3
read -r server
echo "$server" > ${'$'}(dirname "$0")/asked
printf '{"ServerURL":"%s","Username":"bosun","Secret":"${PASSWORD}"}' "$server"`;

  test.each<[string, (host: string) => object]>([
    ['credsStore', () => ({ credsStore: 'quay' })],
    ['credHelpers', (host) => ({ credsStore: 'none', credHelpers: { [host]: 'quay' } })],
  ])('takes it from a credential helper: %s', async (_, config) => {
    expect(await user(`${registry.host}/shop/api:3`, docker(config(registry.host), { quay: HELPER }))).toBe(
      'amd',
    );
    expect(readFileSync(join(folder, 'bin/asked'), 'utf8')).toBe(`${registry.host}\n`);
  });

  test.each<[string, string, RegExp]>([
    ['that knows nobody', 'echo "credentials not found in native keychain"; exit 1', /does not show it/],
    [
      'that fails',
      'echo secret; echo secret >&2; exit 1',
      /^docker-credential-quay fails; try `docker login 127/,
    ],
    ['that talks nonsense', 'echo secret', /^the answer of docker-credential-quay is no JSON$/],
    ['that has half an answer', 'echo \'{"Username":"bosun"}\'', /does not show it/],
  ])('a helper %s', async (_, script, message) => {
    const told = await user(`${registry.host}/shop/api:3`, docker({ credsStore: 'quay' }, { quay: script }));
    expect(told).toMatch(message);
    expect(told).not.toContain('secret');
  });

  test('a helper that is not installed, or no name', async () => {
    const image = `${registry.host}/shop/api:3`;
    expect(await user(image, docker({ credsStore: 'gone' }))).toBe(
      'docker-credential-gone, which the configuration of Docker names, is not installed',
    );
    expect(await user(image, docker({ credsStore: '../../bin/sh' }))).toBe(
      'docker-credential-../../bin/sh is no name of a program',
    );
  });

  test('a helper that is not installed keeps nobody waiting', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((one) => one === 'Timeout').length;
    const before = timers();
    await expect(docker({ credsStore: 'gone' }).credentials?.('a.example')).rejects.toThrow(
      'is not installed',
    );
    expect(timers()).toBeLessThanOrEqual(before);
  });

  test('the login of Docker Hub is kept under another name than its host', async () => {
    const { credentials } = docker({
      auths: { 'https://index.docker.io/v1/': { auth: basic('bosun:rum') } },
    });
    expect(await credentials?.('registry-1.docker.io')).toEqual({ username: 'bosun', password: 'rum' });
    expect(await credentials?.('ghcr.io')).toBeUndefined();
  });

  test('a configuration that is no JSON', async () => {
    const options = docker({});
    writeFileSync(join(folder, 'config.json'), '{"auths": secret');
    expect(await user(`${registry.host}/shop/api:3`, options)).toBe(
      `${join(folder, 'config.json')} is no JSON; mend the configuration of Docker`,
    );
  });
});

const opensslMissing = (() => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'openssl is not installed';
  }
})();
const tokenReason = registryMissing ?? opensslMissing;

describe.skipIf(tokenReason !== undefined)(
  `a registry that asks for a token${tokenReason === undefined ? '' : ` (skipped: ${tokenReason})`}`,
  () => {
    let registry: TestRegistry;
    let tokens: TestServer;
    let keys: string;
    const asked: { authorization: string | undefined; query: string; body: string }[] = [];

    /** What the registry accepts: a JWT with the certificate of its key (distribution/distribution, docs/spec/auth/jwt.md). */
    const token = (actions: readonly string[]): string => {
      const certificate = readFileSync(join(keys, 'cert.pem'), 'utf8').replace(/-----[^-]+-----|\s/g, '');
      const now = Math.floor(Date.now() / 1000);
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const signed = `${part({ typ: 'JWT', alg: 'ES256', x5c: [certificate] })}.${part({
        iss: 'harbourmaster',
        aud: 'quay',
        sub: '',
        exp: now + 60,
        nbf: now - 60,
        iat: now,
        jti: createHash('sha256').update(String(now)).digest('hex'),
        access: [{ type: 'repository', name: 'shop/api', actions }],
      })}`;
      const key = readFileSync(join(keys, 'key.pem'));
      return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    };

    beforeAll(async () => {
      keys = mkdtempSync(join(tmpdir(), 'keys-'));
      execFileSync(
        'openssl',
        'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=harbourmaster -keyout key.pem -out cert.pem'.split(
          ' ',
        ),
        { cwd: keys, stdio: 'ignore' },
      );
      tokens = await TestServer.start(({ url, headers, body }) => {
        asked.push({ authorization: headers.authorization, query: url.search, body });
        if (headers.authorization === `Basic ${basic('bosun:rum')}`) return { status: 401 };
        return { json: { token: token(['pull']) } };
      });
      registry = await TestRegistry.start(
        [
          `auth: { token: { realm: "http://${tokens.host}/token?a=1", service: quay, issuer: harbourmaster, rootcertbundle: FOLDER/cert.pem } }`,
        ],
        { 'cert.pem': readFileSync(join(keys, 'cert.pem'), 'utf8') },
      );
      await registry.push('shop/api', '3', BOTH, { authorization: `Bearer ${token(['pull', 'push'])}` });
    });
    beforeEach(() => asked.splice(0));
    afterAll(async () => {
      await registry.stop();
      await tokens.stop();
      rmSync(keys, { recursive: true, force: true });
    });

    const QUERY = '?a=1&scope=repository%3Ashop%2Fapi%3Apull&service=quay';

    test('gets one for everybody, once for an image', async () => {
      expect(await user(`${registry.host}/shop/api:3`)).toBe('amd');
      expect(asked).toEqual([{ authorization: undefined, query: QUERY, body: '' }]);
    });

    test('gets one for who has logged in', async () => {
      const auths = { [registry.host]: { auth: basic(`bosun:${PASSWORD}`) } };
      expect(await user(`${registry.host}/shop/api:3`, docker({ auths }))).toBe('amd');
      expect(asked).toEqual([
        { authorization: `Basic ${basic(`bosun:${PASSWORD}`)}`, query: QUERY, body: '' },
      ]);
    });

    test.each<[string, (host: string) => RegistryOptions]>([
      ['auths', (host) => docker({ auths: { [host]: { identitytoken: 'refresh-me' } } })],
      [
        'a helper',
        () => docker({ credsStore: 'quay' }, { quay: `echo '{"Username":"<token>","Secret":"refresh-me"}'` }),
      ],
    ])('gets one for an identity token from %s', async (_, options) => {
      expect(await user(`${registry.host}/shop/api:3`, options(registry.host))).toBe('amd');
      expect(asked).toEqual([
        {
          authorization: undefined,
          query: '?a=1',
          body: 'scope=repository%3Ashop%2Fapi%3Apull&service=quay&grant_type=refresh_token&refresh_token=refresh-me&client_id=portolan',
        },
      ]);
    });

    test('tells when there is none', async () => {
      const auths = { [registry.host]: { auth: basic('bosun:rum') } };
      expect(await user(`${registry.host}/shop/api:3`, docker({ auths }))).toBe(
        `${tokens.host}, which gives tokens, answers 401; log in again`,
      );
    });
  },
);
