import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const CLI = resolve('dist/cli.cjs');

test('mistakes of one document are tried one after the other: what was read for a fix is not kept', () => {
  const keys = Array.from({ length: 500 }, (_, i) => `  K${i}: ${i}\n`).join('');
  const input = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n${keys}`;
  // All of them together take over 192 MB, from 6 KB of input.
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--max-old-space-size=96', CLI, 'check', '-o', 'json', '-'],
    { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  expect(status).toBe(1);
  const { findings } = JSON.parse(stdout) as { findings: readonly { fixes: readonly unknown[] }[] };
  expect(findings.filter(({ fixes }) => fixes.length === 1)).toHaveLength(500);
});
