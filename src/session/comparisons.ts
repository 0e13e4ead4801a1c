import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { UsedBaseline } from '../engine/check.ts';
import { parseBaseline } from '../report/baseline.ts';
import { displayPath } from '../sources/display-path.ts';
import { type Changes, readChanges } from '../sources/git-changes.ts';
import { readNamedFile } from '../sources/read-file.ts';
import type { Problem } from './problem.ts';

/** What a run is compared with: what was found before, and what the files were before. */
export interface Comparisons {
  readonly baseline: UsedBaseline | undefined;
  readonly changes: Changes | undefined;
  readonly problems: readonly Problem[];
}

interface Asked {
  readonly baseline?: string | undefined;
  readonly changedSince?: string | undefined;
}

/** @param paths files and folders that the run reads */
export function readComparisons(asked: Asked, paths: readonly string[], cwd: string): Comparisons {
  const baseline = asked.baseline === undefined ? undefined : openBaseline(asked.baseline, paths, cwd);
  const changes = asked.changedSince === undefined ? undefined : readChanges(asked.changedSince, cwd);
  return {
    baseline: baseline && 'entries' in baseline ? baseline : undefined,
    changes: changes && 'base' in changes ? changes : undefined,
    problems: [
      ...(baseline && 'kind' in baseline ? [baseline] : []),
      ...(changes && 'reason' in changes
        ? [
            {
              kind: 'git' as const,
              path: '',
              message: `what changed since \`${asked.changedSince}\` cannot be said: ${changes.reason}`,
            },
          ]
        : []),
    ],
  };
}

const NO_BASELINE = '`portolan check --write-baseline` writes one';
const NO_ENTRY =
  'a line of a baseline is a fingerprint, a rule, a file and a message; write it anew with `--write-baseline`';

function openBaseline(file: string, paths: readonly string[], cwd: string): UsedBaseline | Problem {
  const full = resolve(cwd, file);
  const path = displayPath(full, cwd);
  const read = readNamedFile(full, cwd);
  if ('reason' in read) return { kind: 'baseline', path, message: `${read.reason}; ${NO_BASELINE}` };
  const entries = parseBaseline(read.text);
  if ('wrong' in entries) return { kind: 'baseline', path, line: entries.wrong, message: NO_ENTRY };
  return {
    path,
    entries,
    isRead: (shown) => paths.some((one) => isWithin(resolve(cwd, shown), resolve(cwd, one))),
  };
}

function isWithin(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
