import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Of } from './oci/digest.ts';

/** An image for tests: its contents by their digests, and the digest from which they are reached. */
export interface TestImage {
  readonly digest: string;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

const OCI = 'application/vnd.oci.image';

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** A manifest over a configuration, whose fields are those of the specification: `Env`, `ExposedPorts`. */
export function imageOf(config: object): TestImage {
  const blob = bytesOf({
    architecture: 'amd64',
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const configured = {
    mediaType: `${OCI}.config.v1+json`,
    digest: sha256Of(blob),
    size: blob.length,
  };
  const manifest = bytesOf({
    schemaVersion: 2,
    mediaType: `${OCI}.manifest.v1+json`,
    config: configured,
    layers: [],
  });
  const digest = sha256Of(manifest);
  return {
    digest,
    blobs: new Map([
      [configured.digest, blob],
      [digest, manifest],
    ]),
  };
}

/** An index over images by platform: `linux/arm64/v8`; an empty platform is left out. */
export function indexOf(images: Readonly<Record<string, TestImage>>): TestImage {
  const manifests = Object.entries(images).map(([platform, { digest, blobs }]) => {
    const [os, architecture, variant] = platform.split('/');
    const mediaType = JSON.parse(Buffer.from(blobs.get(digest)!).toString()).mediaType;
    const described = { mediaType, digest, size: blobs.get(digest)!.length };
    return platform === '' ? described : { ...described, platform: { os, architecture, variant } };
  });
  const index = bytesOf({ schemaVersion: 2, mediaType: `${OCI}.index.v1+json`, manifests });
  const digest = sha256Of(index);
  const below = Object.values(images).flatMap(({ blobs }) => [...blobs]);
  return { digest, blobs: new Map([...below, [digest, index]]) };
}

/** The files of an OCI layout, by the annotations that each image carries. */
export function layoutOf(
  images: readonly (readonly [TestImage, Readonly<Record<string, string>>])[],
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>([['oci-layout', bytesOf({ imageLayoutVersion: '1.0.0' })]]);
  for (const [{ blobs }] of images) {
    for (const [digest, bytes] of blobs) files.set(`blobs/${digest.replace(':', '/')}`, bytes);
  }
  const manifests = images.map(([{ digest, blobs }, annotations]) => ({
    mediaType: `${OCI}.manifest.v1+json`,
    digest,
    size: blobs.get(digest)!.length,
    annotations,
  }));
  return files.set('index.json', bytesOf({ schemaVersion: 2, manifests }));
}

export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}
