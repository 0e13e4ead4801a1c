import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileSource } from './file-source.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Larger than all that is kept at once is, so that one more drops the others. */
const LARGE = 'x'.repeat(16 * 1024 * 1024);

const source = (name: string, text: string): FileSource => {
  writeFileSync(join(cwd, name), text);
  return new FileSource(name, join(cwd, name), text);
};

test('a text is kept while it is new, and read again after many others', () => {
  const app = source('app.yaml', 'kind: Service\n');
  source('large.yaml', LARGE);
  expect(app.text).toBe('kind: Service\n');
  expect(app.isStale).toBe(false);
});

test('a file that is written anew, touched or moved and says the same is of the same version', () => {
  const app = source('app.yaml', 'kind: Service\n');
  source('large.yaml', LARGE);
  rmSync(join(cwd, 'app.yaml'));
  writeFileSync(join(cwd, 'app.yaml'), 'kind: Service\n');
  expect(app.text).toBe('kind: Service\n');
});

test('a file that says something else by now gives no text, even when it says the old again', () => {
  const app = source('app.yaml', 'kind: Service\n');
  writeFileSync(join(cwd, 'app.yaml'), 'kind: Ingress\n');
  expect(app.text).toBe('kind: Service\n');
  source('large.yaml', LARGE);
  expect([app.text, app.isStale]).toEqual(['', true]);
  writeFileSync(join(cwd, 'app.yaml'), 'kind: Service\n');
  expect([app.text, app.isStale]).toEqual(['', true]);
});

test('a text that was asked for lately outlives an older one', () => {
  const text = LARGE.slice(0, 4e6);
  const [shared, other] = [source('shared.yaml', text), source('other.yaml', text)];
  expect(shared.text).toBe(text);
  source('third.yaml', text);
  for (const name of ['shared.yaml', 'other.yaml']) rmSync(join(cwd, name));
  expect(shared.text).toBe(text);
  expect(other.text).toBe('');
});

test('what is gone, or no text or file any longer, reads as empty', () => {
  const names = ['gone', 'binary', 'pipe'];
  const sources = names.map((name) => source(name, 'kind: Service\n'));
  source('large.yaml', LARGE);
  rmSync(join(cwd, 'gone'));
  writeFileSync(join(cwd, 'binary'), Buffer.from([0]));
  rmSync(join(cwd, 'pipe'));
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  expect(sources.map(({ text }) => text)).toEqual(['', '', '']);
  expect(sources.map(({ isStale }) => isStale)).toEqual([true, true, true]);
});
