import { ImageError } from '../image-error.ts';
import { DIGEST } from './digest.ts';
import { isObject, listOf, parseJson, textOf } from './json.ts';

/** What points at a content (opencontainers/image-spec, descriptor.md). */
export interface Descriptor {
  readonly digest: string;
  /** `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly annotations: ReadonlyMap<string, string>;
}

/** An index lists manifests, one for each platform; a manifest names its configuration. */
export type Manifest = { readonly manifests: readonly Descriptor[] } | { readonly config: Descriptor };

/** What registries are asked for. */
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Reads an index or a manifest, of the OCI or of Docker. Throws ImageError. */
export function decodeManifest(bytes: Uint8Array): Manifest {
  const manifest = parseJson(bytes, 'the manifest of the image');
  if (!isObject(manifest)) throw new ImageError('the manifest of the image is no JSON object');
  if (manifest.schemaVersion === 1) {
    throw new ImageError('the image is stored in schema 1, which is no longer supported; push it again');
  }
  if (Array.isArray(manifest.manifests)) return { manifests: descriptorsOf(manifest.manifests) };
  const config = decodeDescriptor(manifest.config);
  if (!config) throw new ImageError('the manifest of the image names no configuration; this is no image');
  return { config };
}

/** Those of a list that are descriptors. */
export const descriptorsOf = (list: unknown): readonly Descriptor[] =>
  listOf(list).flatMap((item) => decodeDescriptor(item) ?? []);

function decodeDescriptor(value: unknown): Descriptor | undefined {
  if (!isObject(value)) return undefined;
  const digest = textOf(value.digest);
  if (digest === undefined || !DIGEST.test(digest)) return undefined;
  const annotations = Object.entries(isObject(value.annotations) ? value.annotations : {});
  return {
    digest,
    platform: platformOf(value.platform),
    annotations: new Map(
      annotations.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])),
    ),
  };
}

function platformOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const parts = [value.os, value.architecture, value.variant].map(textOf);
  return parts.filter((part) => part !== undefined && part !== '').join('/');
}
