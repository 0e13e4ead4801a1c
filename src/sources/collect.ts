import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { SourceFile } from '../text/source.ts';
import { nearest } from '../text/suggest.ts';
import { decodeText } from './decode-text.ts';
import { displayPath } from './display-path.ts';
import { FileSource } from './file-source.ts';
import { type InputError, inputError } from './input-error.ts';

/** What a folder is searched for, as kubectl does (S-187). */
const MANIFEST = /\.(ya?ml|json)$/i;
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const LARGEST_FILE = 512 * 1024 * 1024;

export interface CollectOptions {
  readonly cwd: string;
  /** Told of each thing that cannot be read; the others are read all the same. */
  onError(error: InputError): void;
}

/**
 * Reads files, and folders with all that lies in them, one by one: arguments in their order, a folder's entries by
 * code unit. A file that is reached twice is read once. Never throws.
 */
export function* collectFiles(paths: readonly string[], options: CollectOptions): Generator<SourceFile> {
  const walk = new Walk(options);
  for (const path of paths) yield* walk.argument(resolve(options.cwd, path));
}

class Walk {
  readonly #options: CollectOptions;
  /** Real paths of the files read so far. */
  readonly #read = new Set<string>();

  constructor(options: CollectOptions) {
    this.#options = options;
  }

  *argument(path: string): Generator<SourceFile> {
    const stats = this.#statsOf(path);
    if (!stats) return;
    const real = realpathSync(path);
    if (stats.isDirectory()) yield* this.#folder(path, real, [real]);
    else yield* this.#file(path, real, stats);
  }

  /** `above` are the real paths of the folders that are being walked: one of them again is a loop. */
  *#folder(path: string, real: string, above: readonly string[]): Generator<SourceFile> {
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(path);
    } catch (error) {
      return this.#fail(path, wordOf(error, 'the folder cannot be read'));
    }
    for (const entry of entries) {
      const child = join(path, entry.name);
      if (entry.isSymbolicLink()) yield* this.#link(child, entry.name, above);
      else if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) {
          const childReal = join(real, entry.name);
          yield* this.#folder(child, childReal, [...above, childReal]);
        }
      } else if (MANIFEST.test(entry.name)) {
        if (entry.isFile()) yield* this.#file(child, join(real, entry.name), undefined);
        else this.#fail(child, 'this is no regular file');
      }
    }
  }

  *#link(path: string, name: string, above: readonly string[]): Generator<SourceFile> {
    let real: string;
    let stats: Stats;
    try {
      real = realpathSync(path);
      stats = statSync(real);
    } catch (error) {
      // A broken link that would not be read anyway is nobody's concern.
      if (MANIFEST.test(name) || (error as NodeJS.ErrnoException).code === 'ELOOP') {
        this.#fail(path, wordOf(error, 'the symbolic link leads nowhere'));
      }
      return;
    }
    if (!stats.isDirectory()) {
      if (MANIFEST.test(name)) yield* this.#file(path, real, stats);
    } else if (above.includes(real)) {
      this.#fail(path, 'the symbolic link leads back to a folder above it; remove the link');
    } else if (!SKIPPED_FOLDERS.has(name)) {
      yield* this.#folder(path, real, [...above, real]);
    }
  }

  /** `stats` where they are known already; a directory entry has said that it is a regular file otherwise. */
  *#file(path: string, real: string, stats: Stats | undefined): Generator<SourceFile> {
    if (this.#read.has(real)) return;
    this.#read.add(real);
    // A pipe or device would keep the run waiting.
    if (stats && !stats.isFile()) return this.#fail(path, 'this is no regular file');
    try {
      if (stats && stats.size > LARGEST_FILE) return this.#fail(path, 'the file is larger than 512 MiB');
      const decoded = decodeText(readFileSync(real));
      if ('reason' in decoded) return this.#fail(path, decoded.reason);
      yield new FileSource(displayPath(path, this.#options.cwd), real, decoded.text);
    } catch (error) {
      this.#fail(path, wordOf(error, 'the file cannot be read'));
    }
  }

  #statsOf(path: string): Stats | undefined {
    try {
      return statSync(path);
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT' && !isLink(path);
      this.#fail(
        path,
        missing ? `there is no such file or folder${hintFor(path)}` : wordOf(error, 'this cannot be read'),
      );
      return undefined;
    }
  }

  #fail(path: string, message: string): void {
    this.#options.onError(inputError(displayPath(path, this.#options.cwd), message));
  }
}

const readEntries = (path: string) =>
  readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Names the nearest neighbours of a path that does not exist. */
function hintFor(path: string): string {
  try {
    const near = nearest(basename(path), readdirSync(dirname(path)));
    return near.length > 0 ? `; beside it there is ${near.join(', ')}` : '';
  } catch {
    return '';
  }
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'the symbolic links lead in a circle; remove one of them',
  ENOENT: 'the symbolic link leads nowhere',
  ENAMETOOLONG: 'the name is too long',
};

const wordOf = (error: unknown, otherwise: string): string => {
  const { code } = error as NodeJS.ErrnoException;
  return (code && WORDS[code]) ?? (code ? `${otherwise} (${code})` : otherwise);
};
