import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { largest } from '../../../text/largest.ts';

/** Folders below a root, in order, as `path` with `/`; `*` is any name, `**` any number of folders. */
export function foldersMatching(
  root: string,
  patterns: readonly string[],
  unwanted: readonly string[],
): string[] {
  const isUnwanted = (path: string): boolean => unwanted.some((pattern) => fits(path, pattern));
  return pathsMatching(root, patterns, 'folder').filter((path) => !isUnwanted(path));
}

export const filesMatching = (root: string, patterns: readonly string[]): string[] =>
  pathsMatching(root, patterns, 'file');

/** Deeper than this nobody keeps applications. */
const DEEPEST = 12;

function pathsMatching(root: string, patterns: readonly string[], wanted: 'file' | 'folder'): string[] {
  if (patterns.length === 0) return [];
  const deepest = largest(patterns.map((one) => (one.includes('**') ? DEEPEST : stepsOf(one).length)));
  const found: string[] = [];
  const walk = (folder: string, depth: number): void => {
    for (const entry of entriesIn(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const kind = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : undefined;
      if (kind === wanted && patterns.some((pattern) => fits(path, pattern))) found.push(path);
      if (kind === 'folder' && depth < deepest) walk(path, depth + 1);
    }
  };
  walk('', 1);
  return found;
}

function entriesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => name !== '.git' && name !== 'node_modules')
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

const stepsOf = (path: string): string[] => path.split('/').filter((step) => step !== '' && step !== '.');

function fits(path: string, pattern: string): boolean {
  const [steps, wanted] = [stepsOf(path), stepsOf(pattern)];
  const from = (at: number, step: number): boolean => {
    if (at === wanted.length) return step === steps.length;
    if (wanted[at] === '**') return from(at + 1, step) || (step < steps.length && from(at, step + 1));
    return step < steps.length && fitsName(steps[step]!, wanted[at]!) && from(at + 1, step + 1);
  };
  return from(0, 0);
}

/** `*` and `?` in a name, from left to right; the last `*` takes what is over. */
function fitsName(name: string, pattern: string): boolean {
  let [at, step, star, kept] = [0, 0, -1, 0];
  while (at < name.length) {
    if (
      step < pattern.length &&
      (pattern[step] === '?' || pattern[step] === name[at]) &&
      pattern[step] !== '*'
    ) {
      at += 1;
      step += 1;
    } else if (pattern[step] === '*') {
      star = step;
      kept = at;
      step += 1;
    } else if (star >= 0) {
      step = star + 1;
      kept += 1;
      at = kept;
    } else return false;
  }
  while (pattern[step] === '*') step += 1;
  return step === pattern.length;
}
