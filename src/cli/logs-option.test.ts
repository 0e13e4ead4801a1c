import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseLogsOption, readLogs } from './logs-option.ts';
import { UsageError } from './usage-error.ts';

describe('CONTAINER=FILE', () => {
  test.each([
    ['web=app.log', 'web', undefined, undefined, 'app.log'],
    ['shop/web=app.log', 'web', 'shop', undefined, 'app.log'],
    ['deploy/shop/web=app.log', 'web', 'shop', 'Deployment', 'app.log'],
    ['StatefulSet/shop/web=-', 'web', 'shop', 'StatefulSet', '-'],
    ['web=logs/a=b.log', 'web', undefined, undefined, 'logs/a=b.log'],
  ])('%s', (text, container, workload, kind, file) =>
    expect(parseLogsOption(text)).toEqual({ owner: { container, workload, kind }, file }),
  );

  test.each([
    ['web', '`--logs web` is no CONTAINER=FILE'],
    ['=app.log', 'is no CONTAINER=FILE'],
    ['web=', 'is no CONTAINER=FILE'],
    ['', 'is no CONTAINER=FILE'],
    ['a/deploy/shop/web=app.log', '`a/deploy/shop/web` is no container'],
    ['/web=app.log', '`/web` is no container'],
    ['deployment.apps/shop/web=app.log', '`deployment.apps` is no kind; the kinds are'],
  ])('%j is none', (text, message) => {
    expect(() => parseLogsOption(text)).toThrow(UsageError);
    expect(() => parseLogsOption(text)).toThrow(message);
  });
});

describe('reading', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'harbour-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const fails = (file: string, ...paths: string[]): Promise<string> =>
    readLogs([`web=${file}`], paths).then(
      () => 'nothing',
      (error: unknown) => (error instanceof UsageError ? error.message : `${error}`),
    );

  test('a file gives what its program says', async () => {
    const file = join(folder, 'app.log');
    writeFileSync(file, 'ready\nListening on port :3005\n');
    expect(await readLogs([`shop/web=${file}`], ['-', '-'])).toMatchObject([
      {
        owner: { container: 'web', workload: 'shop' },
        observations: { listeners: [{ port: 3005, line: 2 }] },
      },
    ]);
  });
  test('no option, no logs', async () => expect(await readLogs([], ['-'])).toEqual([]));

  test('what cannot be read says why', async () => {
    writeFileSync(join(folder, 'app.log'), 'ready\n');
    expect(await fails(join(folder, 'ap.log'))).toMatch(
      /there is no such file or folder; beside it there is app\.log/,
    );
    expect(await fails(folder)).toMatch(/is not a regular file/);
    writeFileSync(join(folder, 'core'), Buffer.from([1, 0, 2]));
    expect(await fails(join(folder, 'core'))).toMatch(/is not text/);
  });

  test('standard input is one text', async () => {
    expect(await fails('-', '-')).toMatch(/standard input can be read once/);
    await expect(readLogs(['web=-', 'api=-'], [])).rejects.toThrow('standard input can be read once');
  });
});
