import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type Decoded, decodeText, LARGEST_TEXT, TOO_LARGE } from './decode-text.ts';
import { whyUnread } from './unreadable.ts';

export const NOT_REGULAR = 'this is not a regular file; give `-` and pipe the text in';

/** Throws what the file system does. */
export function readTextFile(path: string): Decoded {
  // A pipe that has taken the file's place meanwhile would keep a plain open waiting for its writer.
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return { reason: NOT_REGULAR };
    if (stats.size > LARGEST_TEXT) return { reason: TOO_LARGE };
    return decodeText(bytesOf(file, stats.size));
  } finally {
    closeSync(file);
  }
}

/** Most manifests are small, and are read into one place, in one go. */
const ROOM = 64 * 1024;
let room: Buffer | undefined;

/** One byte more than there should be is asked for, so that an answer that is short is the whole file. */
function bytesOf(file: number, size: number): Uint8Array {
  if (size === 0 || size >= ROOM) return readFileSync(file);
  room ??= Buffer.allocUnsafeSlow(ROOM);
  const read = readSync(file, room, 0, size + 1, 0);
  return read === size ? room.subarray(0, read) : readFileSync(file);
}

/** The text of a file that somebody named, or why it cannot be had. Never throws. */
export function readNamedFile(path: string, cwd: string): Decoded {
  try {
    return readTextFile(path);
  } catch (error) {
    return { reason: whyUnread(error, path, cwd) };
  }
}
