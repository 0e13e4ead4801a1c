import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ImageConfigs, type ImageSources } from './image-configs.ts';
import { imageOf, layoutOf, writeFiles } from './testing-images.ts';
import { TestServer } from './testing-server.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
};

/** Images with their users, and what is told. */
async function resolve(
  images: readonly string[],
  sources: Omit<ImageSources, 'cwd'>,
): Promise<[object, string[]]> {
  const { configs, errors } = await new ImageConfigs({ cwd, ...sources }).resolve(images);
  return [
    Object.fromEntries(
      [...configs].map(([image, { user, complete }]) => [image, `${user}${complete ? '' : ', perhaps'}`]),
    ),
    errors.map(({ path, line, message }) => `${path}:${line} ${message}`),
  ];
}

const built = (pairs: Record<string, string>) => ({ dockerfiles: new Map(Object.entries(pairs)) });

function layout(users: Record<string, string>): { archives: string[] } {
  const named = Object.entries(users).map(
    ([image, User]) => [imageOf({ User }), { 'io.containerd.image.name': image }] as const,
  );
  writeFiles(join(cwd, 'layout'), layoutOf(named));
  return { archives: ['layout'] };
}

test('nothing is known of what nobody named', async () => {
  expect(await resolve(['nginx', '{{ image }}', ''], {})).toEqual([{}, []]);
});

test('a Dockerfile comes before an archive, whatever the spelling of the image', async () => {
  write('api/Dockerfile', 'FROM scratch\nUSER built');
  const sources = {
    ...built({ 'docker.io/shop/api:latest': 'api/Dockerfile' }),
    ...layout({ 'shop/api:latest': 'a', 'shop/db:1': 'b' }),
  };
  expect(await resolve(['shop/api', 'shop/api:latest', 'shop/db:1'], sources)).toEqual([
    { 'shop/api': 'built', 'shop/api:latest': 'built', 'shop/db:1': 'b' },
    [],
  ]);
});

describe('what a Dockerfile builds on', () => {
  test('is looked for in archives and other Dockerfiles', async () => {
    write('Dockerfile', 'FROM shop/base:1\nENV A=1');
    write('base/Dockerfile', 'FROM shop/ground:1');
    const sources = built({ 'shop/api:1': 'Dockerfile', 'shop/base:1': 'base/Dockerfile' });
    expect(await resolve(['shop/api:1'], sources)).toEqual([{ 'shop/api:1': 'undefined, perhaps' }, []]);
    expect(await resolve(['shop/api:1'], { ...sources, ...layout({ 'shop/ground:1': 'ground' }) })).toEqual([
      { 'shop/api:1': 'ground' },
      [],
    ]);
  });

  test('may be what bore its name before', async () => {
    write('Dockerfile', 'FROM shop/api:1\nENV A=1');
    const sources = { ...built({ 'shop/api:1': 'Dockerfile' }), ...layout({ 'shop/api:1': 'before' }) };
    expect(await resolve(['shop/api:1'], sources)).toEqual([{ 'shop/api:1': 'before' }, []]);
  });

  test('may not lead in a circle', async () => {
    write('a', 'FROM shop/b\nENV A=1');
    write('b', 'FROM shop/a\nENV B=1');
    const sources = built({ 'shop/a': 'a', 'shop/b': 'b' });
    expect(await resolve(['shop/a', 'shop/b'], sources)).toEqual([
      { 'shop/a': 'undefined, perhaps', 'shop/b': 'undefined, perhaps' },
      [],
    ]);
  });

  test('hangs on the values given for ARG', async () => {
    write('Dockerfile', 'ARG BASE=none\nFROM $BASE');
    const sources = { ...built({ 'shop/api:1': 'Dockerfile' }), ...layout({ 'shop/base:1': 'base' }) };
    const buildArgs = new Map([['BASE', 'shop/base:1']]);
    expect(await resolve(['shop/api:1'], { ...sources, buildArgs })).toEqual([{ 'shop/api:1': 'base' }, []]);
  });
});

test('each error is told once, and the rest is read', async () => {
  write('a', 'FROM scratch\nUSER a\nEXPOSE x');
  write('b', 'FROM shop/a');
  write('c', '\0');
  const sources = {
    ...built({ 'shop/a': 'a', 'shop/b': 'b', 'shop/c': 'c', 'shop/d': 'gone' }),
    archives: ['none.tar'],
  };
  expect(await resolve(['shop/a', 'shop/b', 'shop/c', 'shop/d', 'shop/e'], sources)).toEqual([
    { 'shop/a': 'a, perhaps', 'shop/b': 'a, perhaps' },
    [
      'a:3 EXPOSE takes ports from 1 to 65535, such as `8080` or `53/udp`, and `x` is none',
      'c:1 this is not text (binary data at byte 0)',
      'gone:1 there is no such file or folder',
      'none.tar:1 there is no such file or folder',
    ],
  ]);
});

describe('registries', () => {
  const API = imageOf({ User: 'node' });
  let asked: string[];
  let server: TestServer;
  beforeEach(async () => {
    asked = [];
    server = await TestServer.start(({ url }) => {
      asked.push(url.pathname);
      const name = url.pathname.replace(/.*\//, '');
      const bytes = API.blobs.get(name === '1' ? API.digest : name);
      return bytes ? { bytes } : { status: 404 };
    });
  });
  afterEach(() => server.stop());

  test('are asked only when that is wanted, once for an image, and for bases too', async () => {
    write('Dockerfile', `FROM ${server.host}/shop/api:1`);
    const [image, base] = [`${server.host}/shop/web:1`, `${server.host}/shop/api:1`];
    const sources = built({ [image]: 'Dockerfile' });
    expect(await resolve([image, base], sources)).toEqual([{ [image]: 'undefined, perhaps' }, []]);
    expect(asked).toEqual([]);
    expect(await resolve([image, base], { ...sources, registry: {} })).toEqual([
      { [image]: 'node', [base]: 'node' },
      [],
    ]);
    expect(asked).toHaveLength(2);
  });

  test('are not asked for what an archive has', async () => {
    const image = `${server.host}/shop/api:1`;
    expect(await resolve([image], { ...layout({ [image]: 'archived' }), registry: {} })).toEqual([
      { [image]: 'archived' },
      [],
    ]);
    expect(asked).toEqual([]);
  });

  test('are not asked where the archive that has it is not whole, which is told', async () => {
    const image = `${server.host}/shop/api:1`;
    const sources = { ...layout({ [image]: 'archived' }), registry: {} };
    const blobs = join(cwd, 'layout/blobs/sha256');
    for (const name of readdirSync(blobs)) writeFileSync(join(blobs, name), '{}');
    const [configs, errors] = await resolve([image], sources);
    expect([configs, errors.length]).toEqual([{}, 1]);
    expect(errors[0]).toMatch(new RegExp(`^${image}:1 .* its content has changed on the way`));
    expect(asked).toEqual([]);
  });

  test('tell what they do not have', async () => {
    const images = Array.from({ length: 20 }, (_, index) => `${server.host}/shop/none:${String(index + 10)}`);
    expect(await resolve([...images].reverse(), { registry: {} })).toEqual([
      {},
      images.map((image) => `${image}:1 the image cannot be looked at: ${server.host} does not have it`),
    ]);
  });
});
