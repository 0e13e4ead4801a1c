import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A text that is on the disk beside the file whose place it will take. */
export interface Draft {
  /** Puts it in its place: whoever reads the file sees the old text or the new one, never a part. */
  place(): void;
  /** Removes it. */
  discard(): void;
}

/** What the new file takes over from the one that lies there. */
export interface Kept {
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Writes what will take the place of a file.
 *
 * @param kept undefined where nothing lies there: the mode is what the umask leaves
 * @throws what the file system does; nothing is left behind then
 */
export function draftBeside(
  file: string,
  kept: Kept | undefined,
  write: (descriptor: number) => void,
): Draft {
  const made = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
  const descriptor = openSync(made, 'wx', kept ? kept.mode & 0o777 : 0o666);
  try {
    try {
      write(descriptor);
      if (kept) keep(descriptor, kept);
      sync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  }
  return {
    place() {
      try {
        renameSync(made, file);
      } catch (error) {
        rmSync(made, { force: true });
        throw error;
      }
      syncFolder(dirname(file));
    },
    discard: () => rmSync(made, { force: true }),
  };
}

/** The owner first, as a change of it takes bits of the mode away. */
function keep(descriptor: number, { mode, owner }: Kept): void {
  const made = fstatSync(descriptor);
  if (owner && (made.uid !== owner.uid || made.gid !== owner.gid)) {
    fchownSync(descriptor, owner.uid, owner.gid);
  }
  fchmodSync(descriptor, mode & 0o7777);
}

/** A name is on the disk once its folder is; not every system lets a folder be opened. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Some file systems have nothing to wait for, and say so by an error. */
function sync(descriptor: number): void {
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EPERM', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}
