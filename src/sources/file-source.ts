import { hash } from 'node:crypto';
import { folderBundle } from '../text/bundle.ts';
import type { Bundle, SourceFile } from '../text/source.ts';
import { readTextFile } from './read-file.ts';

/**
 * Texts kept for a second look, in characters: those of 10,000 resources. 100,000 files need not stay in memory, and the
 * text of the file at hand is asked for several times; so are those of the few files that most findings point at.
 */
const KEPT_CHARACTERS = 8 * 1024 * 1024;

/**
 * Two generations of half the size: the younger takes the place of the elder when it is full. One map whose oldest
 * entry is dropped each time is walked through all that were dropped before.
 */
let young = new Map<FileSource, string>();
let old = new Map<FileSource, string>();
let youngCharacters = 0;
let newest: FileSource | undefined;

/** A file whose text is read again when it is asked for later, say for the lines of a finding. */
export class FileSource implements SourceFile {
  readonly path: string;
  readonly kind = 'file';
  readonly editable = true;
  readonly bundle: Bundle;
  isStale = false;
  /** Its real path. */
  readonly file: string;
  #version: string | undefined;
  #held: string | undefined;

  /** @param bundle the folder of the path when left out */
  constructor(path: string, file: string, text: string, bundle: Bundle = folderBundle(path)) {
    this.path = path;
    this.bundle = bundle;
    this.file = file;
    keep(this, text);
  }

  get version(): string {
    return this.#version ?? this.settle(this.#held ?? young.get(this) ?? old.get(this) ?? '');
  }

  /** Takes the fingerprint of the text while it is there. */
  settle(text: string): string {
    this.#version ??= versionOf(text);
    return this.#version;
  }

  /**
   * The text of this version, or nothing when the file holds another by now: offsets and lines mean nothing there.
   */
  get text(): string {
    if (this.isStale) return '';
    if (this.#held !== undefined) return this.#held;
    let text = young.get(this) ?? old.get(this);
    if (text === undefined) {
      text = readAgain(this.file);
      if (text === undefined || versionOf(text) !== this.version) {
        this.isStale = true;
        return '';
      }
    }
    if (newest !== this) keep(this, text);
    return text;
  }

  /** Keeps the text for as long as this is kept, whatever becomes of the file. */
  hold(): void {
    this.#held = this.text;
  }

  /** The same file as it is by now; undefined where it is no text any more. */
  reread(): FileSource | undefined {
    const text = readAgain(this.file);
    return text === undefined ? undefined : new FileSource(this.path, this.file, text, this.bundle);
  }
}

/** A quarter of what a fingerprint in JavaScript costs. */
const versionOf = (text: string): string => hash('sha1', text, 'base64');

function readAgain(file: string): string | undefined {
  try {
    const decoded = readTextFile(file);
    return 'text' in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}

/** What says the same is known by its version from here on; a small run never needs one. */
function forget(texts: ReadonlyMap<FileSource, string>): void {
  for (const [source, text] of texts) source.settle(text);
}

function keep(source: FileSource, text: string): void {
  newest = source;
  if (young.has(source)) return;
  if (youngCharacters + text.length > KEPT_CHARACTERS / 2) {
    // What alone is too much leaves room for nothing else.
    if (text.length > KEPT_CHARACTERS) forget(young);
    forget(old);
    old = text.length > KEPT_CHARACTERS ? new Map() : young;
    young = new Map();
    youngCharacters = 0;
  }
  young.set(source, text);
  youngCharacters += text.length;
}
