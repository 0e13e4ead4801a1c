import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestRepository } from '../src/testing/repository.ts';
import { webApp } from '../src/testing/web-app.ts';

const bin = resolve(import.meta.dirname, '../bin/portolan.cjs');

const SCRIPT = '/usr/bin/script';

/** util-linux's, whose words differ from those of BSD. */
const hasScript = (): boolean => {
  try {
    return execFileSync(SCRIPT, ['--version'], { encoding: 'utf8' }).includes('util-linux');
  } catch {
    return false;
  }
};
const noTerminal = !hasScript();

let repository: TestRepository;
beforeEach(() => {
  repository = new TestRepository({}, {});
});
afterEach(() => repository.remove());

/** Runs on a terminal of its own, with what somebody types. */
function onTerminal(
  typed: string,
  ...args: string[]
): { readonly shown: string; readonly status: number | null } {
  const quoted = [process.execPath, bin, ...args].map((one) => `'${one}'`).join(' ');
  const { stdout, status } = spawnSync(SCRIPT, ['-qec', quoted, '/dev/null'], {
    cwd: repository.folder,
    input: typed,
    encoding: 'utf8',
    env: {
      PATH: repository.bin,
      HOME: repository.root,
      XDG_CACHE_HOME: repository.cache,
      SHELL: '/bin/sh',
      TERM: 'xterm',
    },
  });
  return { shown: stdout, status };
}

describe.skipIf(noTerminal)(
  `on a terminal${noTerminal ? ' (skipped: no `script` of util-linux, which makes one)' : ''}`,
  () => {
    test('a build that takes its time is named, without commands for the terminal, and its line goes', () => {
      const slow = join(repository.bin, 'kubectl');
      writeFileSync(slow, '#!/bin/sh\n/bin/sleep 1.1\nexit 1\n');
      chmodSync(slow, 0o755);
      // One more than are built at once: it begins when the first has ended.
      const names = Array.from({ length: availableParallelism() + 1 }, (_, at) => `z${at}`);
      repository.write(
        Object.fromEntries(names.map((name) => [`\x1b[35m${name}/kustomization.yaml`, 'resources: []\n'])),
      );
      const { shown } = onTerminal('', 'check', '.');
      expect(shown).toMatch(/\r\x1b\[2Kbuilding \S*z\d+ \(\d+ of \d+\) …[\s\S]*\r\x1b\[2K(?!building)/);
      expect(shown).not.toContain('\x1b[35m');
    });

    test('each end is asked for, and what is chosen is written', () => {
      repository.write({ 'app.yaml': webApp('htpt') });
      const { shown, status } = onTerminal(
        '1\n',
        'fix',
        '--unsafe',
        '--write',
        '--color',
        'never',
        'app.yaml',
      );
      expect(shown).toContain(
        '1) point targetPort at `http`: changes Service `web` (the service end), app.yaml:22',
      );
      expect(shown).toContain('touches the way in through Service default/web');
      expect(shown).toContain('change which? [1-');
      expect(shown).toContain('written: app.yaml');
      expect(status).toBe(0);
      expect(readFileSync(join(repository.folder, 'app.yaml'), 'utf8')).toBe(
        webApp('htpt').replace('htpt', 'http'),
      );
    });

    test.each([
      ['is skipped', 's\n'],
      ['is left', 'q\n'],
      ['is answered by nothing that there is', '9\n'],
      ['is left by closing the input', '\x04'],
    ])('what %s stays', (_, typed) => {
      repository.write({ 'app.yaml': webApp('htpt') });
      const { shown } = onTerminal(typed, 'fix', '--unsafe', '--write', 'app.yaml');
      expect(shown).toContain('no fix to make; 1 finding left');
      expect(readFileSync(join(repository.folder, 'app.yaml'), 'utf8')).toBe(webApp('htpt'));
    });
  },
);
