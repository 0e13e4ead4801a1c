import { lstatSync, readFileSync, realpathSync, type Stats, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { decodeText } from './decode-text.ts';
import { isInside } from './inside.ts';
import { type Draft, draftBeside } from './replace-file.ts';
import { codeOf, unreadable } from './unreadable.ts';

/** A file of the user with another text. */
export interface Rewrite {
  /** As the report shows it. */
  readonly path: string;
  /** The text that was read, without a byte order mark. */
  readonly before: string;
  readonly after: string;
}

export interface WriteOptions {
  readonly cwd: string;
  /** Files and folders that the user named, as given: nothing outside of them is written. */
  readonly within: readonly string[];
}

/** What became of each file: every one of them is either old or new. */
export interface WrittenBack {
  readonly written: readonly string[];
  /** Files that were to be written and are as they were. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
}

const OUTSIDE = 'it lies outside of the files and folders that were named; name it as well';
const CHANGED = 'it changed since it was read; run again';
const ENCODED = 'it is UTF-16, and only UTF-8 is written; save it as UTF-8';
const OWNED = 'it is owned by somebody else, who would lose it';

/** Why a path may not be written; undefined where it may. */
export function whyNotWritable(path: string, options: WriteOptions): string | undefined {
  const place = placeOf(path, options);
  return 'reason' in place ? place.reason : undefined;
}

/**
 * Writes all the files or none, as far as the file system allows it: every new text is on the disk beside its file
 * before the first takes its place. Never throws.
 */
export function writeBack(rewrites: readonly Rewrite[], options: WriteOptions): WrittenBack {
  const drafts: (Drafted & { readonly path: string })[] = [];
  const stop = (path: string, reason: string, written: readonly string[] = []): WrittenBack => {
    for (const { draft } of drafts) draft.discard();
    const left = rewrites.filter((one) => !written.includes(one.path));
    return {
      written,
      left: left.map((one) => ({
        path: one.path,
        reason: one.path === path ? reason : `${path}: ${reason}`,
      })),
    };
  };
  for (const { path, before, after } of rewrites) {
    const made = draftOf(path, before, after, options);
    if (typeof made === 'string') return stop(path, made);
    drafts.push({ path, ...made });
  }
  const written: string[] = [];
  for (const { path, draft, isAsRead } of drafts) {
    try {
      if (!isAsRead()) return stop(path, CHANGED, written);
      draft.place();
    } catch (error) {
      return stop(path, unwritable(error), written);
    }
    written.push(path);
  }
  return { written, left: [] };
}

interface Drafted {
  readonly draft: Draft;
  /** Whether the file is still the one that was read. */
  isAsRead(): boolean;
}

interface Place {
  /** Where the text lies: behind symbolic links, if there are any. */
  readonly real: string;
  readonly stats: Stats;
}

function placeOf(path: string, { cwd, within }: WriteOptions): Place | { readonly reason: string } {
  try {
    const absolute = resolve(cwd, path);
    lstatSync(absolute);
    const real = realpathSync.native(absolute);
    const stats = statSync(real);
    if (!stats.isFile()) return { reason: 'it is no regular file' };
    const isNamed = within.some((one) => isInside(real, realpathSync.native(resolve(cwd, one))));
    return isNamed ? { real, stats } : { reason: OUTSIDE };
  } catch (error) {
    return { reason: unreadable(error, path) };
  }
}

function draftOf(path: string, before: string, after: string, options: WriteOptions): Drafted | string {
  const place = placeOf(path, options);
  if ('reason' in place) return place.reason;
  const { real, stats } = place;
  try {
    const bytes = readFileSync(real);
    const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const read = decodeText(bytes);
    if (!('text' in read) || read.text !== before) return CHANGED;
    if (!isMarked && bytes.length !== Buffer.byteLength(before)) return ENCODED;
    const text = Buffer.from(isMarked ? `\uFEFF${after}` : after);
    const draft = draftBeside(real, { mode: stats.mode, owner: stats }, (descriptor) => {
      for (let at = 0; at < text.length; ) at += writeSync(descriptor, text, at);
    });
    return { draft, isAsRead: () => isSameFile(statSync(real), stats) };
  } catch (error) {
    return codeOf(error) === 'EPERM' ? OWNED : unwritable(error);
  }
}

const isSameFile = (now: Stats, then: Stats): boolean =>
  now.ino === then.ino && now.size === then.size && now.mtimeMs === then.mtimeMs;

const unwritable = (error: unknown): string => {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? 'no space is left on the device'
    : code === 'EROFS'
      ? 'the file system is read-only'
      : code === 'EACCES'
        ? 'permission denied'
        : `it cannot be written (${code ?? (error as Error).message})`;
};
