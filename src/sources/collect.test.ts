import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  const errors: string[] = [];
  const sources = [
    ...collectFiles(paths, { cwd, onError: ({ path, message }) => errors.push(`${path}: ${message}`) }),
  ];
  return { paths: sources.map(({ path }) => path), errors };
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
    ])
      write(path);
    expect(collect('.')).toEqual({ paths: ['B.yaml', 'a/c.yml', 'a/d.JSON', 'b.yaml'], errors: [] });
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
    expect(errors).toEqual(['a/loop: the symbolic link leads back to a folder above it; remove the link']);
  });

  test('links to a folder beside are followed', () => {
    write('real/b.yaml');
    mkdirSync(join(cwd, 'other'));
    symlinkSync(join(cwd, 'real'), join(cwd, 'other/link'));
    expect(collect('other').paths).toEqual(['other/link/b.yaml']);
  });

  test('links that lead nowhere or in a circle', () => {
    symlinkSync(join(cwd, 'gone.yaml'), join(cwd, 'dangling.yaml'));
    symlinkSync(join(cwd, 'y.yaml'), join(cwd, 'x.yaml'));
    symlinkSync(join(cwd, 'x.yaml'), join(cwd, 'y.yaml'));
    expect(collect('.').errors).toEqual([
      'dangling.yaml: the symbolic link leads nowhere',
      'x.yaml: the symbolic links lead in a circle; remove one of them',
      'y.yaml: the symbolic links lead in a circle; remove one of them',
    ]);
  });

  test('a pipe does not keep the run waiting', () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.yaml')]);
    expect(collect('.').errors).toEqual(['pipe.yaml: this is no regular file']);
    expect(collect('pipe.yaml').errors).toEqual(['pipe.yaml: this is no regular file']);
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

  test('binary data is told, not parsed', () => {
    write('a.yaml', Buffer.from([0x6b, 0x00, 0x6b]));
    write('b.yaml', Buffer.from([0x6b, 0xc3, 0x28]));
    expect(collect('.').errors).toEqual([
      'a.yaml: this is no text: a NUL byte stands at offset 1',
      'b.yaml: this is no UTF-8 text; save it as UTF-8',
    ]);
  });

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffkind: é\n')],
    [
      'UTF-16, little end first',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('kind: é\n', 'utf16le')]),
    ],
    [
      'UTF-16, big end first',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('kind: é\n', 'utf16le').swap16()]),
    ],
  ])('%s', (_, bytes) => {
    write('a.yaml', bytes);
    expect([...collectFiles(['a.yaml'], { cwd, onError: ({ message }) => expect.fail(message) })].map(({ text }) => text)).toEqual([
      'kind: é\n',
    ]);
  });

  test('a text is there for a second look after many others were read', () => {
    const big = `# ${'x'.repeat(1_000_000)}\n`;
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) write(`${name}.yaml`, `${name}: 1\n${big}`);
    const sources = [...collectFiles(['.'], { cwd, onError: ({ message }) => expect.fail(message) })];
    expect(sources.map(({ text }) => text.slice(0, 4))).toEqual([
      'a: 1',
      'b: 1',
      'c: 1',
      'd: 1',
      'e: 1',
      'f: 1',
    ]);
    rmSync(join(cwd, 'a.yaml'));
    expect(sources[0]!.text).toBe('');
  });

  test('control characters in a name are made visible', () => {
    write('a\x1b[31m.yaml');
    expect(collect('.').paths).toEqual(['a\\x1b[31m.yaml']);
  });
});
