import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Bundle, SourceFile } from '../text/source.ts';
import { displayPath } from './display-path.ts';
import { FileSource } from './file-source.ts';
import { CONFIG_NAMES } from './find-config.ts';
import { type FolderFilter, type IgnoreFiles, isPassedFolder } from './ignore-files.ts';
import { type InputError, inputError } from './input-error.ts';
import { entryOf, homeOf, isInside } from './inside.ts';
import type { KeptFiles } from './kept-files.ts';
import { NOT_REGULAR, readTextFile } from './read-file.ts';
import { codeOf, DANGLING, unreadable, whyUnread } from './unreadable.ts';

/** What a folder is searched for, as kubectl does (S-187). */
const MANIFEST = /\.(ya?ml|json)$/i;
const DOCKERFILE = /(^|\.)(docker|container)file(\.|$)/i;
/** What macOS writes beside a file on a foreign disk: its attributes, under its name. */
const APPLE_DOUBLE = '._';

const LEADS_BACK = 'a symbolic link in this path leads back to a folder above it; remove the link';
const LEADS_OUT =
  'this symbolic link leads out of the folder that is checked, and is not followed; name what it leads to';
const NO_FILE = 'this is a pipe, a socket or a device';

export interface CollectOptions {
  readonly cwd: string;
  /** Told of each thing that cannot be read; the others are read all the same. */
  onError(error: InputError): void;
  /** Told of each link in a folder that leads nowhere: nobody named it, and what it was is not known. */
  onForeign?(what: InputError): void;
  /** What passes by in folders; nothing but hidden ones when left out. */
  readonly ignoreFiles?: IgnoreFiles | undefined;
  /** Files of the last run, which are not read again while nobody has touched them. */
  readonly kept?: KeptFiles | undefined;
  /** An absolute path: nothing is read but what lies there, as a walk through everything would read it. */
  readonly only?: string | undefined;
  /** Told of each file that builds an image, in a folder that is read or beside a file. */
  onDockerfile?(): void;
}

/**
 * Reads files, and folders with all that lies in them, one by one: arguments in their order, a folder's entries by
 * code unit. A file that is reached twice is read once. Never throws.
 */
export function* collectFiles(paths: readonly string[], options: CollectOptions): Generator<SourceFile> {
  const walk = new Walk(options);
  for (const path of paths) yield* walk.argument(path);
}

/** A chart that a folder lies in. What Helm applies are the templates of it and of the charts within it. */
interface Chart {
  readonly bundle: Bundle;
  readonly inTemplates: boolean;
}

const APPLIED: ReadonlySet<string> = new Set(['templates', 'crds']);

const within = (chart: Chart | undefined, folder: string): Chart | undefined =>
  chart && { ...chart, inTemplates: chart.inTemplates || APPLIED.has(folder) };

/**
 * Only arguments and symbolic links are resolved by the file system; the real path of everything else follows from
 * the folder it lies in.
 */
class Walk {
  readonly #options: CollectOptions;
  /** Real paths of the files read so far. */
  readonly #files = new Set<string>();
  /** Real paths of the folders entered so far: links may lead to one from many sides, and more with each level. */
  readonly #folders = new Map<string, 'open' | 'done'>();
  /** Folders of arguments that were looked through for Dockerfiles. */
  readonly #seenBeside = new Set<string>();
  /** Folders that links may lead into: of the argument at hand. */
  #home: readonly string[] = [];

  constructor(options: CollectOptions) {
    this.#options = options;
  }

  *argument(given: string): Generator<SourceFile> {
    const { cwd } = this.#options;
    const path = resolve(cwd, given);
    // A shell variable that is not set; to check the working directory instead would be a surprise.
    if (given === '')
      return this.#fail(path, 'one of the paths is empty; the working directory is named `.`');
    let stats: Stats;
    let real = path;
    try {
      stats = statSync(path);
      // What stands for a pipe in /dev/fd has no real path.
      if (stats.isDirectory() || stats.isFile()) real = realpathSync.native(path);
    } catch (error) {
      return this.#fail(path, whyUnread(error, path, cwd));
    }
    const home = isInside(path, resolve(cwd)) ? homeOf(cwd) : undefined;
    if (home !== undefined && real !== path && !isInside(real, home)) return this.#fail(path, LEADS_OUT);
    this.#home = home === undefined ? [real] : [home, real];
    if (stats.isFile()) this.#lookBeside(path);
    if (stats.isDirectory()) yield* this.#folder(path, real, this.#filterAround(real));
    else yield* this.#found(path, real, stats, false);
  }

