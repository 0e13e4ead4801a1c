import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStdin } from './stdin.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'harbour-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

test('is read to its end, across the seams of its chunks', async () => {
  const bytes = Buffer.from('\ufeffkind: é\n');
  expect(await readStdin(Readable.from([...bytes].map((byte) => Buffer.of(byte))))).toEqual({
    path: '-',
    kind: 'stdin',
    text: 'kind: é\n',
    editable: false,
  });
});

test('may be a file', async () => {
  writeFileSync(join(cwd, 'app.yaml'), 'kind: Service\n');
  expect(await readStdin(createReadStream(join(cwd, 'app.yaml')))).toMatchObject({ text: 'kind: Service\n' });
});

test('may be empty', async () => {
  expect(await readStdin(Readable.from([]))).toMatchObject({ text: '' });
});

test('binary data is told', async () => {
  expect(await readStdin(Readable.from([Buffer.from([0])]))).toEqual({
    path: '-',
    line: 1,
    column: 1,
    message: 'this is not text (binary data at byte 0)',
  });
});

test('what cannot be read is told, not thrown', async () => {
  expect(await readStdin(createReadStream(cwd))).toMatchObject({
    path: '-',
    message: 'standard input cannot be read (EISDIR)',
  });
});

test('what is larger than any text is told before it fills the memory', async () => {
  const chunk = Buffer.alloc(64 * 1024 * 1024, 'x');
  let given = 0;
  function* endless(): Generator<Buffer> {
    for (;;) {
      given++;
      yield chunk;
    }
  }
  expect(await readStdin(Readable.from(endless()))).toMatchObject({ message: 'this is larger than 512 MiB' });
  expect(given).toBeLessThan(64);
});
