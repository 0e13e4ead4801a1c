import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { displayPath } from '../../sources/display-path.ts';
import { type InputError, inputError } from '../../sources/input-error.ts';
import { whyUnread } from '../../sources/unreadable.ts';
import { ImageError } from '../image-error.ts';
import { type Reference, readReference } from '../reference.ts';
import { type ArchivedImage, archivedImages } from './archived-images.ts';
import { layoutFiles } from './layout.ts';
import { tarFiles } from './tar.ts';

/** The images of all archives of a run. */
export class Archives {
  readonly #byName = new Map<string, ArchivedImage>();
  readonly #byDigest = new Map<string, ArchivedImage>();

  /** Reads folders and tars; the first that has an image counts. Tells what cannot be read and never throws. */
  static async read(
    paths: readonly string[],
    cwd: string,
    onError: (error: InputError) => void,
  ): Promise<Archives> {
    const archives = new Archives();
    for (const given of paths) {
      const path = resolve(cwd, given);
      const shown = displayPath(path, cwd);
      try {
        archives.#add(await imagesIn(path, shown, cwd));
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        onError(inputError(shown, error.message));
      }
    }
    return archives;
  }

  /** A digest says which image is meant, whatever the names in the archive are. */
  find({ digest, key }: Reference): ArchivedImage | undefined {
    return this.#byName.get(key) ?? (digest === undefined ? undefined : this.#byDigest.get(digest));
  }

  #add(images: readonly ArchivedImage[]): void {
    for (const image of images) {
      const keys = image.names.flatMap((name) => readReference(name)?.key ?? []);
      for (const key of keys) if (!this.#byName.has(key)) this.#byName.set(key, image);
      if (image.digest !== undefined) this.#byDigest.set(image.digest, image);
    }
  }
}

async function imagesIn(path: string, shown: string, cwd: string): Promise<readonly ArchivedImage[]> {
  const images = await archivedImages(
    isFolder(path, cwd) ? layoutFiles(path, shown) : await tarFiles(path, shown),
  );
  if (images.every(({ names, digest }) => names.length === 0 && digest === undefined)) {
    throw new ImageError('no image in it has a name; save it by its name: `docker save NAME:TAG`');
  }
  return images;
}

function isFolder(path: string, cwd: string): boolean {
  try {
    const stats = statSync(path);
    if (stats.isDirectory() || stats.isFile()) return stats.isDirectory();
  } catch (error) {
    throw new ImageError(whyUnread(error, path, cwd));
  }
  throw new ImageError('this is neither a folder nor a regular file');
}
