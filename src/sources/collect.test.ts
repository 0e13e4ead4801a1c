import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectFiles } from './collect.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const write = (path: string, content: string | Buffer = 'kind: List\n'): void => {
  mkdirSync(join(cwd, path, '..'), { recursive: true });
  writeFileSync(join(cwd, path), content);
};

function collect(...paths: string[]): { paths: string[]; errors: string[] } {
  const { errors, ...rest } = collectAll(...paths);
  return { paths: rest.paths, errors };
}

function collectAll(...paths: string[]): { paths: string[]; errors: string[]; foreign: string[] } {
  const errors: string[] = [];
  const foreign: string[] = [];
  const sources = [
    ...collectFiles(paths, {
      cwd,
      onError: ({ path, message }) => errors.push(`${path}: ${message}`),
      onForeign: ({ path, message }) => foreign.push(`${path}: ${message}`),
    }),
  ];
  return { paths: sources.map(({ path }) => path), errors, foreign };
}

describe('folders', () => {
  test('are read with all that lies in them, in order of code units, manifests only', () => {
    for (const path of [
      'b.yaml',
      'a/c.yml',
      'a/d.JSON',
      'B.yaml',
      'notes.md',
      '.git/x.yaml',
      'node_modules/p/x.yaml',
      '._b.yaml',
    ])
      write(path);
    expect(collect('.')).toEqual({ paths: ['B.yaml', 'a/c.yml', 'a/d.JSON', 'b.yaml'], errors: [] });
  });

  test('the order is that of code units, not that of bytes in which some systems list them', () => {
    const names = ['app.yaml', '\u{1f6a2}.yaml', '\uff21.yaml'];
    for (const name of names) write(name);
    expect(collect('.').paths).toEqual(names);
  });

  test('a file that is reached twice is read once', () => {
    write('a/b.yaml');
    symlinkSync(join(cwd, 'a/b.yaml'), join(cwd, 'a/again.yaml'));
    expect(collect('a/b.yaml', './a/b.yaml', 'a', 'a/..').paths).toEqual(['a/b.yaml']);
  });

  test('a link that leads back up is told, and nothing else is lost', () => {
    write('a/b.yaml');
    symlinkSync(cwd, join(cwd, 'a/loop'));
    const { paths, errors } = collect('.');
    expect(paths).toEqual(['a/b.yaml']);
    expect(errors).toEqual([
      'a/loop: a symbolic link in this path leads back to a folder above it; remove the link',
    ]);
  });

  test('links to a folder beside are followed', () => {
    write('real/b.yaml');
    mkdirSync(join(cwd, 'other'));
    symlinkSync(join(cwd, 'real'), join(cwd, 'other/link'));
    expect(collect('other').paths).toEqual(['other/link/b.yaml']);
  });

  test('links that lead nowhere or in a circle', () => {
    symlinkSync(join(cwd, 'gone.yaml'), join(cwd, 'dangling.yaml'));
    symlinkSync(join(cwd, 'gone'), join(cwd, 'overlays'));
    symlinkSync(join(cwd, 'gone.md'), join(cwd, 'notes.md'));
    symlinkSync('bosun@harbour.4711:1', join(cwd, '.#app.yaml'));
    symlinkSync(join(cwd, 'y.yaml'), join(cwd, 'x.yaml'));
    symlinkSync(join(cwd, 'x.yaml'), join(cwd, 'y.yaml'));
    const { errors, foreign } = collectAll('.');
    expect(foreign).toEqual([
      '.#app.yaml: the symbolic link leads nowhere; mend it or remove it',
      'dangling.yaml: the symbolic link leads nowhere; mend it or remove it',
      'overlays: the symbolic link leads nowhere; mend it or remove it',
    ]);
    expect(errors).toEqual([
      'x.yaml: the symbolic links lead in a circle; remove one of them',
      'y.yaml: the symbolic links lead in a circle; remove one of them',
    ]);
  });

  test('links that lead up from the folder given are not followed', () => {
    write('a/b/c.yaml');
    write('a/z.yaml');
    symlinkSync('..', join(cwd, 'a/b/up'));
    expect(collect('a/b')).toEqual({
      paths: ['a/b/c.yaml'],
      errors: ['a/b/up: a symbolic link in this path leads back to a folder above it; remove the link'],
    });
  });

  test('links that lead out of the tree show nothing of what is there', () => {
    const other = mkdtempSync(join(tmpdir(), 'other-'));
    writeFileSync(join(other, 'key.yaml'), 'kind: Secret\n');
    symlinkSync(join(other, 'key.yaml'), join(cwd, 'x.yaml'));
    symlinkSync(other, join(cwd, 'all'));
    symlinkSync('/', join(cwd, 'root'));
    symlinkSync('/proc', join(cwd, 'proc'));
    const out =
      'this symbolic link leads out of the folder that is checked, and is not followed; name what it leads to';
    expect(collectAll('.')).toEqual({
      paths: [],
      errors: [
        'root: a symbolic link in this path leads back to a folder above it; remove the link',
        `x.yaml: ${out}`,
      ],
      foreign: [`all: ${out}`, `proc: ${out}`],
    });
    expect(collect('x.yaml', 'all')).toEqual({ paths: [], errors: [`x.yaml: ${out}`, `all: ${out}`] });
    expect(collect(other).errors).toEqual([]);
    rmSync(other, { recursive: true });
  });

  test('links that lead to each folder from many sides do not make the walk longer', () => {
    // Two links a level: 2^40 ways lead to the last folder.
    for (let level = 0; level < 40; level++) {
      mkdirSync(join(cwd, `quay/${level}`), { recursive: true });
      for (const side of ['port', 'starboard']) {
        symlinkSync(join(cwd, `quay/${level + 1}`), join(cwd, `quay/${level}/${side}`));
      }
    }
    write('quay/40/app.yaml');
    const { paths, errors } = collect('quay/0');
    expect(errors).toEqual([]);
    expect(paths).toEqual([`quay/0/${'port/'.repeat(40)}app.yaml`]);
  });

  test('what is skipped in a folder is read when it is named', () => {
    write('node_modules/chart/app.yaml');
    expect(collect('node_modules').paths).toEqual(['node_modules/chart/app.yaml']);
  });

  test('a pipe does not keep the run waiting', () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    const told = 'this is not a regular file; give `-` and pipe the text in';
    expect(collectAll('.').foreign).toEqual(['pipe.yaml: this is a pipe, a socket or a device']);
    expect(collect('pipe.yaml').errors).toEqual([`pipe.yaml: ${told}`]);
    symlinkSync('pipe.yaml', join(cwd, 'link.yaml'));
    expect(collect('link.yaml').errors).toEqual([`link.yaml: ${told}`]);
  });

  test('neither does a socket or a device', async () => {
    const server = createServer().listen(join(cwd, 'socket.yaml'));
    await new Promise((done) => server.once('listening', done));
    symlinkSync('/dev/zero', join(cwd, 'zero.yaml'));
    const { paths, errors, foreign } = collectAll('.', '/dev/zero');
    server.close();
    expect(paths).toEqual([]);
    expect(foreign).toEqual([
      'socket.yaml: this is a pipe, a socket or a device',
      'zero.yaml: this is a pipe, a socket or a device',
    ]);
    expect(errors).toEqual([expect.stringMatching(/\/dev\/zero: this is not a regular file;/)]);
  });
});