  #filterAround(real: string): FolderFilter | undefined {
    return this.#options.ignoreFiles?.around(real);
  }

  /** Once for each folder: a shell may name thousands of its files. */
  #lookBeside(path: string): void {
    const folder = dirname(path);
    if (this.#seenBeside.has(folder)) return;
    this.#seenBeside.add(folder);
    try {
      if (readdirSync(folder).some((name) => DOCKERFILE.test(name))) this.#options.onDockerfile?.();
    } catch {
      // A file can be read in a folder that may not be listed.
    }
  }

  *#folder(
    path: string,
    real: string,
    outer: FolderFilter | undefined,
    around?: Chart,
  ): Generator<SourceFile> {
    const state = this.#folders.get(real);
    if (state === 'done') return;
    if (state === 'open') return this.#fail(path, LEADS_BACK);
    this.#folders.set(real, 'open');
    const entries = this.#entriesOf(path);
    const filter = outer?.enter(real, new Set(entries.map(({ name }) => name)));
    const chart = around ?? this.#chartOf(path, entries);
    const bundle = chart?.inTemplates ? chart.bundle : this.#folderBundle(path);
    for (const entry of entries) {
      const { name } = entry;
      const child = entryOf(path, name);
      if (this.#isPassedOver(child)) continue;
      const realChild = entryOf(real, name);
      const passes = (isFolder: boolean): boolean => filter?.passes(realChild, isFolder) ?? false;
      if (entry.isSymbolicLink()) {
        if (!MANIFEST.test(name) || !passes(false)) yield* this.#link(child, name, real);
      } else if (entry.isDirectory()) {
        if (!isPassedFolder(name) && !passes(true))
          yield* this.#folder(child, realChild, filter, within(chart, name));
      } else if (DOCKERFILE.test(name)) this.#options.onDockerfile?.();
      else if (
        MANIFEST.test(name) &&
        !CONFIG_NAMES.has(name) &&
        !name.startsWith(APPLE_DOUBLE) &&
        !passes(false)
      )
        yield* this.#found(child, realChild, entry, true, bundle);
    }
    this.#folders.set(real, 'done');
  }

  #isPassedOver(path: string): boolean {
    const { only } = this.#options;
    return only !== undefined && !isInside(only, path) && !isInside(path, only);
  }

  #chartOf(path: string, entries: readonly { readonly name: string }[]): Chart | undefined {
    if (!entries.some(({ name }) => name === 'Chart.yaml')) return undefined;
    return { bundle: { ...this.#folderBundle(path), kind: 'chart' }, inTemplates: false };
  }

  #folderBundle(path: string): Bundle {
    const shown = displayPath(path, this.#options.cwd);
    return { kind: 'folder', path: shown === '.' ? '' : shown };
  }

  *#link(path: string, name: string, folder: string): Generator<SourceFile> {
    let real: string;
    let stats: Stats;
    try {
      stats = statSync(path);
      const isWanted = stats.isDirectory() ? !isPassedFolder(name) : MANIFEST.test(name);
      if (!isWanted) return;
      real = stats.isDirectory() || stats.isFile() ? realpathSync.native(path) : path;
    } catch (error) {
      // A lost `notes.md` would not be read anyway; a name without an extension may have been a folder of manifests.
      if (!MANIFEST.test(name) && extname(name) !== '') return;
      if (codeOf(error) === 'ENOENT') this.#passBy(path, DANGLING);
      else this.#fail(path, unreadable(error, path));
      return;
    }
    if (stats.isDirectory() && isInside(folder, real)) return this.#fail(path, LEADS_BACK);
    const isOutside = !this.#home.some((home) => isInside(real, home));
    if (isOutside && stats.isDirectory()) return this.#passBy(path, LEADS_OUT);
    if (isOutside && stats.isFile()) return this.#fail(path, LEADS_OUT);
    yield* this.#found(path, real, stats, true);
  }

  *#found(
    path: string,
    real: string,
    kind: Pick<Stats, 'isDirectory' | 'isFile'>,
    listed: boolean,
    bundle?: Bundle,
  ): Generator<SourceFile> {
    if (kind.isDirectory()) return yield* this.#folder(path, real, this.#filterAround(real));
    if (this.#files.has(real)) return;
    this.#files.add(real);
    if (!kind.isFile()) return listed ? this.#passBy(path, NO_FILE) : this.#fail(path, NOT_REGULAR);
    const source = this.#read(path, real, bundle);
    if (source) yield source;
  }

  #read(path: string, real: string, bundle: Bundle | undefined): SourceFile | undefined {
    const shown = displayPath(path, this.#options.cwd);
    const read = () => {
      const decoded = readTextFile(real);
      return 'text' in decoded ? new FileSource(shown, real, decoded.text, bundle) : decoded;
    };
    try {
      const source = this.#options.kept?.source(shown, real, bundle, read) ?? read();
      if ('version' in source) return source;
      this.#fail(path, source.reason);
    } catch (error) {
      this.#fail(path, unreadable(error, path));
    }
    return undefined;
  }

  #entriesOf(path: string) {
    try {
      return readdirSync(path, { withFileTypes: true }).sort((a, b) =>
        a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
      );
    } catch (error) {
      this.#fail(path, unreadable(error, path));
      return [];
    }
  }

  #passBy(path: string, message: string): void {
    this.#options.onForeign?.(inputError(displayPath(path, this.#options.cwd), message));
  }

  #fail(path: string, message: string): void {
    this.#options.onError(inputError(displayPath(path, this.#options.cwd), message));
  }
}
