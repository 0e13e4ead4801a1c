import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImageConfig } from '../../model/image-config.ts';
import { readReference } from '../reference.ts';
import { imageOf, indexOf, layoutOf, type TestImage, writeFiles } from '../testing-images.ts';
import { Archives } from './archives.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const API = imageOf({
  Env: ['PORT=3000', 'PATH=/bin', 'EMPTY=', 'EQUALS=a=b', 'nothing'],
  Entrypoint: ['/entry'],
  Cmd: ['serve'],
  User: '1000:1000',
  ExposedPorts: { '3000/tcp': {}, '53/udp': {}, nonsense: {} },
});
const NAMED = { 'org.opencontainers.image.ref.name': 'registry.shop/api:3' };

async function find(
  image: string,
  paths: readonly string[],
  platform = 'linux/amd64',
): Promise<ImageConfig | undefined> {
  const archives = await Archives.read(paths, cwd, ({ path, message }) => {
    throw new Error(`${path}: ${message}`);
  });
  return archives.find(readReference(image)!)?.config(platform);
}

async function errors(...paths: string[]): Promise<string[]> {
  const told: string[] = [];
  await Archives.read(paths, cwd, ({ path, message }) => told.push(`${path}: ${message}`));
  return told;
}

/** A tar of a layout, by the tar of the system. */
function pack(name: string, files: ReadonlyMap<string, Uint8Array>, ...options: string[]): string {
  writeFiles(join(cwd, `${name}.d`), files);
  execFileSync('tar', ['-C', join(cwd, `${name}.d`), ...options, '-cf', join(cwd, name), '.']);
  return name;
}

