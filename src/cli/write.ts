import { writeFileSync, writeSync } from 'node:fs';

/** Writes all of a text to standard output before going on; a reader that closes the pipe early (`| head`) is no error. */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      // A pipe whose reader is slower than we are.
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      else throw error;
    }
  }
}

/** @throws Error naming the file, when it cannot be written */
export function writeReport(file: string | undefined, text: string): void {
  if (file === undefined || file === '-') {
    print(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Error(`cannot write ${file}: ${(error as Error).message}`);
  }
}
