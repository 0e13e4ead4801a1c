import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NOT_REGULAR, readTextFile } from './read-file.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

test('a file gives its text', () => {
  writeFileSync(join(cwd, 'app.yaml'), 'kind: Service\n');
  expect(readTextFile(join(cwd, 'app.yaml'))).toEqual({ text: 'kind: Service\n' });
});

test('a pipe or folder that has taken the place of a file gives nothing, at once', () => {
  execFileSync('mkfifo', [join(cwd, 'app.yaml')]);
  expect(readTextFile(join(cwd, 'app.yaml'))).toEqual({ reason: NOT_REGULAR });
  expect(readTextFile(cwd)).toEqual({ reason: NOT_REGULAR });
});
