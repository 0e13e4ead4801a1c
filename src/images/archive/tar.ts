import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import { ImageError } from '../image-error.ts';
import { BLOB_TOO_LARGE, LARGEST_BLOB } from '../oci/limits.ts';
import type { ArchiveFiles } from './files.ts';

/** Manifests and configurations of one archive together, in bytes; thousands of images do not reach it. */
const LARGEST_TOTAL = 256 * 1024 * 1024;
const BLOB = /^blobs\//;
const JSON_FILE = /^[^/]+\.json$/;
const READ_AT_ONCE = 1024 * 1024;

/**
 * The files of a tar, packed with gzip or not, that may be JSON. `docker save` writes the list of what it holds
 * behind all layers, so everything is read once, and layers are passed over. Throws ImageError.
 */
export async function tarFiles(file: string, path: string): Promise<ArchiveFiles> {
  const kept = new Map<string, Uint8Array>();
  const tooLarge = new Set<string>();
  let total = 0;
  try {
    for await (const { header, body, failure } of watched(await entriesOf(file))) {
      const name = header.name.replace(/^\.\//, '');
      const large = header.size > LARGEST_BLOB;
      if (large) tooLarge.add(name);
      const bytes = await Promise.race([large ? body.cancel() : readJson(name, header.size, body), failure]);
      if (!bytes) continue;
      total += bytes.length;
      if (total > LARGEST_TOTAL) throw new ImageError('it holds more than 256 MiB of JSON');
      kept.set(name, bytes);
    }
  } catch (error) {
    if (error instanceof ImageError) throw error;
    throw new ImageError(`this is no whole tar archive (${(error as Error).message})`);
  }
  return {
    path,
    async read(name) {
      if (tooLarge.has(name)) throw new ImageError(`${name} is ${BLOB_TOO_LARGE}`);
      return kept.get(name);
    },
  };
}

async function entriesOf(file: string): Promise<ReadableStream<ParsedTarEntry>> {
  const magic = await firstBytes(file);
  if (magic.startsWith('28b52ffd'))
    throw new ImageError('this is packed with zstd; unpack it first: `zstd -d`');
  const bytes = createReadStream(file, { highWaterMark: READ_AT_ONCE });
  const gzipped = magic.startsWith('1f8b');
  // An error reaches the reader through the stream itself.
  const tar = gzipped ? pipeline(bytes, createGunzip({ chunkSize: READ_AT_ONCE }), () => {}) : bytes;
  return Readable.toWeb(tar).pipeThrough(createTarDecoder({ strict: true }));
}

/**
 * Each entry, and what rejects when the archive ends in the middle of it: its body alone would be waited for without
 * an end, as the decoder tells only who asks for the next entry.
 */
async function* watched(
  entries: ReadableStream<ParsedTarEntry>,
): AsyncGenerator<ParsedTarEntry & { readonly failure: Promise<never> }> {
  const reader = entries.getReader();
  let next = reader.read();
  for (;;) {
    const { done, value } = await next;
    if (done) return;
    next = reader.read();
    const failure = new Promise<never>((_, reject) => void next.catch(reject));
    // Nobody waits for it where the body was read first; the next turn of the loop tells it then.
    failure.catch(() => {});
    yield { ...value, failure };
  }
}

async function firstBytes(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** A small file that is JSON by its name, or a small blob that begins like it; a layer does not. */
async function readJson(
  name: string,
  size: number,
  body: ReadableStream<Uint8Array>,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  if (size > 0 && (BLOB.test(name) || JSON_FILE.test(name))) {
    for await (const chunk of body.values({ preventCancel: true })) {
      chunks.push(chunk);
      if (chunks.length === 1 && BLOB.test(name) && !/^\s*\{/.test(Buffer.from(chunk).toString('latin1')))
        break;
    }
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length === size && size > 0) return bytes;
  // What is not read to its end holds up all that comes after it.
  await body.cancel();
  return undefined;
}
