import { closeSync, lstatSync, openSync, realpathSync, type Stats, statSync, writeSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { draftBeside } from '../sources/replace-file.ts';

const STDOUT = 1;
/** Enough for one system call to be worth it, and for a batch of links whatever its characters are. */
const CHUNK_BYTES = 512 * 1024;
/** Of UTF-8, for a UTF-16 unit. */
const MOST_BYTES = 3;

const WORDS: ReadonlyMap<string | undefined, string> = new Map([
  ['ENOSPC', 'no space is left on the device'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'its folder is a file'],
  ['EISDIR', 'it is a folder'],
  ['EBADF', 'it is closed'],
  ['EIO', 'the device does not take it'],
]);

const why = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return WORDS.get(code) ?? message;
};

/**
 * Writes all of a text to standard output before going on; a reader that closes the pipe early (`| head`) is no error.
 *
 * @throws Error when it cannot be written
 */
export function print(text: string | Uint8Array | Iterable<string>): void {
  try {
    writeAll(STDOUT, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
    throw new Error(`cannot write to standard output: ${why(error)}`);
  }
}

/**
 * Writes a file beside the one that is meant and puts it in its place, so that there is never half a report. What is
 * no file (`/dev/null`, a pipe) is written as it is.
 *
 * @throws Error naming the file, when it cannot be written, or when a symbolic link would lead the report elsewhere
 */
export function writeReport(file: string | undefined, text: string | Uint8Array | Iterable<string>): void {
  if (file === undefined || file === '-') {
    print(text);
    return;
  }
  try {
    const there = statOf(file);
    if (there && !there.isFile() && !there.isDirectory()) writeThrough(file, text);
    else replace(file, there, text);
  } catch (error) {
    throw new Error(`cannot write ${file}: ${why(error)}`);
  }
}

function statOf(file: string): Stats | undefined {
  const link = lstatSync(file, { throwIfNoEntry: false });
  if (!link?.isSymbolicLink()) return link;
  const target = statSync(file, { throwIfNoEntry: false });
  // The shell gives a pipe as a link, too.
  if (target?.isFIFO() || target?.isCharacterDevice()) return target;
  throw new Error('it is a symbolic link; name the file that it leads to');
}

function writeThrough(file: string, text: string | Uint8Array | Iterable<string>): void {
  const descriptor = openSync(file, 'w');
  try {
    writeAll(descriptor, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  } finally {
    closeSync(descriptor);
  }
}

function replace(file: string, there: Stats | undefined, text: string | Uint8Array | Iterable<string>): void {
  const folder = dirname(resolve(file));
  const aside = linkIn(folder);
  if (aside !== undefined) throw new Error(`its folder is reached by a symbolic link, ${aside}`);
  if (there?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  draftBeside(file, there && { mode: there.mode }, (descriptor) => writeAll(descriptor, text)).place();
}

/** Below the working directory, which may be a stranger's tree, no folder on the way may be a link. */
function linkIn(folder: string): string | undefined {
  const cwd = process.cwd();
  const way = relative(cwd, folder);
  if (way === '' || way.startsWith('..') || resolve(way) !== folder) return undefined;
  return realpathSync.native(folder) === join(realpathSync.native(cwd), way) ? undefined : way;
}

/** Throws what the file system does. */
export function writeAll(descriptor: number, text: string | Uint8Array | Iterable<string>): void {
  if (typeof text === 'string' || text instanceof Uint8Array) {
    writeBytes(descriptor, Buffer.from(text as string));
    return;
  }
  // One buffer for all of them: buffers are forgotten late, as V8 does not see what they hold.
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let filled = 0;
  for (const piece of text) {
    if (filled + piece.length * MOST_BYTES > buffer.length) {
      writeBytes(descriptor, buffer.subarray(0, filled));
      filled = 0;
    }
    if (piece.length * MOST_BYTES > buffer.length) writeBytes(descriptor, Buffer.from(piece));
    else filled += buffer.write(piece, filled);
  }
  writeBytes(descriptor, buffer.subarray(0, filled));
}

function writeBytes(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      // A pipe whose reader is slower than we are.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
