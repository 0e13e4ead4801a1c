import { displayPath } from '../sources/display-path.ts';
import { FileSource } from '../sources/file-source.ts';
import { readTextFile } from '../sources/read-file.ts';
import type { SourceFile } from '../text/source.ts';
import { readYaml } from '../text/yaml.ts';
import type { YamlNode } from '../text/yaml-node.ts';

/** A file that a person wrote, as a tree. */
export interface WrittenFile {
  readonly source: SourceFile;
  readonly roots: readonly YamlNode[];
}

/** The files of the user that went into what was rendered, each read once. */
export class WrittenFiles {
  readonly #cwd: string;
  readonly #files = new Map<string, WrittenFile | undefined>();
  readonly #looked = new Set<string>();

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
    this.#looked.add(file);
    try {
      const decoded = readTextFile(file);
      return 'text' in decoded ? decoded.text : undefined;
    } catch {
      return undefined;
    }
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