describe('a folder in OCI layout', () => {
  const write = (...images: (readonly [TestImage, Record<string, string>])[]): void =>
    writeFiles(join(cwd, 'layout'), layoutOf(images));

  test('tells all of a configuration', async () => {
    write([API, NAMED]);
    expect(await find('registry.shop/api:3', ['layout'])).toEqual({
      from: 'layout',
      env: new Map([
        ['PORT', '3000'],
        ['PATH', '/bin'],
        ['EMPTY', ''],
        ['EQUALS', 'a=b'],
      ]),
      entrypoint: ['/entry'],
      cmd: ['serve'],
      user: '1000:1000',
      exposed: [
        { port: 3000, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
      complete: true,
      base: undefined,
    });
  });

  test('what is not there is known not to be there', async () => {
    write([imageOf({ Cmd: null, User: '' }), NAMED]);
    expect(await find('registry.shop/api:3', ['layout'])).toMatchObject({
      entrypoint: undefined,
      cmd: undefined,
      user: undefined,
      exposed: [],
      complete: true,
    });
  });

  test('an image is found by any spelling of its name, and by its digest', async () => {
    write([
      API,
      {
        'io.containerd.image.name': 'docker.io/library/nginx:latest',
        'org.opencontainers.image.ref.name': 'latest',
      },
    ]);
    for (const image of [
      'nginx',
      'docker.io/library/nginx',
      'index.docker.io/library/nginx:latest',
      `other@${API.digest}`,
    ]) {
      expect(await find(image, ['layout'])).toBeDefined();
    }
    expect(await find('nginx:1.27', ['layout'])).toBeUndefined();
    expect(await find('latest', ['layout'])).toBeUndefined();
  });

  test('a platform is chosen, attestations are none', async () => {
    const user = (User: string) => imageOf({ User });
    const index = indexOf({
      'unknown/unknown': user('nobody'),
      'linux/arm64/v8': user('arm'),
      'linux/amd64': user('amd'),
    });
    write([indexOf({ '': index }), NAMED]);
    expect((await find('registry.shop/api:3', ['layout']))?.user).toBe('amd');
    expect((await find('registry.shop/api:3', ['layout'], 'linux/arm64'))?.user).toBe('arm');
    await expect(find('registry.shop/api:3', ['layout'], 'linux/s390x')).rejects.toThrow(
      'there is none for the platform linux/s390x, only for linux/arm64/v8, linux/amd64',
    );
  });

  test('the only platform there is will do', async () => {
    write([indexOf({ 'linux/arm64': API, 'unknown/unknown': imageOf({}) }), NAMED]);
    expect((await find('registry.shop/api:3', ['layout']))?.user).toBe('1000:1000');
  });

  test.each<[string, (blob: string, manifest: string) => void, string]>([
    ['changed', (blob) => writeFileSync(blob, '{}'), 'is something else; its content has changed on the way'],
    ['missing', (blob) => rmSync(blob), 'write it again, whole'],
    ['too large', (blob) => truncateSync(blob, 8 * 1024 * 1024 + 1), 'is larger than 8 MiB'],
    [
      'no file',
      (blob) => {
        rmSync(blob);
        execFileSync('mkfifo', [blob]);
      },
      'is not a regular file',
    ],
    ['changed above', (_, manifest) => writeFileSync(manifest, '{}'), 'is something else'],
  ])('a blob that is %s is told', async (_, change, message) => {
    write([API, NAMED]);
    const [blob, manifest] = [...API.blobs.keys()].map((digest) =>
      join(cwd, 'layout/blobs', digest.replace(':', '/')),
    );
    change(blob!, manifest!);
    await expect(find('registry.shop/api:3', ['layout'])).rejects.toThrow(message);
  });
});

describe('a tar', () => {
  test.each([['plain'], ['gzip', '-z'], ['pax', '--format=pax'], ['ustar', '--format=ustar']])(
    'of a layout: %s',
    async (_, ...options) => {
      const tar = pack('layout.tar', layoutOf([[API, NAMED]]), ...options);
      expect((await find('registry.shop/api:3', [tar]))?.user).toBe('1000:1000');
    },
  );

  test('of `docker save`, its layers passed over', async () => {
    const [[config, blob]] = [...API.blobs] as [[string, Uint8Array]];
    const name = `${config.replace('sha256:', '')}.json`;
    const files = new Map([
      ['0/layer.tar', new Uint8Array(9 * 1024 * 1024)],
      ['blobs/sha256/layer', Buffer.from('no JSON')],
      [name, blob],
      [
        'manifest.json',
        Buffer.from(JSON.stringify([{ Config: name, RepoTags: ['api:3', 'registry.shop/api:3'] }])),
      ],
    ]);
    const tar = pack('saved.tar', files);
    expect((await find('registry.shop/api:3', [tar]))?.exposed).toHaveLength(2);
    expect(await find('docker.io/library/api:3', [tar])).toBeDefined();
    files.set(name, Buffer.from('{"config":{}}'));
    await expect(find('api:3', [pack('changed.tar', files)])).rejects.toThrow(
      'is not what its name promises',
    );
  });

  test('the first archive that has an image counts', async () => {
    const second = pack('second.tar', layoutOf([[imageOf({ User: 'second' }), NAMED]]));
    const first = pack('first.tar', layoutOf([[imageOf({ User: 'first' }), NAMED]]));
    expect((await find('registry.shop/api:3', [first, second]))?.user).toBe('first');
  });

  test('a part of one is told', async () => {
    const tar = pack('layout.tar', layoutOf([[API, NAMED]]));
    truncateSync(join(cwd, tar), 2000);
    expect(await errors(tar)).toEqual([
      expect.stringMatching(/^layout\.tar: this is no whole tar archive \(/),
    ]);
  });
});

test('what is no archive is told, and the others are read', async () => {
  writeFileSync(join(cwd, 'text'), 'kind: Service\n'.repeat(100));
  writeFileSync(join(cwd, 'packed'), Buffer.from('28b52ffd00', 'hex'));
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  writeFiles(join(cwd, 'folder'), new Map([['index.json', Buffer.from('{')]]));
  writeFiles(join(cwd, 'empty'), new Map([['x', Buffer.from('')]]));
  writeFiles(
    join(cwd, 'nameless'),
    new Map([['manifest.json', Buffer.from('[{"Config":"a.json","RepoTags":null}]')]]),
  );
  expect(await errors('text', 'packed', 'pipe', 'folder', 'empty', 'nameless', 'gone')).toEqual([
    expect.stringMatching(/^text: this is no whole tar archive \(/),
    'packed: this is packed with zstd; unpack it first: `zstd -d`',
    'pipe: this is neither a folder nor a regular file',
    'folder: index.json is no JSON',
    'empty: there is no index.json and no manifest.json in it; give a folder in OCI layout or what `docker save` writes',
    'nameless: no image in it has a name; save it by its name: `docker save NAME:TAG`',
    'gone: there is no such file or folder',
  ]);
});

test('a list may name no file outside its folder', async () => {
  writeFileSync(join(cwd, 'secret.json'), '{"config":{}}');
  const saved = JSON.stringify([{ Config: '../secret.json', RepoTags: ['api:3'] }]);
  writeFiles(join(cwd, 'folder'), new Map([['manifest.json', Buffer.from(saved)]]));
  await expect(find('api:3', ['folder'])).rejects.toThrow('../secret.json lies outside the folder');
});
