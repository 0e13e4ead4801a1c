import { displayPath } from '../sources/display-path.ts';
import { FileSource } from '../sources/file-source.ts';
import { readTextFile } from '../sources/read-file.ts';
import type { SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';
import { realOf, treeOf } from './repository.ts';

/** A file that a person wrote, as a tree. */
export interface WrittenFile {
  readonly source: SourceFile;
  readonly roots: readonly YamlNode[];
}

/** Of texts together: many roots ask for the same files, and more than this is read again. */
const MOST_KEPT = 16 * 1024 * 1024;

/** The files of the user that went into what was rendered, and where they lie; each is looked at once. */
export class WrittenFiles {
  readonly #cwd: string;
  readonly #files = new Map<string, WrittenFile | undefined>();
  readonly #looked = new Set<string>();
  readonly #texts = new Map<string, string | undefined>();
  #kept = 0;
  readonly #reals = new Map<string, string>();
  readonly #trees = new Map<string, string>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  shown(file: string): string {
    return displayPath(file, this.#cwd);
  }

  /** @param file absolute; undefined where it cannot be read */
  read(file: string): WrittenFile | undefined {
    if (!this.#files.has(file)) this.#files.set(file, this.#open(file));
    return this.#files.get(file);
  }

  /** Whether a file says something, without making a tree of it. */
  mentions(file: string, what: RegExp): boolean {
    return what.test(this.textOf(file) ?? '');
  }

  /** @param file absolute; undefined where it cannot be read */
  textOf(file: string): string | undefined {
    if (this.#texts.has(file)) return this.#texts.get(file);
    this.#looked.add(file);
    const text = textIn(file);
    this.#kept += text?.length ?? 0;
    if (this.#kept <= MOST_KEPT) this.#texts.set(file, text);
    return text;
  }

  /** Where a path leads, through links; the path itself where it leads nowhere. */
  realOf(path: string): string {
    const real = this.#reals.get(path) ?? realOf(path);
    this.#reals.set(path, real);
    return real;
  }

  /** The real path of the repository that a folder lies in. */
  treeOf(folder: string): string {
    const tree = this.#trees.get(folder) ?? treeOf(folder, this.#cwd);
    this.#trees.set(folder, tree);
    return tree;
  }

  /** Absolute paths of all that were looked into. */
  paths(): Iterable<string> {
    return this.#looked;
  }

  /** All that were read, for their frames. */
  sources(): SourceFile[] {
    return [...this.#files.values()].flatMap((one) => one?.source ?? []);
  }

  #open(file: string): WrittenFile | undefined {
    const text = this.textOf(file);
    if (text === undefined) return undefined;
    const source = new FileSource(this.shown(file), file, text);
    const roots = readYaml(text).documents.flatMap(({ root }) => root ?? []);
    return { source, roots };
  }
}

function textIn(file: string): string | undefined {
  try {
    const decoded = readTextFile(file);
    return 'text' in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
