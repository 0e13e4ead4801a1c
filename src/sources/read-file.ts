import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
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
    return decodeText(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

/** The text of a file that somebody named, or why it cannot be had. Never throws. */
export function readNamedFile(path: string, cwd: string): Decoded {
  try {
    return readTextFile(path);
  } catch (error) {
    return { reason: whyUnread(error, path, cwd) };
  }
}
