import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const COPIED = ['src', 'scripts', 'package.json', 'tsconfig.json', 'biome.json', '.gitignore'];

test('`npm run new-rule` gives a rule that passes as it is', { timeout: 300_000 }, () => {
  const copy = mkdtempSync(join(tmpdir(), 'new-rule-'));
  const run = (program: string, ...args: string[]): string =>
    execFileSync(process.execPath, [join(repository, 'node_modules', program), ...args], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
  try {
    for (const name of COPIED) cpSync(join(repository, name), join(copy, name), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
    // The copy has nothing to build: what is tested of it is the rule alone.
    writeFileSync(join(copy, 'vitest.config.ts'), 'export default {};\n');
    execFileSync(
      process.execPath,
      ['scripts/new-rule.mjs', 'unmatched-quay', "A quay's name is one that no harbour has."],
      { cwd: copy },
    );
    run('typescript/bin/tsc', '--noEmit');
    run(
      '@biomejs/biome/bin/biome',
      'check',
      '--vcs-enabled=false',
      'src/rules/unmatched-quay.ts',
      'src/rules/unmatched-quay.test.ts',
    );
    const tests = ['unmatched-quay', 'pages', 'frames'].map((name) => `src/rules/${name}.test.ts`);
    run(
      'vitest/vitest.mjs',
      'run',
      '--maxWorkers=1',
      '--update=new',
      '--testNamePattern=unmatched-quay',
      ...tests,
    );
    const frame = readFileSync(join(copy, 'src/rules/frames/unmatched-quay.txt'), 'utf8');
    for (const line of [
      '^ the smallest text that is wrong',
      '─ the other end',
      'note: why it bites, and the source of a fact that it rests on',
      'help: call it `http` (unsafe: ',
    ]) {
      expect(frame).toContain(line);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
