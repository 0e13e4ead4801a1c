/** The files of an image archive by their names in it: `index.json`, `blobs/sha256/…`. */
export interface ArchiveFiles {
  /** As people see it. */
  readonly path: string;
  /** Undefined when there is no such file. Throws ImageError when it cannot be read or is too large. */
  read(name: string): Promise<Uint8Array | undefined>;
}
