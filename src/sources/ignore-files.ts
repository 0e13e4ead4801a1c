import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { displayPath } from './display-path.ts';
import { homeOf, isInside, pathBelow } from './inside.ts';

/** Patterns that a configuration gives, as a `.gitignore` in its folder would. */
export interface Excluded {
  /** Absolute. */
  readonly folder: string;
  readonly patterns: readonly string[];
  /** Who says so, as shown. */
  readonly by: string;
}

export interface IgnoreFilesOptions {
  readonly cwd: string;
  /** Whether `.gitignore` and `.portolanignore` are read. */
  readonly reads: boolean;
  readonly excluded?: Excluded | undefined;
}

interface Level {
  readonly folder: string;
  readonly by: string;
  readonly matcher: Ignore;
}

/** The later one counts where both say something. */
const NAMES = ['.gitignore', '.portolanignore'] as const;

/** Folders that no tool looks for manifests in: hidden ones, and what npm puts there. */
export const isPassedFolder = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/** What passes by in folders. What a user names is read, whatever these files say of it. */
export class IgnoreFiles {
  readonly #options: IgnoreFilesOptions;
  readonly #passed = new Map<string, Set<string>>();
  readonly #around = new Map<string, FolderFilter>();

  constructor(options: IgnoreFilesOptions) {
    this.#options = options;
  }

  /** How many files and folders passed by, by who said so. */
  get passedBy(): { readonly by: string; readonly entries: number }[] {
    return [...this.#passed]
      .map(([by, paths]) => ({ by, entries: paths.size }))
      .sort((a, b) => (a.by < b.by ? -1 : 1));
  }

  /**
   * What counts in a folder that was named.
   *
   * @param folder a real path
   */
  around(folder: string): FolderFilter {
    const known = this.#around.get(folder) ?? this.#readAround(folder);
    this.#around.set(folder, known);
    return known;
  }

  #readAround(folder: string): FolderFilter {
    const { reads, excluded } = this.#options;
    const home = homeOf(folder);
    const above: string[] = [];
    for (let at = dirname(folder); reads && at !== folder && isInside(at, home); at = dirname(at)) {
      above.unshift(at);
      if (at === dirname(at)) break;
    }
    const levels = [
      ...(excluded && excluded.patterns.length > 0
        ? [{ ...excluded, matcher: ignore().add([...excluded.patterns]) }]
        : []),
      ...above.flatMap((at) => this.#levelsIn(at, NAMES)),
    ];
    const outer = new FolderFilter(this, levels);
    return outer.whoPasses(folder, true) === undefined ? outer : new FolderFilter(this, []);
  }

  within(levels: readonly Level[], folder: string, names: ReadonlySet<string>): readonly Level[] {
    const own = this.#options.reads ? NAMES.filter((name) => names.has(name)) : [];
    return own.length === 0 ? levels : [...levels, ...this.#levelsIn(folder, own)];
  }

  count(by: string, path: string): void {
    const paths = this.#passed.get(by) ?? new Set();
    this.#passed.set(by, paths.add(path));
  }

  #levelsIn(folder: string, names: readonly string[]): Level[] {
    return names.flatMap((name) => {
      const file = join(folder, name);
      try {
        const text = readFileSync(file, 'utf8');
        return { folder, by: displayPath(file, this.#options.cwd), matcher: ignore().add(text) };
      } catch {
        // Not there, or no file: git passes over it as well.
        return [];
      }
    });
  }
}

/** What counts for the entries of one folder. */
export class FolderFilter {
  readonly #files: IgnoreFiles;
  readonly #levels: readonly Level[];

  constructor(files: IgnoreFiles, levels: readonly Level[]) {
    this.#files = files;
    this.#levels = levels;
  }

  /** The same with what the folder's own files say. */
  enter(folder: string, names: ReadonlySet<string>): FolderFilter {
    const levels = this.#files.within(this.#levels, folder, names);
    return levels === this.#levels ? this : new FolderFilter(this.#files, levels);
  }

  /** Whether an entry of the folder passes by; it is counted then. */
  passes(path: string, isFolder: boolean): boolean {
    const by = this.whoPasses(path, isFolder);
    if (by !== undefined) this.#files.count(by, path);
    return by !== undefined;
  }

  /** Who says that an entry passes by. The innermost file that speaks of it counts. */
  whoPasses(path: string, isFolder: boolean): string | undefined {
    for (const { folder, by, matcher } of this.#levels.toReversed()) {
      const within = pathBelow(path, folder) ?? relative(folder, path).split(sep).join('/');
      if (!ignore.isPathValid(within)) continue;
      const { ignored, unignored } = matcher.test(isFolder ? `${within}/` : within);
      if (ignored) return by;
      if (unignored) return undefined;
    }
    return undefined;
  }
}
