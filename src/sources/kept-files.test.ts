import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectFiles } from './collect.ts';
import { KeptFiles } from './kept-files.ts';

let cwd: string;
const NAMES = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.yaml`);
const at = (name: string): string => join(cwd, name);
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
  for (const name of NAMES) writeFileSync(at(name), 'kind: Service\n');
  await setTimeout(2100);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test('a file is read again when it is another, and no other is', () => {
  const kept = new KeptFiles();
  const all = () => {
    kept.begin();
    return [...collectFiles(['.'], { cwd, kept, onError: (error) => expect(error).toBeUndefined() })];
  };
  const before = all();
  expect(all()).toEqual(before);
  // The same size, and times as they were; another file in its place; another size.
  const { atime, mtime } = statSync(at('b.yaml'));
  writeFileSync(at('b.yaml'), 'kind: Secrets\n');
  utimesSync(at('b.yaml'), atime, mtime);
  writeFileSync(at('.c.tmp'), 'kind: Ingress\n');
  renameSync(at('.c.tmp'), at('c.yaml'));
  writeFileSync(at('d.yaml'), 'kind: Deployment\n');
  const after = all();
  expect(after.map((one, index) => one === before[index])).toEqual([true, false, false, false, true]);
  expect(after.map(({ text }) => text.trim().slice('kind: '.length))).toEqual([
    'Service',
    'Secrets',
    'Ingress',
    'Deployment',
    'Service',
  ]);
  // Written within a tick of being read, it may be written once more in the same tick.
  const third = all();
  expect(third.map((one, index) => one === after[index])).toEqual([true, false, false, false, true]);
});
