// What `portolan explain` prints, line by line; the tables of the documentation are made of it.
import { spawnSync } from 'node:child_process';

export const root = new URL('..', import.meta.url);

export function explained(...topic) {
  const { stdout } = spawnSync(process.execPath, ['bin/portolan.cjs', 'explain', ...topic], {
    cwd: root,
    encoding: 'utf8',
  });
  return stdout.trimEnd().split('\n');
}