describe('files', () => {
  test('are read whatever they are called when they are named', () => {
    write('manifest.txt');
    expect(collect('manifest.txt')).toEqual({ paths: ['manifest.txt'], errors: [] });
  });

  test('a missing one is told with its neighbours', () => {
    write('deployment.yaml');
    expect(collect('deploymnet.yaml').errors).toEqual([
      'deploymnet.yaml: there is no such file or folder; beside it there is deployment.yaml',
    ]);
  });

  test('a missing folder on the way to it is told, and a link or file that stands there', () => {
    write('base/a.yaml');
    write('aft.yaml');
    symlinkSync('gone', join(cwd, 'over'));
    expect(collect('bsae/x/a.yaml', 'over/a.yaml', 'over', 'aft.yaml/b.yaml', 'zzzzzzzz').errors).toEqual([
      'bsae/x/a.yaml: there is no folder bsae; beside it there is base',
      'over/a.yaml: the symbolic link over leads nowhere; mend it or remove it',
      'over: the symbolic link leads nowhere; mend it or remove it',
      'aft.yaml/b.yaml: a part of this path is a file and no folder',
      'zzzzzzzz: there is no such file or folder',
    ]);
  });

  test('neighbours are named without control characters', () => {
    write('service\x1b.yaml');
    expect(collect('service.yaml').errors).toEqual([
      'service.yaml: there is no such file or folder; beside it there is service\\x1b.yaml',
    ]);
  });

  test('an empty path is told, and not read as the working directory', () => {
    write('a.yaml');
    expect(collect('', 'a.yaml')).toEqual({
      paths: ['a.yaml'],
      errors: ['.: one of the paths is empty; the working directory is named `.`'],
    });
  });

  test('come in the order of the arguments', () => {
    for (const path of ['a.yaml', 'b/x.yaml', 'c.yaml']) write(path);
    expect(collect('c.yaml', 'b', 'a.yaml', '.').paths).toEqual(['c.yaml', 'b/x.yaml', 'a.yaml']);
  });

  test('one that vanishes after its folder was listed is told, and the others are read', () => {
    for (const path of ['a.yaml', 'b.yaml', 'c.yaml']) write(path);
    const errors: string[] = [];
    const paths: string[] = [];
    for (const { path } of collectFiles(['.'], {
      cwd,
      onError: ({ path, message }) => errors.push(`${path}: ${message}`),
    })) {
      paths.push(path);
      rmSync(join(cwd, 'b.yaml'), { force: true });
    }
    expect(paths).toEqual(['a.yaml', 'c.yaml']);
    expect(errors).toEqual(['b.yaml: this is gone since its folder was listed']);
  });

  // macOS takes no such name in the first place.
  test.runIf(process.platform === 'linux')('a name that is not UTF-8 is told', () => {
    writeFileSync(
      Buffer.concat([Buffer.from(join(cwd, 'caf')), Buffer.from([0xe9]), Buffer.from('.yaml')]),
      '',
    );
    expect(collect('.').errors).toEqual(['caf\ufffd.yaml: the name of this file is not UTF-8; rename it']);
  });

  test('one larger than any text is told, not read', () => {
    write('a.yaml');
    truncateSync(join(cwd, 'a.yaml'), 512 * 1024 * 1024 + 1);
    expect(collect('.').errors).toEqual(['a.yaml: this is larger than 512 MiB']);
    expect(collect('a.yaml').errors).toEqual(['a.yaml: this is larger than 512 MiB']);
  });

  test('an empty one is a source like any other', () => {
    write('a.yaml', '');
    expect(collect('.')).toEqual({ paths: ['a.yaml'], errors: [] });
  });

  test('binary data is told, not parsed, and nothing else is lost', () => {
    write('a.yaml', Buffer.from([0x6b, 0x00, 0x6b]));
    write('b.yaml');
    expect(collect('.')).toEqual({
      paths: ['b.yaml'],
      errors: ['a.yaml: this is not text (binary data at byte 1)'],
    });
  });

  test('control characters in a name are made visible', () => {
    write('a\x1b[31m.yaml');
    expect(collect('.').paths).toEqual(['a\\x1b[31m.yaml']);
  });
});

