import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf, unreadable } from '../../sources/unreadable.ts';
import { ImageError } from '../image-error.ts';
import { BLOB_TOO_LARGE, LARGEST_BLOB } from '../oci/limits.ts';
import type { ArchiveFiles } from './files.ts';

/** The files of a folder in OCI image layout (opencontainers/image-spec, image-layout.md). */
export const layoutFiles = (folder: string, path: string): ArchiveFiles => ({
  path,
  async read(name) {
    const file = join(folder, name);
    if (relative(folder, file).startsWith('..')) throw new ImageError(`${name} lies outside the folder`);
    return await readSmall(file, name);
  },
});

async function readSmall(file: string, name: string): Promise<Uint8Array | undefined> {
  let handle: FileHandle | undefined;
  try {
    // A pipe in its place would keep a plain open waiting for its writer.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new ImageError(`${name} is not a regular file`);
    if (stats.size > LARGEST_BLOB) throw new ImageError(`${name} is ${BLOB_TOO_LARGE}`);
    return await handle.readFile();
  } catch (error) {
    if (error instanceof ImageError) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new ImageError(`${name}: ${unreadable(error, file)}`);
  } finally {
    await handle?.close();
  }
}
