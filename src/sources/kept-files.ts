import { statSync } from 'node:fs';
import { isSameBundle } from '../text/bundle.ts';
import type { Bundle } from '../text/source.ts';
import type { FileSource } from './file-source.ts';

/**
 * A file system tells times in steps, the coarsest of two seconds (FAT): what was written again within the step in
 * which it was read looks untouched.
 */
const STEP_MS = 2000;

/**
 * The files of the last run. One is read again unless the file system says that it is the same file, of the same size,
 * untouched since; the time of that, `ctime`, cannot be set by whoever writes it, as an archive sets that of the text.
 */
export class KeptFiles {
  #last = new Map<string, Kept>();
  #next = new Map<string, Kept>();

  /** A run begins; what did not come in the last one is forgotten. */
  begin(): void {
    this.#last = this.#next;
    this.#next = new Map();
  }

  /**
   * @param path as it is shown
   * @param file its real path
   * @param read throws what the file system does, as this does then
   */
  source<T extends object>(
    path: string,
    file: string,
    bundle: Bundle | undefined,
    read: () => FileSource | T,
  ): FileSource | T {
    const stamp = stampOf(file);
    const known = this.#last.get(file);
    if (known && known.stamp === stamp.text && isStill(known.source, path, bundle)) {
      this.#next.set(file, known);
      return known.source;
    }
    const source = read();
    if ('version' in source && stamp.at < Date.now() - STEP_MS)
      this.#next.set(file, { source, stamp: stamp.text });
    return source;
  }
}

interface Kept {
  readonly source: FileSource;
  readonly stamp: string;
}

const isStill = (source: FileSource, path: string, bundle: Bundle | undefined): boolean =>
  !source.isStale && source.path === path && (bundle === undefined || isSameBundle(source.bundle, bundle));

/** Asked before the file is read: what is written meanwhile is seen the next time. */
function stampOf(file: string): { readonly text: string; readonly at: number } {
  const { dev, ino, size, mtimeNs, ctimeNs, ctimeMs } = statSync(file, { bigint: true });
  return { text: [dev, ino, size, mtimeNs, ctimeNs].join(' '), at: Number(ctimeMs) };
}
