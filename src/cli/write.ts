import { closeSync, openSync, writeSync } from 'node:fs';

const STDOUT = 1;
/** Enough for one system call to be worth it. */
const CHUNK_CHARACTERS = 256 * 1024;

/** Writes all of a text to standard output before going on; a reader that closes the pipe early (`| head`) is no error. */
export function print(text: string | Iterable<string>): void {
  try {
    writeAll(STDOUT, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}

/** @throws Error naming the file, when it cannot be written */
export function writeReport(file: string | undefined, text: string | Iterable<string>): void {
  if (file === undefined || file === '-') {
    print(text);
    return;
  }
  try {
    const descriptor = openSync(file, 'w');
    try {
      writeAll(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new Error(`cannot write ${file}: ${(error as Error).message}`);
  }
}

function writeAll(descriptor: number, text: string | Iterable<string>): void {
  if (typeof text === 'string') {
    writeBytes(descriptor, Buffer.from(text));
    return;
  }
  let gathered: string[] = [];
  let size = 0;
  for (const piece of text) {
    gathered.push(piece);
    size += piece.length;
    if (size < CHUNK_CHARACTERS) continue;
    writeBytes(descriptor, Buffer.from(gathered.join('')));
    gathered = [];
    size = 0;
  }
  writeBytes(descriptor, Buffer.from(gathered.join('')));
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
