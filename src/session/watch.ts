import { type FSWatcher, readdirSync, realpathSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isPassedFolder } from '../sources/ignore-files.ts';

/** What is told of changes. */
export interface WatchOptions {
  readonly cwd: string;
  /** Absolute paths that changed, came or went since it was told last; never none. Some may be folders. */
  readonly onChange: (paths: readonly string[]) => void;
  /** What cannot be watched, in one sentence; the rest still is. */
  readonly onError?: (message: string) => void;
  /** How long it is quiet before a change is told, in milliseconds: an editor saves in several steps. 10 when left out. */
  readonly quietMs?: number;
}

export interface Watch {
  /** Once all that was seen until now has been told. */
  settled(): Promise<void>;
  close(): void;
}

const QUIET_MS = 10;
/** Somebody who writes without end is told of it all the same. */
const LONGEST_MS = 250;

/**
 * Watches files and folders, with all that comes and goes in them. What is watched is folders, one by one, and never a
 * file: an editor puts another file in the place of the one it read, and a system gives few thousand watches.
 *
 * @param paths files, folders, and files that need not be there yet, such as a configuration
 */
export function watchPaths(paths: readonly string[], options: WatchOptions): Watch {
  return new FolderWatch(paths, options);
}

class FolderWatch implements Watch {
  readonly #options: WatchOptions;
  /** By the folder's path. */
  readonly #watchers = new Map<string, FSWatcher>();
  /** Folders of which every name counts. */
  readonly #whole = new Set<string>();
  /** Of the others the names that do. */
  readonly #files = new Map<string, Set<string>>();
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #since = 0;
  #isClosed = false;
  #onFlush: (() => void)[] = [];

  constructor(paths: readonly string[], options: WatchOptions) {
    this.#options = options;
    for (const path of paths.length > 0 ? paths : ['.']) this.#argument(resolve(options.cwd, path));
  }

  async settled(): Promise<void> {
    // What the system has to tell comes in before that.
    await new Promise((done) => setImmediate(done));
    if (this.#changed.size > 0) await new Promise<void>((done) => void this.#onFlush.push(done));
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #argument(path: string): void {
    if (isFolder(path)) {
      this.#tree(realpathSync.native(path));
      return;
    }
    const folder = dirname(path);
    const names = this.#files.get(folder) ?? new Set();
    this.#files.set(folder, names.add(basename(path)));
    this.#folder(folder);
  }

  /** All folders of a tree. A name that is a folder only now is looked at as one. */
  #tree(folder: string): void {
    this.#whole.add(folder);
    if (!this.#folder(folder)) return;
    for (const entry of entriesOf(folder)) {
      if (entry.isDirectory() && !isPassedFolder(entry.name)) this.#tree(join(folder, entry.name));
    }
  }

  #folder(folder: string): boolean {
    if (this.#watchers.has(folder) || this.#isClosed) return true;
    try {
      const watcher = watch(folder, (_, name) => this.#seen(folder, name));
      watcher.on('error', () => this.#lost(folder));
      this.#watchers.set(folder, watcher);
      return true;
    } catch (error) {
      this.#options.onError?.(`${folder} cannot be watched: ${whyNot(error)}`);
      return false;
    }
  }

  #seen(folder: string, name: string | null): void {
    if (name === null) {
      this.#tell(folder);
      return;
    }
    const wanted = this.#whole.has(folder) ? undefined : this.#files.get(folder);
    if (wanted && !wanted.has(name)) return;
    const path = join(folder, name);
    if (!wanted && isFolder(path)) {
      if (isPassedFolder(name)) return;
      // What lies in it may have come before it was watched.
      this.#tree(path);
    }
    // A folder that went has taken those within along.
    if (this.#watchers.has(path) && !isFolder(path)) this.#lost(path);
    this.#tell(path);
  }

  #lost(folder: string): void {
    for (const [path, watcher] of this.#watchers) {
      if (path !== folder && !path.startsWith(join(folder, '/'))) continue;
      watcher.close();
      this.#watchers.delete(path);
    }
    this.#tell(folder);
  }

  #tell(path: string): void {
    if (this.#isClosed) return;
    const now = Date.now();
    if (this.#changed.size === 0) this.#since = now;
    this.#changed.add(path);
    const { quietMs = QUIET_MS } = this.#options;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#flush(),
      Math.min(quietMs, Math.max(0, this.#since + LONGEST_MS - now)),
    );
  }

  #flush(): void {
    const paths = [...this.#changed].sort();
    this.#changed.clear();
    this.#options.onChange(paths);
    const waiting = this.#onFlush;
    this.#onFlush = [];
    for (const done of waiting) done();
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It went meanwhile, which its own folder tells.
    return [];
  }
}

const whyNot = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC'
    ? 'the system gives no more watches (on Linux: sysctl fs.inotify.max_user_watches)'
    : code === 'EMFILE'
      ? 'too many files are open'
      : (code ?? message);
};
