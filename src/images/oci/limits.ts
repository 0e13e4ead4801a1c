/** The largest manifest or configuration that is read, in bytes; registries take manifests up to 4 MiB. */
export const LARGEST_BLOB: number = 8 * 1024 * 1024;
export const BLOB_TOO_LARGE = 'larger than 8 MiB, which no manifest or configuration is';
