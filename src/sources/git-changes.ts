import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';

/** What differs between a commit and the files as they lie here, those included that git does not know. */
export interface Changes {
  readonly ref: string;
  /** The commit that is compared with: where the branches parted. */
  readonly base: string;
  /**
   * Whether lines of a file are new or others.
   *
   * @param path as shown
   */
  isChanged(path: string, from?: number, to?: number): boolean;
  /** Whether a line that is gone has a word. */
  removes(word: string): boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const ALL: readonly Range[] = [{ from: 1, to: Number.POSITIVE_INFINITY }];
const MOST_BYTES = 512 * 1024 * 1024;

/** Settings of a repository may name programs; none of them is started. */
const PLAIN = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
const DIFF = [
  ...['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--no-relative'],
  ...['--ignore-submodules', '--src-prefix=a/', '--dst-prefix=b/'],
];

/**
 * Asks the user's `git`; no shell is started.
 *
 * @returns why it cannot be said, in one sentence that can stand behind a colon
 */
export function readChanges(ref: string, cwd: string): Changes | { readonly reason: string } {
  if (ref === '' || ref.startsWith('-')) return { reason: 'a name of a commit does not begin with `-`' };
  const git = (...args: string[]): string => {
    const { status, stdout, stderr, error } = spawnSync('git', [...PLAIN, ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: MOST_BYTES,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
    });
    if (error) throw new Error(isMissing(error) ? 'there is no `git` on PATH' : error.message);
    if (status !== 0) throw new Error(firstLine(stderr));
    return stdout;
  };
  try {
    const top = realpathSync.native(git('rev-parse', '--show-toplevel').replace(/\r?\n$/, ''));
    const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).trim();
    const base = git('merge-base', commit, 'HEAD').trim();
    const names = git(...DIFF, '--name-only', '-z', base, '--')
      .split('\0')
      .filter(Boolean);
    const patch = git(...DIFF, '--unified=0', base, '--');
    const untracked = git('ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', top);
    const files = new Map<string, readonly Range[]>(
      untracked
        .split('\0')
        .filter(Boolean)
        .map((name) => [name, ALL]),
    );
    const parts = patch.split(/^diff --git /m).slice(1);
    for (const [index, name] of names.entries())
      files.set(name, parts.length === names.length ? rangesIn(parts[index]!) : ALL);
    return { ref, base, ...lookUp(files, patch, top, cwd) };
  } catch (error) {
    const { message } = error as Error;
    // Git is quiet about a name that it does not know, and about branches that never met.
    return { reason: message || 'it is no commit of this repository that meets the one that is checked out' };
  }
}

function lookUp(
  files: ReadonlyMap<string, readonly Range[]>,
  patch: string,
  top: string,
  cwd: string,
): Pick<Changes, 'isChanged' | 'removes'> {
  const here = realpathSync.native(cwd);
  const removed = patch.split('\n').filter((line) => line.startsWith('-') && !line.startsWith('--- '));
  return {
    isChanged(path, from = 1, to = Number.POSITIVE_INFINITY) {
      const name = relative(top, resolve(here, path)).split(sep).join('/');
      return (files.get(name) ?? []).some((range) => range.from <= to && from <= range.to);
    },
    removes: (word) => removed.some((line) => line.includes(word)),
  };
}

/** `@@ -3,0 +4,2 @@`: where lines are gone and none came, the lines on both sides touch the change. */
function rangesIn(part: string): Range[] {
  return Array.from(part.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm), ([, start, count = '1']) => {
    const from = Number(start);
    const lines = Number(count);
    return lines === 0 ? { from, to: from + 1 } : { from, to: from + lines - 1 };
  });
}

const isMissing = (error: Error): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
