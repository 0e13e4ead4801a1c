import type { ImageConfig } from '../../model/image-config.ts';
import { ImageError } from '../image-error.ts';
import { decodeConfig } from '../oci/config.ts';
import { hasDigest } from '../oci/digest.ts';
import { findConfig, type ReadBlob } from '../oci/find-config.ts';
import { isObject, listOf, parseJson, textOf, textsOf } from '../oci/json.ts';
import { type Descriptor, descriptorsOf } from '../oci/manifest.ts';
import type { ArchiveFiles } from './files.ts';

/** One image of an archive; its configuration is read when it is asked for. */
export interface ArchivedImage {
  /** The names that it goes by, as written in the archive: `nginx:1.27`, `registry.shop/api:3`. */
  readonly names: readonly string[];
  /** Of its manifest or index; undefined where the archive does not say. */
  readonly digest: string | undefined;
  /** Throws ImageError. */
  config(platform: string): Promise<ImageConfig>;
}

/** The whole name, which containerd and Docker write beside the tag. */
const FULL_NAME = 'io.containerd.image.name';
/** A name, or a bare tag (opencontainers/image-spec, annotations.md). */
const REF_NAME = 'org.opencontainers.image.ref.name';

/** The images of an OCI layout or of what `docker save` writes. Throws ImageError. */
export async function archivedImages(files: ArchiveFiles): Promise<readonly ArchivedImage[]> {
  const [index, saved] = await Promise.all([files.read('index.json'), files.read('manifest.json')]);
  if (!index && !saved) {
    throw new ImageError(
      'there is no index.json and no manifest.json in it; give a folder in OCI layout or what `docker save` writes',
    );
  }
  return [...(index ? layoutImages(index, files) : []), ...(saved ? savedImages(saved, files) : [])];
}

function layoutImages(index: Uint8Array, files: ArchiveFiles): readonly ArchivedImage[] {
  const parsed = parseJson(index, 'index.json');
  const read: ReadBlob = (digest) => readNamed(files, `blobs/${digest.replace(':', '/')}`);
  return descriptorsOf(isObject(parsed) ? parsed.manifests : undefined).map((descriptor) => ({
    names: namesOf(descriptor),
    digest: descriptor.digest,
    config: (platform) => findConfig(descriptor.digest, read, platform, files.path),
  }));
}

function namesOf({ annotations }: Descriptor): readonly string[] {
  const name = annotations.get(FULL_NAME) ?? annotations.get(REF_NAME);
  // A bare word is the tag of an image whose name nobody wrote down.
  return name !== undefined && /[:/]/.test(name) ? [name] : [];
}

function savedImages(manifest: Uint8Array, files: ArchiveFiles): readonly ArchivedImage[] {
  return listOf(parseJson(manifest, 'manifest.json')).flatMap((image) => {
    const name = isObject(image) ? textOf(image.Config) : undefined;
    if (!isObject(image) || name === undefined) return [];
    return [
      { names: textsOf(image.RepoTags) ?? [], digest: undefined, config: () => savedConfig(name, files) },
    ];
  });
}

/** The file is named by its digest: `<hex>.json`, or `blobs/sha256/<hex>`. */
async function savedConfig(name: string, files: ArchiveFiles): Promise<ImageConfig> {
  const bytes = await readNamed(files, name);
  const [, hex] = /([0-9a-f]{64})(?:\.json)?$/.exec(name) ?? [];
  if (hex !== undefined && !hasDigest(bytes, `sha256:${hex}`)) {
    throw new ImageError(`the content of ${name} is not what its name promises`);
  }
  return decodeConfig(bytes, files.path);
}

async function readNamed(files: ArchiveFiles, name: string): Promise<Uint8Array> {
  const bytes = await files.read(name);
  if (!bytes) throw new ImageError(`it lacks ${name}; write it again, whole`);
  return bytes;
}
