import type { SourceFile } from '../text/source.ts';
import { readTextFile } from './read-file.ts';

/**
 * Texts kept for a second look, in characters. 100,000 files need not stay in memory, and the text of the file at
 * hand is asked for several times; so are those of the few files that most findings point at.
 */
const KEPT_CHARACTERS = 4 * 1024 * 1024;

/** Least recently used first. */
const kept = new Map<FileSource, string>();
let keptCharacters = 0;
let newest: FileSource | undefined;

/** A file whose text is read again when it is asked for later, say for the lines of a finding. */
export class FileSource implements SourceFile {
  readonly path: string;
  readonly kind = 'file';
  readonly editable = true;
  readonly #file: string;

  constructor(path: string, file: string, text: string) {
    this.path = path;
    this.#file = file;
    keep(this, text);
  }

  /**
   * The text as it is now, which need not be what was checked; empty when the file is gone meanwhile, as there is
   * nothing to show then. Whoever holds offsets into it must bear either.
   */
  get text(): string {
    const text = kept.get(this) ?? readAgain(this.#file);
    if (newest !== this) keep(this, text);
    return text;
  }
}

function readAgain(file: string): string {
  try {
    const decoded = readTextFile(file);
    return 'text' in decoded ? decoded.text : '';
  } catch {
    return '';
  }
}

function keep(source: FileSource, text: string): void {
  if (kept.delete(source)) keptCharacters -= text.length;
  kept.set(source, text);
  keptCharacters += text.length;
  newest = source;
  for (const [oldest, oldText] of kept) {
    if (keptCharacters <= KEPT_CHARACTERS || oldest === source) return;
    kept.delete(oldest);
    keptCharacters -= oldText.length;
  }
}
