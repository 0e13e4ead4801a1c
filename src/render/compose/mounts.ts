import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isSecretName } from '../../text/secrets/secret-names.ts';
import { isWithin } from '../renderers.ts';
import { realOf } from '../repository.ts';
import type { WrittenFiles } from '../written.ts';

/** What of the project lies in a container. */
export interface ComposeMount {
  /** In the container, absolute. */
  readonly target: string;
  /** Texts by the names of their files; undefined where they are too many or too large, or lie elsewhere. */
  readonly files: ReadonlyMap<string, string> | undefined;
  /** One file, rather than a folder. */
  readonly isFile: boolean;
  /** As it is written. */
  readonly source: string;
}

const MOST_FILES = 20;
const MOST_BYTES = 64 * 1024;
/** What a ConfigMap may call a file. */
const KEY = /^[-._a-zA-Z0-9]+$/;

/** Reads what a service mounts of the folder that its compose file lies in, or of another one of the repository. */
export class MountReader {
  readonly #folder: string;
  readonly #tree: string;
  readonly #written: WrittenFiles;

  constructor(folder: string, tree: string, written: WrittenFiles) {
    this.#folder = folder;
    this.#tree = tree;
    this.#written = written;
  }

  /** Undefined for a volume of the engine, and for a folder that it makes: both begin with what the image has there. */
  read(source: string | undefined, target: string | undefined): ComposeMount | undefined {
    if (!source || !target?.startsWith('/') || !/^[./~]/.test(source)) return undefined;
    const path = resolve(this.#folder, source);
    const real = realOf(path);
    const mount = { target, source };
    if (!isWithin(real, this.#tree)) return { ...mount, files: undefined, isFile: false };
    const found = statsOf(path);
    if (found === undefined) return undefined;
    const isFile = found === 'file';
    const names = isFile ? [basename(path)] : namesIn(path);
    if (names?.length === 0) return undefined;
    return { ...mount, isFile, files: names && this.#textsOf(names, isFile ? resolve(path, '..') : path) };
  }

  #textsOf(names: readonly string[], folder: string): ReadonlyMap<string, string> | undefined {
    const texts = new Map<string, string>();
    let size = 0;
    for (const name of names) {
      const path = join(folder, name);
      const text = KEY.test(name) && statsOf(path) === 'file' ? this.#written.textOf(path) : undefined;
      if (text === undefined || saysSecret(text)) return undefined;
      size += text.length;
      if (size > MOST_BYTES) return undefined;
      texts.set(name, text);
    }
    return texts;
  }
}

/** What holds a secret goes into no text that people print and keep. */
const saysSecret = (text: string): boolean =>
  [...text.matchAll(/^[ \t"']*([\w.-]+)["']?[ \t]*[:=][ \t]*\S/gm)].some(([, key]) => isSecretName(key!));

function statsOf(path: string): 'file' | 'folder' | undefined {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? 'folder' : stats.isFile() && stats.size <= MOST_BYTES ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where there are more than anybody keeps in a ConfigMap. */
function namesIn(folder: string): string[] | undefined {
  try {
    const names = readdirSync(folder).sort();
    return names.length > MOST_FILES ? undefined : names;
  } catch {
    return undefined;
  }
}
