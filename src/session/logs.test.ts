import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ReadLogs, readLogs } from './logs.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const owner = { container: 'web', name: 'shop' };
const stdin = { path: '-', kind: 'stdin', text: 'Listening on port :3005\n', editable: false } as const;
const read = (file: string): Promise<ReadLogs> => readLogs([{ owner, file }], cwd, async () => stdin);

test('a file gives what its program says', async () => {
  writeFileSync(join(cwd, 'app.log'), 'ready\nListening on port :3005\n');
  expect(await read('app.log')).toMatchObject({
    logs: [
      {
        subject: owner,
        what: { kind: 'log', path: 'app.log', text: 'ready\nListening on port :3005\n' },
      },
    ],
    problems: [],
  });
});

test('so does standard input', async () => {
  expect(await read('-')).toMatchObject({
    logs: [{ what: { path: '-', text: 'Listening on port :3005\n' } }],
  });
});

test('what cannot be read says why', async () => {
  writeFileSync(join(cwd, 'app.log'), 'ready\n');
  writeFileSync(join(cwd, 'core'), Buffer.from([1, 0, 2]));
  const why = async (file: string): Promise<string[]> =>
    (await read(file)).problems.map(({ kind, path, message }) => `${kind} ${path}: ${message}`);
  expect(await why('ap.log')).toEqual([
    'log ap.log: there is no such file or folder; beside it there is app.log',
  ]);
  expect(await why('.')).toEqual(['log .: this is not a regular file; give `-` and pipe the text in']);
  expect(await why('core')).toEqual(['log core: this is not text (binary data at byte 1)']);
});
