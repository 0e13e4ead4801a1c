import { readFileSync } from 'node:fs';
import type { SourceFile } from '../text/source.ts';
import { decodeText } from './decode-text.ts';

/** Texts kept for a second look, in characters: 100,000 files need not stay in memory, a few are asked for again soon. */
const KEPT_CHARACTERS = 4 * 1024 * 1024;

const kept = new Map<FileSource, string>();
let keptCharacters = 0;

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

  /** The text as it is now; empty when the file is gone meanwhile, as there is nothing to show then. */
  get text(): string {
    const there = kept.get(this);
    if (there !== undefined) return there;
    let text = '';
    try {
      const decoded = decodeText(readFileSync(this.#file));
      if ('text' in decoded) text = decoded.text;
    } catch {
      // Gone or closed since it was checked.
    }
    keep(this, text);
    return text;
  }
}

function keep(source: FileSource, text: string): void {
  kept.set(source, text);
  keptCharacters += text.length;
  for (const [oldest, oldText] of kept) {
    if (keptCharacters <= KEPT_CHARACTERS || oldest === source) return;
    kept.delete(oldest);
    keptCharacters -= oldText.length;
  }
}
