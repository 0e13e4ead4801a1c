import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasDigest } from '../oci/digest.ts';

/**
 * Manifests and configurations by their digests, in a folder. What lies there is believed only as far as its digest
 * goes, and a folder that cannot be written is as good as an empty one. Never throws.
 */
export class BlobCache {
  readonly #directory: string;
  #written = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async get(digest: string): Promise<Uint8Array | undefined> {
    try {
      const bytes = await readFile(this.#file(digest));
      return hasDigest(bytes, digest) ? bytes : undefined;
    } catch {
      return undefined;
    }
  }

  async put(digest: string, bytes: Uint8Array): Promise<void> {
    const file = this.#file(digest);
    // Two runs may write at once, and a third read meanwhile.
    const draft = `${file}.${process.pid}.${this.#written++}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(draft, bytes);
      await rename(draft, file);
    } catch {
      // Fetched again next time.
    }
  }

  #file(digest: string): string {
    return join(this.#directory, 'blobs', ...digest.split(':'));
  }
}
