import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeBack } from './write-back.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
  mkdirSync(join(cwd, 'k8s'));
  writeFileSync(join(cwd, 'k8s/a.yaml'), 'port: 80\n');
  writeFileSync(join(cwd, 'k8s/b.yaml'), 'port: 90\n');
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const read = (path: string): string => readFileSync(join(cwd, path), 'latin1');
const a = { path: 'k8s/a.yaml', before: 'port: 80\n', after: 'port: 81\n' };
const b = { path: 'k8s/b.yaml', before: 'port: 90\n', after: 'port: 91\n' };
const write = (rewrites: Parameters<typeof writeBack>[0], within = ['k8s']) =>
  writeBack(rewrites, { cwd, within });

test('all files are written, with their modes, and nothing is left beside them', () => {
  chmodSync(join(cwd, a.path), 0o600);
  chmodSync(join(cwd, b.path), 0o755);
  expect(write([a, b])).toEqual({ written: [a.path, b.path], left: [] });
  expect([read(a.path), read(b.path)]).toEqual([a.after, b.after]);
  expect(statSync(join(cwd, a.path)).mode & 0o777).toBe(0o600);
  expect(statSync(join(cwd, b.path)).mode & 0o777).toBe(0o755);
  expect(readdirSync(join(cwd, 'k8s'))).toEqual(['a.yaml', 'b.yaml']);
});

test('a byte order mark stays', () => {
  writeFileSync(join(cwd, a.path), `\uFEFF${a.before}`);
  write([a]);
  expect(read(a.path)).toBe('\xef\xbb\xbfport: 81\n');
});

test('a file that is also known by another name keeps both, one of them old', () => {
  linkSync(join(cwd, a.path), join(cwd, 'copy.yaml'));
  write([a]);
  expect([read(a.path), read('copy.yaml')]).toEqual([a.after, a.before]);
});

test('a symbolic link stays one, and what it names within the paths is written', () => {
  symlinkSync('a.yaml', join(cwd, 'k8s/c.yaml'));
  expect(write([{ ...a, path: 'k8s/c.yaml' }]).written).toEqual(['k8s/c.yaml']);
  expect(read(a.path)).toBe(a.after);
  expect(
    readdirSync(join(cwd, 'k8s'), { withFileTypes: true })
      .find(({ name }) => name === 'c.yaml')
      ?.isSymbolicLink(),
  ).toBe(true);
});

describe('nothing at all is written', () => {
  const refused = (rewrites: Parameters<typeof writeBack>[0], within?: string[]): string[] => {
    const { written, left } = write(rewrites, within);
    expect(written).toEqual([]);
    expect(readdirSync(join(cwd, 'k8s')).filter((name) => name.startsWith('.'))).toEqual([]);
    return left.map(({ path, reason }) => `${path}: ${reason}`);
  };

  test('where one file changed since it was read', () => {
    writeFileSync(join(cwd, b.path), 'port: 99\n');
    expect(refused([a, b])).toEqual([
      'k8s/a.yaml: k8s/b.yaml: it changed since it was read; run again',
      'k8s/b.yaml: it changed since it was read; run again',
    ]);
    expect([read(a.path), read(b.path)]).toEqual([a.before, 'port: 99\n']);
  });

  test('outside of what was named', () => {
    expect(refused([a, b], ['k8s/a.yaml']).at(-1)).toBe(
      'k8s/b.yaml: it lies outside of the files and folders that were named; name it as well',
    );
    writeFileSync(join(cwd, 'out.yaml'), 'port: 1\n');
    expect(refused([{ path: 'out.yaml', before: 'port: 1\n', after: 'port: 2\n' }])).toHaveLength(1);
    expect(read('out.yaml')).toBe('port: 1\n');
  });

  test('through a link that leads out of it', () => {
    writeFileSync(join(cwd, 'out.yaml'), 'port: 1\n');
    symlinkSync('../out.yaml', join(cwd, 'k8s/c.yaml'));
    expect(refused([{ path: 'k8s/c.yaml', before: 'port: 1\n', after: 'port: 2\n' }])).toHaveLength(1);
    expect(read('out.yaml')).toBe('port: 1\n');
  });

  test('into a folder, UTF-16, or what is not there', () => {
    writeFileSync(join(cwd, a.path), Buffer.from('\uFEFFport: 80\n', 'utf16le'));
    expect(refused([a])[0]).toContain('UTF-16');
    mkdirSync(join(cwd, 'k8s/d.yaml'));
    expect(refused([{ path: 'k8s/d.yaml', before: '', after: 'x' }])[0]).toContain('no regular file');
    expect(refused([{ path: 'k8s/e.yaml', before: '', after: 'x' }])[0]).toContain('is gone');
  });

  test.skipIf(process.getuid?.() === 0)(
    'where the folder may not be written (root may write everywhere)',
    () => {
      chmodSync(join(cwd, 'k8s'), 0o555);
      expect(refused([a])[0]).toContain('permission denied');
      chmodSync(join(cwd, 'k8s'), 0o755);
    },
  );
});