describe('bundles', () => {
  const bundles = (...paths: string[]): string[] =>
    [...collectFiles(paths, { cwd, onError: () => {} })].map(
      ({ path, bundle }) => `${path} of ${bundle?.kind} ${bundle?.path}`,
    );

  test('a chart is what Helm applies of it, with the charts within it; all else is a folder', () => {
    for (const path of [
      'Chart.yaml',
      'charts/sub/Chart.yaml',
      'charts/sub/templates/s.yaml',
      'ci/values.yaml',
      'crds/c.yaml',
      'templates/tests/t.yaml',
    ])
      write(`shop/${path}`);
    write('app.yaml');
    write('shop-web/templates/a.yaml');
    expect(bundles('.')).toEqual([
      'app.yaml of folder ',
      'shop/Chart.yaml of folder shop',
      'shop/charts/sub/Chart.yaml of folder shop/charts/sub',
      'shop/charts/sub/templates/s.yaml of chart shop',
      'shop/ci/values.yaml of folder shop/ci',
      'shop/crds/c.yaml of chart shop',
      'shop/templates/tests/t.yaml of chart shop',
      'shop-web/templates/a.yaml of folder shop-web/templates',
    ]);
  });

  test('a file that is named is of its folder', () => {
    write('shop/Chart.yaml');
    write('shop/templates/t.yaml');
    expect(bundles('shop/templates/t.yaml')).toEqual(['shop/templates/t.yaml of folder shop/templates']);
  });
});
