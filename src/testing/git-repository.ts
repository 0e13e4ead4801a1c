import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../bin/portolan.cjs');

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A real git repository of a test in a folder of its own, and portolan as people run it there. */
export class GitRepository {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'harbour-git-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.git('init', '--quiet', '--initial-branch=main');
    this.write(files);
    this.commit('first');
  }

  git(...args: string[]): string {
    const settings = [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      '-c',
      'commit.gpgsign=false',
    ];
    return execFileSync('git', [...settings, ...args], { cwd: this.folder, encoding: 'utf8', stdio: 'pipe' });
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  remove(path = '.'): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  portolan(...args: string[]): Ran {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    return spawnSync(process.execPath, [bin, ...args], { cwd: this.folder, encoding: 'utf8', env });
  }
}
